/**
 * An index of serial numbers over the entries of a revocation list, some 12 octets an entry: where the entry lies in
 * the list, and buckets by a hash of its serial number. Built in one pass over the octets without an object per entry;
 * every entry is read as strictly as one that is decoded. Linear, whatever the list holds.
 */
import { randomBytes } from 'node:crypto';
import { DerElement, derInvalid } from '../der/der-element.ts';
import { readRevokedEntry } from './read-revoked-entry.ts';

const MAX_ENTRIES = 2_000_000;

/** Typed arrays and plain values: can be handed from a worker to another thread. */
export interface EntryIndex {
  /** Where each entry begins. */
  readonly offsets: Uint32Array;
  /** The numbers of the entries, bucket after bucket, in the order of the list within each. */
  readonly bucketEntries: Uint32Array;
  /** Where each bucket begins, and the end of the last one. Their number is a power of two. */
  readonly bucketStarts: Uint32Array;
  /** The numbers of the entries that name an issuer for themselves and those after them. */
  readonly issuerChanges: Uint32Array;
  readonly criticalExtensions: readonly string[];
  /** Secret of this index, so that nobody can prepare a list whose serial numbers share one hash. */
  readonly seed: number;
}

/** @throws {ProblemError} `der-invalid` */
export function indexEntries(der: Uint8Array, start: number, end: number): EntryIndex {
  const seed = randomBytes(4).readInt32LE();
  let offsets = new Uint32Array(1024);
  let hashes = new Uint32Array(1024);
  let count = 0;
  const issuerChanges: number[] = [];
  const criticalExtensions = new Set<string>();
  for (let offset = start; offset < end; ) {
    if (count >= MAX_ENTRIES) throw derInvalid(`more than ${MAX_ENTRIES} revoked certificates`);
    if (count === offsets.length) {
      offsets = grow(offsets, new Uint32Array(2 * count));
      hashes = grow(hashes, new Uint32Array(2 * count));
    }
    const length = plainEntryLength(der, offset, end);
    if (length > 0) {
      offsets[count] = offset;
      hashes[count] = hashOf(der, offset + 4, der[offset + 3] ?? 0, seed);
      offset += length;
    } else {
      const element = new DerElement(der, offset, end);
      const { namedIssuer, criticalExtensions: critical } = readRevokedEntry(element);
      for (const oid of critical) criticalExtensions.add(oid);
      if (namedIssuer) issuerChanges.push(count);
      const serial = element.reader().next('serial number').content;
      offsets[count] = offset;
      hashes[count] = hashOf(serial, 0, serial.length, seed);
      offset = element.end;
    }
    count += 1;
  }
  return {
    offsets: offsets.slice(0, count),
    ...fillBuckets(hashes.subarray(0, count)),
    issuerChanges: Uint32Array.from(issuerChanges),
    criticalExtensions: [...criticalExtensions],
    seed,
  };
}

/** Counting sort by the hash. */
function fillBuckets(hashes: Uint32Array): Pick<EntryIndex, 'bucketEntries' | 'bucketStarts'> {
  const buckets = 2 ** Math.ceil(Math.log2(hashes.length + 1));
  const bucketStarts = new Uint32Array(buckets + 1);
  for (const hash of hashes)
    bucketStarts[(hash & (buckets - 1)) + 1] = (bucketStarts[(hash & (buckets - 1)) + 1] ?? 0) + 1;
  for (let at = 1; at <= buckets; at += 1)
    bucketStarts[at] = (bucketStarts[at] ?? 0) + (bucketStarts[at - 1] ?? 0);
  const bucketEntries = new Uint32Array(hashes.length);
  const next = bucketStarts.slice();
  for (let number = 0; number < hashes.length; number += 1) {
    const bucket = (hashes[number] ?? 0) & (buckets - 1);
    const place = next[bucket] ?? 0;
    bucketEntries[place] = number;
    next[bucket] = place + 1;
  }
  return { bucketEntries, bucketStarts };
}

/** The numbers of the entries that may be about this serial number, the last one first. */
export function candidateEntries(index: EntryIndex, serial: Uint8Array): Uint32Array {
  const bucket = hashOf(serial, 0, serial.length, index.seed) & (index.bucketStarts.length - 2);
  return index.bucketEntries.slice(index.bucketStarts[bucket], index.bucketStarts[bucket + 1]).reverse();
}

/** The entry whose issuer is also that of this one; nothing while the list's own issuer holds. */
export function issuerChangeBefore({ issuerChanges }: EntryIndex, entry: number): number | undefined {
  let low = 0;
  let high = issuerChanges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((issuerChanges[middle] ?? 0) <= entry) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : issuerChanges[low - 1];
}

function grow(from: Uint32Array, to: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  to.set(from);
  return to;
}

/** FNV-1a from a secret beginning, with the final mixing of MurmurHash3. */
function hashOf(bytes: Uint8Array, offset: number, length: number, seed: number): number {
  let hash = seed;
  for (let at = offset; at < offset + length; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** `30 0c 30 0a 06 03 55 1d 15 04 03 0a 01`, then the reason: an extension reasonCode that is alone and not critical. */
const REASON_ONLY = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01];

/**
 * The length of an entry in the form that nearly all have: short lengths, UTCTime, no extension but a reason. Zero for
 * another form, right or wrong: that is for the full reader.
 */
function plainEntryLength(der: Uint8Array, offset: number, end: number): number {
  const length = der[offset + 1] ?? 0xff;
  const serialLength = der[offset + 3] ?? 0;
  const total = length + 2;
  if (der[offset] !== 0x30 || length >= 0x80 || offset + total > end) return 0;
  if (der[offset + 2] !== 0x02 || serialLength === 0 || serialLength > 40) return 0;
  const first = der[offset + 4] ?? 0;
  const second = der[offset + 5] ?? 0;
  if (serialLength > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) return 0;
  const time = offset + 4 + serialLength;
  if (!isPlainUtcTime(der, time)) return 0;
  const rest = time + 15;
  if (rest === offset + total) return total;
  if (rest + 14 !== offset + total) return 0;
  for (let index = 0; index < 13; index += 1) if (der[rest + index] !== REASON_ONLY[index]) return 0;
  return (der[rest + 13] ?? 0xff) < 0x80 ? total : 0;
}

/** `17 0d YYMMDDHHMMSSZ` with a day that every month has; the last days of months take the longer way. */
function isPlainUtcTime(der: Uint8Array, offset: number): boolean {
  if (der[offset] !== 0x17 || der[offset + 1] !== 0x0d || der[offset + 14] !== 0x5a) return false;
  for (let at = offset + 2; at < offset + 14; at += 1) {
    const octet = der[at] ?? 0;
    if (octet < 0x30 || octet > 0x39) return false;
  }
  const month = twoDigits(der, offset + 4);
  const day = twoDigits(der, offset + 6);
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    twoDigits(der, offset + 8) <= 23 &&
    twoDigits(der, offset + 10) <= 59 &&
    twoDigits(der, offset + 12) <= 59
  );
}

function twoDigits(der: Uint8Array, at: number): number {
  return ((der[at] ?? 0) - 0x30) * 10 + (der[at + 1] ?? 0) - 0x30;
}
