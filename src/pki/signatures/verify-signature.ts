/**
 * Verifies a signature over octets as they were received. Says what is true and nothing about what may be trusted:
 * that a digest is too weak is a rule, and rules live where paths are validated; {@link describeSignatureAlgorithm}
 * gives them the fact.
 *
 * One table per family of algorithms; nobody else switches on their object identifiers.
 */
import { ProblemError } from '../../kernel/problem.ts';
import { type DerElement, readDer, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { DSA } from './dsa.ts';
import { ECDSA } from './ecdsa.ts';
import { EDDSA } from './eddsa.ts';
import { GOST } from './gost.ts';
import { RSA } from './rsa.ts';
import { RSA_PSS } from './rsa-pss.ts';
import type { SignatureScheme, SignatureStrength } from './signature-scheme.ts';
import type { SignatureToVerify, SignatureVerdict } from './signature-verdict.ts';

const SCHEMES: ReadonlyMap<string, SignatureScheme> = new Map(
  [RSA, RSA_PSS, ECDSA, DSA, EDDSA, GOST].flatMap((table) => Object.entries(table)),
);

/** Never throws. */
export function verifySignature(input: SignatureToVerify): SignatureVerdict {
  let identifier: { oid: string; parameters: DerElement | undefined };
  try {
    identifier = readIdentifier(input.signatureAlgorithm);
  } catch (error) {
    if (error instanceof ProblemError) return 'malformed-algorithm';
    throw error;
  }
  const scheme = SCHEMES.get(identifier.oid);
  if (!scheme) return 'unsupported-algorithm';
  try {
    return scheme.verify(input, identifier.parameters);
  } catch (error) {
    if (error instanceof ProblemError) return 'malformed-key';
    throw error;
  }
}

export interface SignatureAlgorithmFacts {
  /** For people, for example `SHA-256 with RSA`; the object identifier where it is unknown; empty where it is malformed. */
  readonly name: string;
  readonly strength: SignatureStrength | 'unknown';
}

/** @param signatureAlgorithm `AlgorithmIdentifier` in DER; one that is none is unknown. */
export function describeSignatureAlgorithm(signatureAlgorithm: Uint8Array): SignatureAlgorithmFacts {
  try {
    const { oid, parameters } = readIdentifier(signatureAlgorithm);
    const scheme = SCHEMES.get(oid);
    if (!scheme) return { name: oid, strength: 'unknown' };
    return scheme.describe?.(parameters) ?? { name: scheme.name, strength: scheme.strength };
  } catch (error) {
    if (error instanceof ProblemError) return { name: '', strength: 'unknown' };
    throw error;
  }
}

function readIdentifier(der: Uint8Array): { oid: string; parameters: DerElement | undefined } {
  const what = 'signature algorithm';
  const reader = readDer(der, what).expect(TAG.sequence, what).reader();
  const oid = readOid(reader.next(what), what);
  const parameters = reader.isDone ? undefined : reader.next(what);
  reader.end(what);
  return { oid, parameters };
}
