/** Whether one certificate was signed with the key of another. Verifies, does not validate: no dates, no rules. */
import type { SignatureVerdict } from '../signatures/signature-verdict.ts';
import { verifySoundSignature } from '../signatures/verify-sound-signature.ts';
import type { Certificate } from './certificate.ts';
import { isSameName } from './distinguished-name.ts';

export function verifyCertificateSignature(
  certificate: Certificate,
  issuer: Certificate,
): SignatureVerdict | 'weak-algorithm' {
  return verifySoundSignature({
    signatureAlgorithm: certificate.signature.algorithmDer,
    signedBytes: certificate.tbsDer,
    signature: certificate.signature.value,
    subjectPublicKeyInfo: issuer.publicKeySpki,
  });
}

/** The name of the issuer is the subject of the other, and its key made the signature. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  return (
    isSameName(certificate.issuer, issuer.subject) &&
    verifyCertificateSignature(certificate, issuer) === 'verified'
  );
}
