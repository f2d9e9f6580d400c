/** Looks at a certificate that somebody else's root signed for an issuing authority of ours, before it is used. */
import { ProblemError } from '../../kernel/problem.ts';
import { OID } from '../der/oid.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { isSameName } from '../x509/distinguished-name.ts';
import { publicKeyOf, readPrivateKey } from '../x509/key-pair.ts';
import { verifyCertificateSignature } from '../x509/verify-certificate-signature.ts';

export interface AcceptedAuthority {
  readonly certificate: Certificate;
  /** From the one that signed it to the last that was given, in order; at most as many as were given. */
  readonly above: readonly Certificate[];
}

/**
 * @param candidatesDer certificates over it, in any order; what does not belong to its path is left out
 * @throws {ProblemError} `certificate-unusable`, with what has to be different; `der-invalid`
 */
export function acceptAuthority(
  input: {
    readonly certificateDer: Uint8Array;
    readonly privateKeyPkcs8: Uint8Array;
    readonly candidatesDer: readonly Uint8Array[];
  },
  now: Date,
): AcceptedAuthority {
  const certificate = parseCertificate(input.certificateDer);
  const expected = publicKeyOf(readPrivateKey(input.privateKeyPkcs8));
  if (Buffer.compare(certificate.publicKeySpki, expected) !== 0) {
    throw unusable('it was not made from the last request: its key is another one');
  }
  const { basicConstraints, keyUsage, criticalExtensions, subjectKeyIdentifier } = certificate;
  if (basicConstraints?.ca !== true || !criticalExtensions.includes(OID.basicConstraints)) {
    throw unusable('it is not an authority’s: basicConstraints must be critical and say CA:TRUE');
  }
  // People's certificates are its only ones; an authority below it would be able to admit anybody.
  if (basicConstraints.pathLength !== 0) throw unusable('its path length must be 0 (pathlen:0)');
  if (!keyUsage?.includes('keyCertSign') || !keyUsage.includes('cRLSign')) {
    throw unusable('its key usage must have keyCertSign and cRLSign');
  }
  if (subjectKeyIdentifier === undefined) throw unusable('it has no subject key identifier');
  if (now < certificate.notBefore || now >= certificate.notAfter) {
    throw unusable(
      `it is valid from ${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}, which is not now`,
    );
  }
  const above = pathOver(certificate, input.candidatesDer.map(parseCertificate));
  if (above.length === 0) {
    throw unusable('the certificate of whoever signed it is needed too: give its chain');
  }
  return { certificate, above };
}

function pathOver(certificate: Certificate, candidates: readonly Certificate[]): Certificate[] {
  const path: Certificate[] = [];
  let child = certificate;
  for (;;) {
    const parent = candidates.find(
      (candidate) =>
        !path.includes(candidate) &&
        isSameName(candidate.subject, child.issuer) &&
        verifyCertificateSignature(child, candidate) === 'verified',
    );
    if (parent === undefined) return path;
    path.push(parent);
    child = parent;
  }
}

function unusable(detail: string): ProblemError {
  return new ProblemError('certificate-unusable', { detail });
}
