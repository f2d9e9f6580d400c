/** RSA with PKCS #1 v1.5 (RFC 3279, 2.2.1; RFC 4055, 5; RFC 9688). */
import { verify } from 'node:crypto';
import { TAG } from '../der/der-element.ts';
import { DIGESTS, type Digest } from './digests.ts';
import { openPublicKey, readSubjectPublicKey } from './public-key.ts';
import type { SchemeTable, SignatureScheme } from './signature-scheme.ts';

export const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

function rsaWith(digest: Digest): SignatureScheme {
  return {
    name: `${digest.title} with RSA`,
    strength: digest.isWeak ? 'weak' : 'sound',
    verify({ subjectPublicKeyInfo, signedBytes, signature }, parameters) {
      // RFC 4055, 5: NULL; implementations take an absent one as well.
      if (parameters && (parameters.tag !== TAG.null || parameters.contentLength !== 0))
        return 'malformed-algorithm';
      if (readSubjectPublicKey(subjectPublicKeyInfo).algorithm !== RSA_ENCRYPTION)
        return 'key-of-another-algorithm';
      const key = openPublicKey(subjectPublicKeyInfo);
      if (!key) return 'malformed-key';
      try {
        return verify(digest.name, signedBytes, key, signature) ? 'verified' : 'mismatch';
      } catch {
        // OpenSSL refuses keys out of its bounds (16,384 bits) and digests that it was built without.
        return 'unsupported-key';
      }
    },
  };
}

export const RSA: SchemeTable = {
  '1.2.840.113549.1.1.4': rsaWith(DIGESTS.md5),
  '1.2.840.113549.1.1.5': rsaWith(DIGESTS.sha1),
  // sha1WithRSASignature of OIW: the same under an older name.
  '1.3.14.3.2.29': rsaWith(DIGESTS.sha1),
  '1.2.840.113549.1.1.11': rsaWith(DIGESTS.sha256),
  '1.2.840.113549.1.1.12': rsaWith(DIGESTS.sha384),
  '1.2.840.113549.1.1.13': rsaWith(DIGESTS.sha512),
  '1.2.840.113549.1.1.14': rsaWith(DIGESTS.sha224),
  '1.2.840.113549.1.1.15': rsaWith(DIGESTS['sha512-224']),
  '1.2.840.113549.1.1.16': rsaWith(DIGESTS['sha512-256']),
  '2.16.840.1.101.3.4.3.13': rsaWith(DIGESTS['sha3-224']),
  '2.16.840.1.101.3.4.3.14': rsaWith(DIGESTS['sha3-256']),
  '2.16.840.1.101.3.4.3.15': rsaWith(DIGESTS['sha3-384']),
  '2.16.840.1.101.3.4.3.16': rsaWith(DIGESTS['sha3-512']),
};
