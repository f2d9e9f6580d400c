/** DSA (RFC 3279, 2.2.2; RFC 5758, 3.1). FIPS 186-5 withdrew it; old hierarchies still carry it. */
import { verify } from 'node:crypto';
import { TAG } from '../der/der-element.ts';
import { DIGESTS, type Digest } from './digests.ts';
import { openPublicKey, readSubjectPublicKey } from './public-key.ts';
import type { SchemeTable, SignatureScheme } from './signature-scheme.ts';

const DSA_KEY = '1.2.840.10040.4.1';

function dsaWith(digest: Digest): SignatureScheme {
  return {
    name: `DSA with ${digest.title}`,
    strength: digest.isWeak ? 'weak' : 'obsolete',
    verify({ subjectPublicKeyInfo, signedBytes, signature }, parameters) {
      if (parameters && parameters.tag !== TAG.null) return 'malformed-algorithm';
      const { algorithm, parameters: domain } = readSubjectPublicKey(subjectPublicKeyInfo);
      // RFC 3279, 2.3.2: without parameters the key takes its issuer's; whoever walks the path puts them in.
      if (algorithm !== DSA_KEY || domain?.tag !== TAG.sequence) return 'key-of-another-algorithm';
      const key = openPublicKey(subjectPublicKeyInfo);
      if (!key) return 'malformed-key';
      try {
        return verify(digest.name, signedBytes, key, signature) ? 'verified' : 'mismatch';
      } catch {
        return 'mismatch';
      }
    },
  };
}

export const DSA: SchemeTable = {
  '1.2.840.10040.4.3': dsaWith(DIGESTS.sha1),
  '1.3.14.3.2.27': dsaWith(DIGESTS.sha1),
  '2.16.840.1.101.3.4.3.1': dsaWith(DIGESTS.sha224),
  '2.16.840.1.101.3.4.3.2': dsaWith(DIGESTS.sha256),
  '2.16.840.1.101.3.4.3.3': dsaWith(DIGESTS.sha384),
  '2.16.840.1.101.3.4.3.4': dsaWith(DIGESTS.sha512),
};
