/** PBKDF2 (RFC 8018, 5.2 and A.2) by its parameters; with Streebog as RFC 9337, 4 has it. */
import { createHmac, pbkdf2Sync } from 'node:crypto';
import { type DerElement, derInvalid, TAG } from '../der/der-element.ts';
import { readOid, readSmallInteger } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import { hmacStreebog, pbkdf2Streebog } from '../gost/hmac-streebog.ts';
import { PbeError, tooMuchWork } from './pbe-error.ts';
import type { WorkBudget } from './work-budget.ts';

export interface PseudoRandomFunction {
  /** In octets. */
  readonly bytes: number;
  /** How many rounds of SHA-256 one round takes the time of. */
  readonly weight: number;
  derive(password: Uint8Array, salt: Uint8Array, iterations: number, length: number): Uint8Array;
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array;
}

function native(digest: string, bytes: number): PseudoRandomFunction {
  return {
    bytes,
    weight: 1,
    derive: (password, salt, iterations, length) => pbkdf2Sync(password, salt, iterations, length, digest),
    hmac: (key, message) => createHmac(digest, key).update(message).digest(),
  };
}

function streebog(bits: 256 | 512): PseudoRandomFunction {
  return {
    bytes: bits / 8,
    weight: 25,
    derive: (...input) => pbkdf2Streebog(bits, ...input),
    hmac: (key, message) => hmacStreebog(bits, key, message),
  };
}

const FUNCTIONS: Readonly<Record<string, PseudoRandomFunction>> = {
  [OID.hmacWithSHA1]: native('sha1', 20),
  [OID.hmacWithSHA224]: native('sha224', 28),
  [OID.hmacWithSHA256]: native('sha256', 32),
  [OID.hmacWithSHA384]: native('sha384', 48),
  [OID.hmacWithSHA512]: native('sha512', 64),
  [OID.hmacWithStreebog256]: streebog(256),
  [OID.hmacWithStreebog512]: streebog(512),
};

/** @throws {PbeError} `scheme-unsupported` */
export function pseudoRandomFunction(oid: string): PseudoRandomFunction {
  const known = Object.hasOwn(FUNCTIONS, oid) ? FUNCTIONS[oid] : undefined;
  if (!known) throw new PbeError('scheme-unsupported', `the pseudo-random function ${oid}`);
  return known;
}

/**
 * @param parameters PBKDF2-params.
 * @param keyBytes what the cipher needs; undefined where the parameters must say it.
 * @throws {PbeError} and {@link ProblemError} `der-invalid`
 */
export function derivePbkdf2(
  parameters: DerElement,
  secret: Uint8Array,
  keyBytes: number | undefined,
  budget: WorkBudget,
): Uint8Array {
  const what = 'PBKDF2 parameters';
  const reader = parameters.expect(TAG.sequence, what).reader();
  const salt = reader.expect(TAG.octetString, what).content;
  const iterations = readSmallInteger(reader.next(what), what);
  const lengthElement = reader.optional(TAG.integer);
  const written = lengthElement && readSmallInteger(lengthElement, what);
  const length = keyBytes ?? written;
  if (length === undefined || (written !== undefined && written !== length) || length < 1 || length > 128)
    throw derInvalid(`${what}: a wrong length of the key`);
  const prf = reader.optional(TAG.sequence);
  const { bytes, weight, derive } = pseudoRandomFunction(
    prf ? readOid(prf.reader().next(what), what) : OID.hmacWithSHA1,
  );
  if (iterations < 1) throw derInvalid(`${what}: no iterations`);
  if (!budget.spend(weight * iterations * Math.ceil(length / bytes))) throw tooMuchWork(iterations);
  return derive(secret, salt, iterations, length);
}
