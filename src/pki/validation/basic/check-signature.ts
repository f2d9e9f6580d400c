import type { Certificate } from '../../x509/certificate.ts';
import type { KeyHolder, PathInputs, PathServices } from '../path-inputs.ts';
import type { Report } from './report.ts';
import { isWeakSignature } from './weak-signature.ts';

/** RFC 5280, 6.1.3 (a) (1). True when the key of the issuer made the signature. */
export function checkSignature(
  certificate: Certificate,
  issuer: KeyHolder,
  inputs: PathInputs,
  { verify }: Pick<PathServices, 'verify'>,
  report: Report,
): boolean {
  const clause = '6.1.3 (a) (1)';
  const { algorithm } = certificate.signature;
  if (isWeakSignature(certificate.signature) && inputs.weakDigests !== 'accepted') {
    report(clause, { code: 'signature-algorithm-weak', algorithm });
    return false;
  }
  const verdict = verify({
    signatureAlgorithm: certificate.signature.algorithmDer,
    subjectPublicKeyInfo: issuer.subjectPublicKeyInfo,
    signedBytes: certificate.tbsDer,
    signature: certificate.signature.value,
  });
  switch (verdict) {
    case 'verified':
      return true;
    case undefined:
      report(clause, { code: 'work-exhausted', kind: 'signatures' });
      return false;
    case 'mismatch':
      report(clause, { code: 'signature-mismatch' });
      return false;
    case 'unsupported-algorithm':
    case 'unsupported-key':
      report(clause, { code: 'signature-algorithm-unsupported', algorithm });
      return false;
    default:
      report(clause, { code: 'signature-key-unusable', verdict });
      return false;
  }
}
