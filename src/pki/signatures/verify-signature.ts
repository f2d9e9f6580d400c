/**
 * Verifies a signature over octets as they were received. Says what is true and nothing about what may be trusted:
 * that a digest is too weak is a rule, and rules live where paths are validated.
 *
 * One table per family of algorithms; nobody else switches on their object identifiers.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { ProblemError } from '../../kernel/problem.ts';
import { readDer, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import type { SignatureToVerify, SignatureVerdict } from './signature-verdict.ts';

interface DigestSignature {
  readonly keyType: 'rsa' | 'ec';
  readonly digest: string;
}

/** RFC 3279, 4055 (PKCS #1 v1.5). */
const RSA: Readonly<Record<string, DigestSignature>> = {
  '1.2.840.113549.1.1.5': { keyType: 'rsa', digest: 'sha1' },
  '1.2.840.113549.1.1.14': { keyType: 'rsa', digest: 'sha224' },
  '1.2.840.113549.1.1.11': { keyType: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { keyType: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { keyType: 'rsa', digest: 'sha512' },
};

/** RFC 3279, 5758. */
const ECDSA: Readonly<Record<string, DigestSignature>> = {
  '1.2.840.10045.4.1': { keyType: 'ec', digest: 'sha1' },
  '1.2.840.10045.4.3.1': { keyType: 'ec', digest: 'sha224' },
  '1.2.840.10045.4.3.2': { keyType: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { keyType: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { keyType: 'ec', digest: 'sha512' },
};

/** Never throws. */
export function verifySignature(input: SignatureToVerify): SignatureVerdict {
  let oid: string;
  try {
    oid = readOid(
      readDer(input.signatureAlgorithm, 'signature algorithm')
        .expect(TAG.sequence, 'signature algorithm')
        .reader()
        .next('algorithm'),
      'algorithm',
    );
  } catch (error) {
    if (error instanceof ProblemError) return 'malformed-algorithm';
    throw error;
  }
  const algorithm = RSA[oid] ?? ECDSA[oid];
  if (!algorithm) return 'unsupported-algorithm';
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(input.subjectPublicKeyInfo), format: 'der', type: 'spki' });
  } catch {
    return 'malformed-key';
  }
  if (key.asymmetricKeyType !== algorithm.keyType) return 'key-of-another-algorithm';
  try {
    return verify(algorithm.digest, input.signedBytes, key, input.signature) ? 'verified' : 'mismatch';
  } catch {
    return 'mismatch';
  }
}
