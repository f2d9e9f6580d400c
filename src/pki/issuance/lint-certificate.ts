/**
 * The last look at a certificate before it leaves: it is parsed again by other code than wrote it, its signature is
 * verified with the issuer's public key, and every field is compared with what was meant. A difference is a fault of
 * this program, so it is reported as `internal`.
 */
import { ProblemError } from '../../kernel/problem.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { verifyCertificateSignature } from '../x509/verify-certificate-signature.ts';
import type { CertificateTemplate } from './certificate-builder.ts';

/** @throws {ProblemError} `internal` */
export function lintCertificate(
  certificateDer: Uint8Array,
  template: CertificateTemplate,
  issuerCertificate: Certificate | 'self-signed',
): Certificate {
  const certificate = parseCertificate(certificateDer);
  const issuer = issuerCertificate === 'self-signed' ? certificate : issuerCertificate;
  const faults = [
    verifyCertificateSignature(certificate, issuer) !== 'verified' && 'signature',
    certificate.serialNumber !== template.serialNumber && 'serialNumber',
    !isSame(certificate.issuer.der, issuer.subject.der) && 'issuer',
    !isSame(certificate.subject.der, template.subjectDer) && 'subject',
    !isSame(certificate.publicKeySpki, template.publicKeySpki) && 'publicKey',
    certificate.notBefore.getTime() !== template.notBefore.getTime() && 'notBefore',
    certificate.notAfter.getTime() !== template.notAfter.getTime() && 'notAfter',
    certificate.authorityKeyIdentifier !== issuer.subjectKeyIdentifier && 'authorityKeyIdentifier',
    ...template.extensions.map(
      ({ extnID, extnValue, critical }) =>
        (!isSame(certificate.extensionValues.get(extnID), new Uint8Array(extnValue.buffer)) ||
          certificate.criticalExtensions.includes(extnID) !== critical) &&
        `extension ${extnID}`,
    ),
    certificate.extensionValues.size !== template.extensions.length && 'extensions',
  ].filter((fault) => fault !== false);
  if (faults.length > 0) {
    throw new ProblemError('internal', {
      cause: new Error(`issued certificate differs: ${faults.join(', ')}`),
    });
  }
  return certificate;
}

function isSame(left: Uint8Array | undefined, right: Uint8Array): boolean {
  return left !== undefined && Buffer.compare(left, right) === 0;
}
