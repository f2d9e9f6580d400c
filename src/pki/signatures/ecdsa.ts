/** ECDSA (RFC 3279, 5758, 5480; RFC 5639 for brainpool; SHA-3 by NIST). */
import { verify } from 'node:crypto';
import { TAG } from '../der/der-element.ts';
import { DIGESTS, type Digest } from './digests.ts';
import { openPublicKey, readSubjectPublicKey } from './public-key.ts';
import type { SchemeTable, SignatureScheme } from './signature-scheme.ts';

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';

function ecdsaWith(digest: Digest): SignatureScheme {
  return {
    name: `ECDSA with ${digest.title}`,
    strength: digest.isWeak ? 'weak' : 'sound',
    verify({ subjectPublicKeyInfo, signedBytes, signature }, parameters) {
      // RFC 5758, 3.2: no parameters; some systems write NULL.
      if (parameters && parameters.tag !== TAG.null) return 'malformed-algorithm';
      const { algorithm, parameters: curve } = readSubjectPublicKey(subjectPublicKeyInfo);
      if (algorithm !== EC_PUBLIC_KEY) return 'key-of-another-algorithm';
      if (!curve) return 'key-of-another-algorithm';
      // RFC 5480, 2.1.1: only named curves. Written out, a curve can be the attacker's own (CVE-2020-0601).
      if (curve.tag !== TAG.oid) return 'unsupported-key';
      const key = openPublicKey(subjectPublicKeyInfo);
      if (!key) return isKnownCurve(curve.content) ? 'malformed-key' : 'unsupported-key';
      try {
        return verify(digest.name, signedBytes, key, signature) ? 'verified' : 'mismatch';
      } catch {
        return 'mismatch';
      }
    },
  };
}

/** P-192 to P-521, secp256k1 and brainpool: what OpenSSL can be expected to know. */
const KNOWN_CURVES = new Set([
  '2a8648ce3d030101',
  '2b81040021',
  '2a8648ce3d030107',
  '2b81040022',
  '2b81040023',
  '2b8104000a',
  ...['03', '05', '07', '09', '0b', '0d'].map((last) => `2b24030302080101${last}`),
]);

function isKnownCurve(oidContent: Uint8Array): boolean {
  return KNOWN_CURVES.has(Buffer.from(oidContent).toString('hex'));
}

export const ECDSA: SchemeTable = {
  '1.2.840.10045.4.1': ecdsaWith(DIGESTS.sha1),
  '1.2.840.10045.4.3.1': ecdsaWith(DIGESTS.sha224),
  '1.2.840.10045.4.3.2': ecdsaWith(DIGESTS.sha256),
  '1.2.840.10045.4.3.3': ecdsaWith(DIGESTS.sha384),
  '1.2.840.10045.4.3.4': ecdsaWith(DIGESTS.sha512),
  '2.16.840.1.101.3.4.3.9': ecdsaWith(DIGESTS['sha3-224']),
  '2.16.840.1.101.3.4.3.10': ecdsaWith(DIGESTS['sha3-256']),
  '2.16.840.1.101.3.4.3.11': ecdsaWith(DIGESTS['sha3-384']),
  '2.16.840.1.101.3.4.3.12': ecdsaWith(DIGESTS['sha3-512']),
};
