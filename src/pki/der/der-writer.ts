/**
 * Writes DER by hand where a schema would be too slow (revocation lists with 100,000 entries) or gets in the way
 * (values of extensions that are copied as they are).
 */
import { TAG } from './der-element.ts';

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** In one piece of memory: answers about certificates are made of dozens of these, thousands of times a second. */
export function encodeElement(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of contents) length += part.length;
  const octets = length < 0x80 ? 0 : Math.ceil((32 - Math.clz32(length)) / 8);
  const bytes = new Uint8Array(2 + octets + length);
  bytes[0] = tag;
  bytes[1] = octets === 0 ? length : 0x80 | octets;
  for (let index = 0; index < octets; index += 1) bytes[1 + octets - index] = length >>> (8 * index);
  let offset = 2 + octets;
  for (const part of contents) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

export function encodeSequence(...elements: readonly Uint8Array[]): Uint8Array {
  return encodeElement(TAG.sequence, ...elements);
}

/** INTEGER from the octets of its two's complement, which must be minimal. */
export function encodeIntegerBytes(bytes: Uint8Array): Uint8Array {
  return encodeElement(TAG.integer, bytes);
}

/** INTEGER, not negative. */
export function encodeInteger(value: number | bigint): Uint8Array {
  const number = BigInt(value);
  if (number < 0n) throw new TypeError('encodeInteger takes no negative number');
  const hex = number.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return encodeIntegerBytes(
    Buffer.from(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, 'hex'),
  );
}

export function encodeOid(oid: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift((left % 128) | 0x80);
    }
    return groups;
  });
  return encodeElement(TAG.oid, Uint8Array.from(octets));
}

export function encodeOctetString(bytes: Uint8Array): Uint8Array {
  return encodeElement(TAG.octetString, bytes);
}

/** BIT STRING of whole octets. */
export function encodeBitString(bytes: Uint8Array): Uint8Array {
  return encodeElement(TAG.bitString, Uint8Array.of(0), bytes);
}

export const encodedNull = Uint8Array.of(TAG.null, 0);
export const encodedTrue = Uint8Array.of(TAG.boolean, 1, 0xff);

/** RFC 5280, 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on; whole seconds. */
export function encodeTime(time: Date): Uint8Array {
  return time.getUTCFullYear() < 2050
    ? encodeElement(TAG.utcTime, Buffer.from(timeDigits(time).slice(2), 'latin1'))
    : encodeGeneralizedTime(time);
}

/** Whole seconds, `Z` (RFC 5280, 4.1.2.5.2). */
export function encodeGeneralizedTime(time: Date): Uint8Array {
  return encodeElement(TAG.generalizedTime, Buffer.from(timeDigits(time), 'latin1'));
}

function timeDigits(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
}
