import type { SignatureToVerify, SignatureVerdict } from './signature-verdict.ts';
import { describeSignatureAlgorithm, verifySignature } from './verify-signature.ts';

/**
 * For what we make ourselves and what serves us: a signature over a broken digest (SHA-1, MD5) or by an obsolete
 * algorithm proves nothing, so it is not even verified. Never throws.
 */
export function verifySoundSignature(input: SignatureToVerify): SignatureVerdict | 'weak-algorithm' {
  const { strength } = describeSignatureAlgorithm(input.signatureAlgorithm);
  if (strength === 'weak' || strength === 'obsolete') return 'weak-algorithm';
  return verifySignature(input);
}
