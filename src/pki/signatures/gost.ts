/** GOST R 34.10-2012 (RFC 9215, 3), and its predecessors, which are known by name only. */
import { TAG } from '../der/der-element.ts';
import { type StreebogBits, streebog } from '../gost/streebog.ts';
import { verifyGostDigest } from '../gost/verify-gost.ts';
import type { SchemeTable, SignatureScheme } from './signature-scheme.ts';

function gostWith(bits: StreebogBits): SignatureScheme {
  return {
    name: `GOST R 34.10-2012 with GOST R 34.11-2012, ${bits} bits`,
    strength: 'sound',
    verify({ subjectPublicKeyInfo, signedBytes, signature }, parameters) {
      // RFC 9215, 3: no parameters; older systems write NULL.
      if (parameters && parameters.tag !== TAG.null) return 'malformed-algorithm';
      return verifyGostDigest(streebog(bits, signedBytes), signature, subjectPublicKeyInfo);
    },
  };
}

/** Withdrawn at the end of 2019; nobody here computes their digest. */
function obsolete(name: string): SignatureScheme {
  return { name, strength: 'obsolete', verify: () => 'unsupported-algorithm' };
}

export const GOST: SchemeTable = {
  '1.2.643.7.1.1.3.2': gostWith(256),
  '1.2.643.7.1.1.3.3': gostWith(512),
  '1.2.643.2.2.3': obsolete('GOST R 34.10-2001 with GOST R 34.11-94'),
  '1.2.643.2.2.4': obsolete('GOST R 34.10-94 with GOST R 34.11-94'),
};
