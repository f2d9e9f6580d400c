/**
 * The integrity of a PKCS#12 file: the MAC of RFC 7292, appendix B, PBMAC1 (RFC 9879), and the one of GOST (RFC 9337
 * and RFC 9548), whose key comes from PBKDF2.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../../kernel/problem.ts';
import { type DerElement, type DerReader, derInvalid, TAG } from '../der/der-element.ts';
import { readOid, readSmallInteger } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import { PbeError, tooMuchWork } from '../pkcs5/pbe-error.ts';
import { derivePbkdf2, pseudoRandomFunction } from '../pkcs5/pbkdf2.ts';
import type { WorkBudget } from '../pkcs5/work-budget.ts';
import {
  derivePkcs12,
  encodePkcs12Password,
  PKCS12_DIGESTS,
  type Pkcs12Digest,
  pkcs12Rounds,
} from './pkcs12-kdf.ts';

const DIGESTS: Readonly<Record<string, Pkcs12Digest>> = {
  [OID.sha1]: 'sha1',
  [OID.sha224]: 'sha224',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

const STREEBOG: Readonly<Record<string, string>> = {
  [OID.streebog256]: OID.hmacWithStreebog256,
  [OID.streebog512]: OID.hmacWithStreebog512,
};

/**
 * MacData (RFC 7292, section 4).
 *
 * @throws {ProblemError} `pkcs12-password` when the code is another one, `der-invalid`; {@link PbeError}
 */
export function verifyMac(
  reader: DerReader,
  content: Uint8Array,
  password: string,
  budget: WorkBudget,
): void {
  const what = 'MAC of the file';
  const digestInfo = reader.expect(TAG.sequence, what).reader();
  const algorithm = digestInfo.expect(TAG.sequence, what).reader();
  const oid = readOid(algorithm.next(what), what);
  const expected = digestInfo.expect(TAG.octetString, what).content;
  const salt = reader.expect(TAG.octetString, what).content;
  const count = reader.optional(TAG.integer);
  const iterations = count ? readSmallInteger(count, what) : 1;
  if (iterations < 1) throw derInvalid(`${what}: no iterations`);
  const codes =
    oid === OID.pbmac1
      ? [pbmac1(algorithm.next(what), content, password, budget)]
      : STREEBOG[oid] !== undefined
        ? [streebogCode(STREEBOG[oid], { salt, iterations, content, password, budget })]
        : classicCodes(oid, { salt, iterations, content, password, budget });
  for (const code of codes) if (code.length === expected.length && timingSafeEqual(code, expected)) return;
  throw new ProblemError('pkcs12-password');
}

interface MacInput {
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly content: Uint8Array;
  readonly password: string;
  readonly budget: WorkBudget;
}

function* classicCodes(oid: string, input: MacInput): Generator<Uint8Array> {
  const { salt, iterations, content, password, budget } = input;
  const digest = DIGESTS[oid];
  if (!digest) throw new PbeError('scheme-unsupported', `its integrity is protected with ${oid}`);
  const length = PKCS12_DIGESTS[digest].output;
  // An empty password is written as two zero octets by some and as nothing by others.
  const forms = [encodePkcs12Password(password), ...(password === '' ? [new Uint8Array(0)] : [])];
  for (const form of forms) {
    const derivation = { digest, purpose: 'mac', password: form, salt, iterations, length } as const;
    if (!budget.spend(pkcs12Rounds(derivation))) throw tooMuchWork(iterations);
    yield createHmac(digest, derivePkcs12(derivation)).update(content).digest();
  }
}

/** RFC 9879: PBMAC1-params; salt and count of the MacData itself have no meaning. */
function pbmac1(
  parameters: DerElement,
  content: Uint8Array,
  password: string,
  budget: WorkBudget,
): Uint8Array {
  const what = 'PBMAC1 parameters';
  const reader = parameters.expect(TAG.sequence, what).reader();
  const derivation = reader.expect(TAG.sequence, what).reader();
  const scheme = reader.expect(TAG.sequence, what).reader();
  const derivationOid = readOid(derivation.next(what), what);
  if (derivationOid !== OID.pbkdf2)
    throw new PbeError('scheme-unsupported', `the key derivation ${derivationOid}`);
  const { hmac } = pseudoRandomFunction(readOid(scheme.next(what), what));
  return hmac(derivePbkdf2(derivation.next(what), Buffer.from(password, 'utf8'), undefined, budget), content);
}

/** RFC 9548, 4: 96 octets are derived, the last 32 of them are the key. */
function streebogCode(hmacOid: string, input: MacInput): Uint8Array {
  const { salt, iterations, content, password, budget } = input;
  const { bytes, weight, derive, hmac } = pseudoRandomFunction(hmacOid);
  if (!budget.spend(weight * iterations * Math.ceil(96 / bytes))) throw tooMuchWork(iterations);
  return hmac(derive(Buffer.from(password, 'utf8'), salt, iterations, 96).subarray(64), content);
}
