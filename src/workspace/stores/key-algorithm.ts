import { ProblemError } from '../../kernel/problem.ts';
import { readDer, TAG } from '../../pki/der/der-element.ts';
import { readOid } from '../../pki/der/der-values.ts';
import { readSubjectPublicKey } from '../../pki/signatures/public-key.ts';

/** RFC 8410, RFC 9215, RFC 4491. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.643.7.1.1.1.1': 'gost-2012-256',
  '1.2.643.7.1.1.1.2': 'gost-2012-512',
  '1.2.643.2.2.19': 'gost-2001',
  '1.3.101.112': 'ed25519',
  '1.3.101.113': 'ed448',
  '1.2.840.10040.4.1': 'dsa',
  '1.2.840.113549.1.1.10': 'rsa-pss',
};
const RSA = '1.2.840.113549.1.1.1';
const EC = '1.2.840.10045.2.1';
/** RFC 5480, 2.1.1.1; RFC 5639. */
const CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'ec-p-256',
  '1.3.132.0.34': 'ec-p-384',
  '1.3.132.0.35': 'ec-p-521',
};

/** A short name that pages have a text for, with the key's size; an object identifier where there is none. */
export function describeAlgorithm(subjectPublicKeyInfo: Uint8Array): string {
  try {
    const key = readSubjectPublicKey(subjectPublicKeyInfo);
    if (key.algorithm === RSA) return `rsa-${modulusBits(key.bits.content.subarray(1))}`;
    if (key.algorithm === EC && key.parameters?.tag === TAG.oid) {
      return CURVES[readOid(key.parameters, 'curve')] ?? 'ec';
    }
    return key.algorithm === EC ? 'ec' : (ALGORITHMS[key.algorithm] ?? key.algorithm);
  } catch (error) {
    if (error instanceof ProblemError) return 'unreadable';
    throw error;
  }
}

/** RSAPublicKey (RFC 8017, A.1.1). */
function modulusBits(der: Uint8Array): number {
  const modulus = readDer(der, 'RSA key')
    .expect(TAG.sequence, 'RSA key')
    .reader()
    .expect(TAG.integer, 'modulus');
  const hex = Buffer.from(modulus.content).toString('hex').replace(/^0+/, '');
  const first = Number.parseInt(hex.slice(0, 1), 16);
  return hex === '' ? 0 : (hex.length - 1) * 4 + (32 - Math.clz32(first));
}
