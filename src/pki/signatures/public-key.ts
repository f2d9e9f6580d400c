/** Public keys for `node:crypto`, remembered, because the keys of authorities come again and again. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { type DerElement, readDer, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';

export interface SubjectPublicKey {
  readonly algorithm: string;
  readonly parameters: DerElement | undefined;
  readonly bits: DerElement;
}

/** @throws {ProblemError} `der-invalid` */
export function readSubjectPublicKey(subjectPublicKeyInfo: Uint8Array): SubjectPublicKey {
  const what = 'public key';
  const fields = readDer(subjectPublicKeyInfo, what).expect(TAG.sequence, what).reader();
  const identifier = fields.expect(TAG.sequence, what).reader();
  const algorithm = readOid(identifier.next(what), what);
  const parameters = identifier.isDone ? undefined : identifier.next(what);
  identifier.end(what);
  const bits = fields.expect(TAG.bitString, what);
  fields.end(what);
  return { algorithm, parameters, bits };
}

const MAX_REMEMBERED_KEYS = 64;
const remembered = new Map<string, KeyObject>();

/** Nothing where OpenSSL cannot use the key. */
export function openPublicKey(subjectPublicKeyInfo: Uint8Array): KeyObject | undefined {
  const name = Buffer.from(subjectPublicKeyInfo).toString('latin1');
  const known = remembered.get(name);
  if (known) {
    // The least recently used one is the first.
    remembered.delete(name);
    remembered.set(name, known);
    return known;
  }
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(subjectPublicKeyInfo), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
  remembered.set(name, key);
  const oldest = remembered.size > MAX_REMEMBERED_KEYS ? remembered.keys().next().value : undefined;
  if (oldest !== undefined) remembered.delete(oldest);
  return key;
}
