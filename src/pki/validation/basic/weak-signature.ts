import { describeSignatureAlgorithm } from '../../signatures/verify-signature.ts';
import type { CertificateSignature } from '../../x509/certificate.ts';

/** A digest that lets two documents be made for one signature: such a signature verifies and proves nothing. */
export function isWeakSignature({ algorithmDer }: CertificateSignature): boolean {
  return describeSignatureAlgorithm(algorithmDer).strength === 'weak';
}
