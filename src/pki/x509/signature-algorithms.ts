/**
 * The one table of signature algorithms; nobody else switches on their names. SHA-1 and MD5 are absent on purpose:
 * a signature that rests on them proves nothing.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { OID } from '../der/oid.ts';

export interface SignatureAlgorithm {
  readonly keyType: 'ec' | 'rsa';
  readonly digest: 'sha256' | 'sha384' | 'sha512';
}

const ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = {
  [OID.ecdsaWithSHA256]: { keyType: 'ec', digest: 'sha256' },
  [OID.ecdsaWithSHA384]: { keyType: 'ec', digest: 'sha384' },
  [OID.ecdsaWithSHA512]: { keyType: 'ec', digest: 'sha512' },
  [OID.sha256WithRSAEncryption]: { keyType: 'rsa', digest: 'sha256' },
  [OID.sha384WithRSAEncryption]: { keyType: 'rsa', digest: 'sha384' },
  [OID.sha512WithRSAEncryption]: { keyType: 'rsa', digest: 'sha512' },
};

/** Why a signature was not accepted, or that it was. */
export type SignatureResult = 'verified' | 'not-verified' | 'algorithm-unknown' | 'key-unusable';

/** Verifies over the octets as they were received. Never throws. */
export function verifySignature(input: {
  readonly algorithm: string;
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly publicKeySpki: Uint8Array;
}): SignatureResult {
  const algorithm = ALGORITHMS[input.algorithm];
  if (!algorithm) return 'algorithm-unknown';
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(input.publicKeySpki), format: 'der', type: 'spki' });
  } catch {
    return 'key-unusable';
  }
  if (key.asymmetricKeyType !== algorithm.keyType) return 'key-unusable';
  try {
    const isVerified = verify(algorithm.digest, input.signedBytes, key, input.signature);
    return isVerified ? 'verified' : 'not-verified';
  } catch {
    return 'not-verified';
  }
}
