/**
 * Large lists: those of big authorities have half a million entries in 20 MB. The list is kept as it was received, with
 * an index beside it; an entry is decoded when somebody asks for it.
 */
import type { SerialNumber, Sha256Fingerprint } from '../../kernel/brand.ts';
import { contextTag, DerElement, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { encodeSequence } from '../der/der-writer.ts';
import type { SignatureVerdict } from '../signatures/signature-verdict.ts';
import { verifySignature } from '../signatures/verify-signature.ts';
import { fingerprintOf } from '../x509/fingerprint.ts';
import { isEquivalentName } from '../x509/name-comparison.ts';
import { serialNumberBytes } from '../x509/serial-number.ts';
import { candidateEntries, type EntryIndex, indexEntries, issuerChangeBefore } from './entry-index.ts';
import { type IndexedRevocationList, MOST_SAME_SERIAL } from './indexed-revocation-list.ts';
import { parseRevocationList } from './parse-revocation-list.ts';
import { readRevokedEntry } from './read-revoked-entry.ts';
import type { RevokedEntry } from './revoked-entry.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** What a worker makes of a list. Plain values and typed arrays: can be handed to another thread. */
export interface RevocationListIndex {
  /** The list as received; the index is about these very octets. */
  readonly der: Uint8Array;
  readonly sha256Fingerprint: Sha256Fingerprint;
  readonly entries: EntryIndex;
  /** Verified already, by the keys that were given. */
  readonly verdicts: readonly VerifiedKey[];
}

export interface VerifiedKey {
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly verdict: SignatureVerdict;
}

export interface LargeRevocationList extends IndexedRevocationList {
  readonly der: Uint8Array;
  readonly entryCount: number;
}

/**
 * Reads every entry of a list of at most 64 MiB and 2,000,000 entries and verifies it with the given keys. Takes about
 * 0.2 s for 20 MB, and one more second where it is signed with GOST: for a worker.
 *
 * @param der is kept, not copied: nobody may write to it.
 * @throws {ProblemError} `der-invalid`
 */
export function buildRevocationListIndex(
  der: Uint8Array,
  subjectPublicKeyInfos: readonly Uint8Array[],
): RevocationListIndex {
  const { revoked } = readFrame(der);
  const entries = indexEntries(der, revoked ? revoked.end - revoked.contentLength : 0, revoked?.end ?? 0);
  const list = openRevocationListIndex({ der, sha256Fingerprint: fingerprintOf(der), entries, verdicts: [] });
  return {
    der,
    sha256Fingerprint: list.sha256Fingerprint,
    entries,
    verdicts: subjectPublicKeyInfos.map((subjectPublicKeyInfo) => ({
      subjectPublicKeyInfo,
      verdict: list.verifySignature(subjectPublicKeyInfo),
    })),
  };
}

/** Quick: nothing but the list's own fields is read again. @throws {ProblemError} `der-invalid` */
export function openRevocationListIndex(index: RevocationListIndex): LargeRevocationList {
  const { der, entries } = index;
  const frame = readFrame(der);
  const { tbsDer: _tbs, der: _der, entries: _none, criticalExtensions, ...facts } = frame.facts;
  const verdicts = new Map(
    index.verdicts.map(({ subjectPublicKeyInfo, verdict }) => [keyText(subjectPublicKeyInfo), verdict]),
  );
  return {
    ...facts,
    der,
    sha256Fingerprint: index.sha256Fingerprint,
    entryCount: entries.offsets.length,
    criticalExtensions: [...criticalExtensions, ...entries.criticalExtensions],
    verifySignature(subjectPublicKeyInfo) {
      const key = keyText(subjectPublicKeyInfo);
      const known = verdicts.get(key);
      if (known) return known;
      const verdict = verifySignature({
        signatureAlgorithm: facts.signature.algorithmDer,
        subjectPublicKeyInfo,
        signedBytes: frame.tbs.der,
        signature: facts.signature.value,
      });
      verdicts.set(key, verdict);
      return verdict;
    },
    findEntry(serialNumber, issuer) {
      for (const entry of entriesWith(serialNumber)) {
        if (isEquivalentName(entry.certificateIssuer ?? facts.issuer, issuer)) return entry;
      }
      return undefined;
    },
    findEntries(serialNumber) {
      const found: RevokedEntry[] = [];
      for (const entry of entriesWith(serialNumber)) {
        if (found.push(entry) === MOST_SAME_SERIAL) break;
      }
      return found;
    },
  };

  function* entriesWith(serialNumber: SerialNumber): Generator<RevokedEntry, undefined> {
    for (const number of candidateEntries(entries, serialNumberBytes(serialNumber))) {
      const read = readEntryAt(der, entries, number);
      if (read.entry.serialNumber !== serialNumber) continue;
      const change = issuerChangeBefore(entries, number);
      const certificateIssuer =
        change === undefined ? undefined : readEntryAt(der, entries, change).namedIssuer;
      yield { ...read.entry, ...(certificateIssuer && { certificateIssuer }) };
    }
    return undefined;
  }
}

function keyText(subjectPublicKeyInfo: Uint8Array): string {
  return Buffer.from(subjectPublicKeyInfo).toString('latin1');
}

function readEntryAt(
  der: Uint8Array,
  entries: EntryIndex,
  number: number,
): ReturnType<typeof readRevokedEntry> {
  return readRevokedEntry(new DerElement(der, entries.offsets[number] ?? der.length, der.length));
}

/** The list without its entries is a list too, and read as any other. */
function readFrame(der: Uint8Array) {
  const what = 'revocation list';
  if (der.length > MAX_BYTES) throw derInvalid(`${what}: longer than ${MAX_BYTES} bytes`);
  const outer = readDer(der, what).expect(TAG.sequence, what).reader();
  const tbs = outer.expect(TAG.sequence, what);
  const rest = outer.rest().map((element) => element.der);
  const fields = tbs.reader();
  const before: Uint8Array[] = [];
  const take = (element: DerElement | undefined): void => {
    if (element) before.push(element.der);
  };
  take(fields.optional(TAG.integer));
  for (const field of ['signature algorithm', 'issuer', 'thisUpdate']) take(fields.next(field));
  take(fields.optional(TAG.utcTime) ?? fields.optional(TAG.generalizedTime));
  const revoked = fields.optional(TAG.sequence);
  take(fields.optional(contextTag(0, 'constructed')));
  fields.end(what);
  const facts = parseRevocationList(encodeSequence(encodeSequence(...before), ...rest));
  return { tbs, revoked, facts };
}
