/**
 * Reads PKCS#12 files (RFC 7292) of other makers: OpenSSL, NSS, Windows, Java, and our own. Password mode only. Every
 * count in the file is bounded before it is worked off. Nothing is validated: whether a certificate is any good is
 * asked elsewhere.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../../kernel/problem.ts';
import { contextTag, type DerElement, type DerReader, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readOid, readSmallInteger } from '../der/der-values.ts';
import { concatBytes } from '../der/der-writer.ts';
import { normaliseBer } from '../der/normalise-ber.ts';
import { OID } from '../der/oid.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import { DEFAULT_WORK_ROUNDS, WorkBudget } from '../pkcs5/work-budget.ts';
import { decryptWithPassword } from './decrypt-with-password.ts';
import { type Pkcs12Contents, selectContents } from './pkcs12-contents.ts';
import {
  derivePkcs12,
  encodePkcs12Password,
  PKCS12_DIGESTS,
  type Pkcs12Digest,
  pkcs12Rounds,
} from './pkcs12-kdf.ts';
import { type OpenedSafe, readSafeContents } from './safe-contents.ts';

export interface Pkcs12Limits {
  readonly maxBytes?: number;
  /** Rounds of key derivation over the whole file. */
  readonly maxRounds?: number;
}

const MAX_BYTES = 1024 * 1024;

/**
 * @throws {ProblemError} `pkcs12-password` when the password is wrong, `pkcs12-invalid` for everything else, with what
 * to do about it.
 */
export function openPkcs12(file: Uint8Array, password: string, limits: Pkcs12Limits = {}): Pkcs12Contents {
  const { maxBytes = MAX_BYTES, maxRounds = DEFAULT_WORK_ROUNDS } = limits;
  if (file.length > maxBytes) throw invalid(`the file is longer than ${maxBytes} bytes`);
  if (Buffer.from(file.subarray(0, 64)).toString('latin1').includes('-----BEGIN')) {
    throw invalid('this is a PEM file (text); a PFX or P12 file is binary');
  }
  try {
    return selectContents(openSafes(file, password, new WorkBudget(maxRounds)));
  } catch (error) {
    throw toProblem(error);
  }
}

function openSafes(file: Uint8Array, password: string, budget: WorkBudget): OpenedSafe {
  const what = 'PKCS#12 file';
  const pfx = readDer(normaliseBer(file, what), what).expect(TAG.sequence, what).reader();
  if (readSmallInteger(pfx.next('version'), 'version') !== 3) throw derInvalid(`${what}: not version 3`);
  const authSafe = readContentInfo(pfx.expect(TAG.sequence, what));
  if (authSafe.type !== OID.data) throw derInvalid('the file is signed instead of protected with a password');
  const content = authSafe.content.expect(TAG.octetString, what).content;
  const macData = pfx.optional(TAG.sequence);
  pfx.end(what);
  const isMacVerified = macData !== undefined;
  const acceptedPassword = macData ? verifyMac(macData.reader(), content, password, budget) : password;

  const opened: OpenedSafe = { certificates: [], privateKeys: [], unsupportedKeys: [] };
  const safes = readDer(normaliseBer(content, what), what).expect(TAG.sequence, what).reader();
  try {
    while (!safes.isDone) {
      const safe = readContentInfo(safes.expect(TAG.sequence, what));
      if (safe.type === OID.data) {
        readSafeContents(
          safe.content.expect(TAG.octetString, what).content,
          acceptedPassword,
          budget,
          opened,
        );
      } else if (safe.type === OID.encryptedData) {
        readSafeContents(
          decryptContent(safe.content, acceptedPassword, budget),
          acceptedPassword,
          budget,
          opened,
        );
      } else throw derInvalid('a part of the file is encrypted for a recipient instead of with a password');
    }
  } catch (error) {
    // Without a MAC a wrong password shows only here.
    if (!isMacVerified && error instanceof PbeError && error.failure === 'decryption-failed') {
      throw new ProblemError('pkcs12-password', { cause: error });
    }
    throw error;
  }
  return opened;
}

/** ContentInfo: a type and, in an explicit [0], its content. */
function readContentInfo(sequence: DerElement): { type: string; content: DerElement } {
  const what = 'content of the file';
  const reader = sequence.reader();
  const type = readOid(reader.next(what), what);
  const content = reader.expect(contextTag(0, 'constructed'), what).reader().next(what);
  return { type, content };
}

/** EncryptedData (RFC 2315, section 13). */
function decryptContent(encryptedData: DerElement, password: string, budget: WorkBudget): Uint8Array {
  const what = 'encrypted content';
  const reader = encryptedData.expect(TAG.sequence, what).reader();
  readSmallInteger(reader.next(what), what);
  const info = reader.expect(TAG.sequence, what).reader();
  readOid(info.next(what), what);
  const algorithm = info.expect(TAG.sequence, what);
  const content = info.next(what);
  if (content.tag === contextTag(0, 'primitive')) {
    return decryptWithPassword(algorithm, content.content, password, budget);
  }
  // Implicitly tagged and in pieces.
  const pieces = content.expect(contextTag(0, 'constructed'), what).reader().rest();
  const ciphertext = concatBytes(pieces.map((piece) => piece.expect(TAG.octetString, what).content));
  return decryptWithPassword(algorithm, ciphertext, password, budget);
}

const MAC_DIGESTS: Readonly<Record<string, Pkcs12Digest>> = {
  [OID.sha1]: 'sha1',
  [OID.sha224]: 'sha224',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

/** MacData (RFC 7292, section 4). Returns the password that was right. */
function verifyMac(reader: DerReader, content: Uint8Array, password: string, budget: WorkBudget): string {
  const what = 'MAC of the file';
  const digestInfo = reader.expect(TAG.sequence, what).reader();
  const algorithm = readOid(digestInfo.expect(TAG.sequence, what).reader().next(what), what);
  const expected = digestInfo.expect(TAG.octetString, what).content;
  const salt = reader.expect(TAG.octetString, what).content;
  const count = reader.optional(TAG.integer);
  const iterations = count ? readSmallInteger(count, what) : 1;
  if (algorithm === OID.pbmac1) {
    throw new PbeError('scheme-unsupported', 'its integrity is protected with PBMAC1');
  }
  const digest = MAC_DIGESTS[algorithm];
  if (!digest) throw new PbeError('scheme-unsupported', `its integrity is protected with ${algorithm}`);
  if (iterations < 1) throw derInvalid(`${what}: no iterations`);
  const length = PKCS12_DIGESTS[digest].output;
  // An empty password is written as two zero octets by some and as nothing by others.
  const forms = [encodePkcs12Password(password), ...(password === '' ? [new Uint8Array(0)] : [])];
  for (const form of forms) {
    const derivation = { digest, purpose: 'mac', password: form, salt, iterations, length } as const;
    if (!budget.spend(pkcs12Rounds(derivation))) throw new PbeError('too-much-work', `${iterations} rounds`);
    const actual = createHmac(digest, derivePkcs12(derivation)).update(content).digest();
    if (actual.length === expected.length && timingSafeEqual(actual, expected)) return password;
  }
  throw new ProblemError('pkcs12-password');
}

function toProblem(error: unknown): unknown {
  if (error instanceof PbeError) {
    switch (error.failure) {
      case 'scheme-unsupported':
        return invalid(`${error.message}, which is not supported; ${SAVE_AGAIN}`, error);
      case 'too-much-work':
        return invalid(`opening it takes more key derivation than is allowed (${error.message})`, error);
      case 'decryption-failed':
        return invalid(
          'the file is damaged: its password is right, but a part of it cannot be decrypted',
          error,
        );
    }
  }
  if (error instanceof ProblemError && error.code === 'der-invalid')
    return invalid(error.detail ?? '', error);
  return error;
}

const SAVE_AGAIN =
  'save it again with: openssl pkcs12 -legacy -in old.pfx -nodes -out temporary.pem, then openssl pkcs12 -export -in temporary.pem -out new.pfx, and delete temporary.pem';

function invalid(detail: string, cause?: unknown): ProblemError {
  return new ProblemError('pkcs12-invalid', { detail, cause });
}
