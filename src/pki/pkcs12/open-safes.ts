/**
 * The way into a PKCS#12 file (RFC 7292): integrity first, then its parts are decrypted. Password mode only; every
 * count in the file is bounded before it is worked off.
 */
import { ProblemError } from '../../kernel/problem.ts';
import { contextTag, type DerElement, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readOid, readSmallInteger } from '../der/der-values.ts';
import { concatBytes } from '../der/der-writer.ts';
import { normaliseBer } from '../der/normalise-ber.ts';
import { OID } from '../der/oid.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import type { WorkBudget } from '../pkcs5/work-budget.ts';
import { decryptWithPassword } from './decrypt-with-password.ts';
import { readSafeContents, type SafeBags } from './safe-contents.ts';
import { verifyMac } from './verify-mac.ts';

export interface OpenedSafes {
  readonly bags: SafeBags;
  /** `none`: a wrong password shows only where something does not decrypt. */
  readonly integrity: 'verified' | 'none';
}

/** @throws {ProblemError} `pkcs12-password`, `der-invalid`; {@link PbeError} */
export function openSafes(file: Uint8Array, password: string, budget: WorkBudget): OpenedSafes {
  const what = 'PKCS#12 file';
  const pfx = readDer(normaliseBer(file, what), what).expect(TAG.sequence, what).reader();
  if (readSmallInteger(pfx.next('version'), 'version') !== 3) throw derInvalid(`${what}: not version 3`);
  const authSafe = readContentInfo(pfx.expect(TAG.sequence, what));
  if (authSafe.type !== OID.data)
    throw new PbeError('scheme-unsupported', 'the file is signed instead of protected with a password');
  const content = authSafe.content.expect(TAG.octetString, what).content;
  const macData = pfx.optional(TAG.sequence);
  pfx.end(what);
  if (macData) verifyMac(macData.reader(), content, password, budget);

  const bags: SafeBags = { certificates: [], revocationLists: [], keys: [] };
  const safes = readDer(normaliseBer(content, what), what).expect(TAG.sequence, what).reader();
  try {
    while (!safes.isDone) {
      const safe = readContentInfo(safes.expect(TAG.sequence, what));
      if (safe.type === OID.data) readSafeContents(safe.content.expect(TAG.octetString, what).content, bags);
      else if (safe.type === OID.encryptedData)
        readSafeContents(decryptContent(safe.content, password, budget), bags);
      else
        throw new PbeError(
          'scheme-unsupported',
          'a part of the file is encrypted for a recipient instead of with a password',
        );
    }
  } catch (error) {
    throw macData ? error : asWrongPassword(error);
  }
  return { bags, integrity: macData ? 'verified' : 'none' };
}

/** Without a MAC a wrong password shows only in what does not decrypt. */
export function asWrongPassword(error: unknown): unknown {
  return error instanceof PbeError && error.failure === 'decryption-failed'
    ? new ProblemError('pkcs12-password', { cause: error })
    : error;
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
