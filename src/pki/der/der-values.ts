/**
 * Values of the primitive types of DER. Throws {@link ProblemError} `der-invalid`.
 */
import { type DerElement, derInvalid, TAG } from './der-element.ts';

/** Content octets of an INTEGER: minimal two's complement (X.690, 8.3.2). */
export function readIntegerBytes(element: DerElement, what: string): Uint8Array {
  element.expect(TAG.integer, what);
  return checkInteger(element.content, what);
}

function checkInteger(content: Uint8Array, what: string): Uint8Array {
  const [first, second] = content;
  if (first === undefined) throw derInvalid(`${what}: an integer without content`);
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw derInvalid(`${what}: an integer that is not minimal`);
  }
  return content;
}

/** A non-negative INTEGER (or ENUMERATED) below 2^31. */
export function readSmallInteger(element: DerElement, what: string): number {
  if (element.tag !== TAG.integer && element.tag !== TAG.enumerated) element.expect(TAG.integer, what);
  return smallIntegerOf(element.content, what);
}

function smallIntegerOf(bytes: Uint8Array, what: string): number {
  const content = checkInteger(bytes, what);
  if (content.length > 4 || (content[0] ?? 0x80) >= 0x80) throw derInvalid(`${what}: out of range`);
  return content.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** A non-negative INTEGER of at most `maxBytes` octets. */
export function readBigInteger(element: DerElement, what: string, maxBytes: number): bigint {
  const content = readIntegerBytes(element, what);
  if (content.length > maxBytes || (content[0] ?? 0x80) >= 0x80) throw derInvalid(`${what}: out of range`);
  return BigInt(`0x${Buffer.from(content).toString('hex')}`);
}

export function readBoolean(element: DerElement, what: string): boolean {
  return booleanOf(element.expect(TAG.boolean, what).content, what);
}

/** X.690, 11.1: FALSE is 00 and TRUE is FF. */
export function booleanOf(content: Uint8Array, what: string): boolean {
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) {
    throw derInvalid(`${what}: not a boolean in DER`);
  }
  return content[0] === 0xff;
}

/** An OBJECT IDENTIFIER in dotted form; at most 64 octets. */
export function readOid(element: DerElement, what: string): string {
  return oidOf(element.expect(TAG.oid, what).content, what);
}

function oidOf(content: Uint8Array, what: string): string {
  if (content.length === 0 || content.length > 64)
    throw derInvalid(`${what}: an object identifier out of range`);
  const arcs: bigint[] = [];
  let arc = 0n;
  let isContinued = false;
  for (const octet of content) {
    if (!isContinued && octet === 0x80) throw derInvalid(`${what}: an object identifier that is not minimal`);
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    isContinued = octet >= 0x80;
    if (!isContinued) {
      if (arcs.length === 0) {
        const first = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
        arcs.push(first, arc - first * 40n);
      } else arcs.push(arc);
      arc = 0n;
    }
  }
  if (isContinued) throw derInvalid(`${what}: an object identifier that does not end`);
  return arcs.join('.');
}

/**
 * The octets of a signature. One that does not consist of whole octets is damaged; it is read as empty, so that it is
 * never verified while everything else about its certificate can still be told.
 */
export function readSignatureBytes(element: DerElement, what: string): Uint8Array {
  const content = element.expect(TAG.bitString, what).content;
  if (content.length === 0) throw derInvalid(`${what}: a bit string without content`);
  return content[0] === 0 ? content.subarray(1) : new Uint8Array(0);
}

/** The numbers of the bits that are set (named bit list). */
export function namedBitsOf(content: Uint8Array, what: string): ReadonlySet<number> {
  const [unused, ...octets] = content;
  if (unused === undefined || unused > 7 || (octets.length === 0 && unused !== 0) || octets.length > 8) {
    throw derInvalid(`${what}: not a list of named bits`);
  }
  const bits = new Set<number>();
  for (const [index, octet] of octets.entries()) {
    for (let bit = 0; bit < 8; bit += 1) if ((octet & (0x80 >> bit)) !== 0) bits.add(index * 8 + bit);
  }
  return bits;
}

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/;

/** UTCTime or GeneralizedTime in the one form that RFC 5280, 4.1.2.5 allows: seconds, `Z`, no fraction. */
export function readTime(element: DerElement, what: string): Date {
  const isUtcTime = element.tag === TAG.utcTime;
  if (!isUtcTime) element.expect(TAG.generalizedTime, what);
  const match = (isUtcTime ? UTC_TIME : GENERALIZED_TIME).exec(
    Buffer.from(element.content).toString('latin1'),
  );
  if (!match) throw derInvalid(`${what}: not a time of RFC 5280, 4.1.2.5`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  // RFC 5280, 4.1.2.5.1: YY of 50 and more is 19YY.
  const fullYear = isUtcTime ? year + (year >= 50 ? 1900 : 2000) : year;
  const time = new Date(0);
  time.setUTCFullYear(fullYear, month - 1, day);
  time.setUTCHours(hour, minute, second, 0);
  const isReal =
    time.getUTCFullYear() === fullYear &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCMinutes() === minute &&
    time.getUTCSeconds() === second;
  if (!isReal) throw derInvalid(`${what}: no such date`);
  return time;
}

/** The tags that {@link readString} reads. */
export const STRING_TAGS: ReadonlySet<number> = new Set([
  TAG.utf8String,
  TAG.numericString,
  TAG.printableString,
  TAG.ia5String,
  TAG.visibleString,
  TAG.teletexString,
  TAG.bmpString,
  TAG.universalString,
]);

/** Any of the string types that names use. Teletex is read as Latin-1, which is what its users meant. */
export function readString(element: DerElement, what: string): string {
  const bytes = Buffer.from(element.content);
  switch (element.tag) {
    case TAG.utf8String:
      return decodeUtf8(bytes, what);
    case TAG.numericString:
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.visibleString:
    case TAG.teletexString:
      return bytes.toString('latin1');
    case TAG.bmpString:
      if (bytes.length % 2 !== 0) throw derInvalid(`${what}: half a character`);
      return bytes.swap16().toString('utf16le');
    case TAG.universalString:
      return decodeUniversal(bytes, what);
    default:
      throw derInvalid(`${what}: not a string`);
  }
}

function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw derInvalid(`${what}: not UTF-8`, cause);
  }
}

function decodeUniversal(bytes: Buffer, what: string): string {
  if (bytes.length % 4 !== 0) throw derInvalid(`${what}: part of a character`);
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 4) {
    const point = bytes.readUInt32BE(offset);
    if (point > 0x10ffff) throw derInvalid(`${what}: no such character`);
    text += String.fromCodePoint(point);
  }
  return text;
}
