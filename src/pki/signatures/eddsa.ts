/** Ed25519 and Ed448 (RFC 8410). */
import { verify } from 'node:crypto';
import { openPublicKey, readSubjectPublicKey } from './public-key.ts';
import type { SchemeTable, SignatureScheme } from './signature-scheme.ts';

function edwards(name: string, oid: string): SignatureScheme {
  return {
    name,
    strength: 'sound',
    verify({ subjectPublicKeyInfo, signedBytes, signature }, parameters) {
      // RFC 8410, 3: absent, in the signature and in the key.
      if (parameters) return 'malformed-algorithm';
      const key = readSubjectPublicKey(subjectPublicKeyInfo);
      if (key.algorithm !== oid) return 'key-of-another-algorithm';
      const opened = key.parameters ? undefined : openPublicKey(subjectPublicKeyInfo);
      if (!opened) return 'malformed-key';
      try {
        return verify(null, signedBytes, opened, signature) ? 'verified' : 'mismatch';
      } catch {
        return 'mismatch';
      }
    },
  };
}

export const EDDSA: SchemeTable = {
  '1.3.101.112': edwards('Ed25519', '1.3.101.112'),
  '1.3.101.113': edwards('Ed448', '1.3.101.113'),
};
