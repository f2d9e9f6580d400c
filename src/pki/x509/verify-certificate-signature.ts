/** Whether one certificate was signed with the key of another. Verifies, does not validate: no dates, no rules. */
import type { Certificate } from './certificate.ts';
import { isSameName } from './distinguished-name.ts';
import { type SignatureResult, verifySignature } from './signature-algorithms.ts';

export function verifyCertificateSignature(certificate: Certificate, issuer: Certificate): SignatureResult {
  return verifySignature({
    algorithm: certificate.signature.algorithm,
    signedBytes: certificate.tbsDer,
    signature: certificate.signature.value,
    publicKeySpki: issuer.publicKeySpki,
  });
}

/** The name of the issuer is the subject of the other, and its key made the signature. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  return (
    isSameName(certificate.issuer, issuer.subject) &&
    verifyCertificateSignature(certificate, issuer) === 'verified'
  );
}
