/**
 * BER to DER, as far as PKCS#12 needs it: NSS and older systems write indefinite lengths and octet strings in pieces
 * (RFC 7292, section 4: "BER"). Everything after this reads DER only. Bounded in size, depth and number of elements.
 */
import { derInvalid, TAG } from './der-element.ts';
import { concatBytes, encodeElement } from './der-writer.ts';

const MAX_DEPTH = 24;
const MAX_ELEMENTS = 20_000;
const CONSTRUCTED_OCTET_STRING = TAG.octetString | 0x20;

interface Header {
  readonly tag: number;
  readonly contentStart: number;
  /** Undefined for an indefinite length. */
  readonly end: number | undefined;
}

/** Takes exactly one element. @throws {ProblemError} `der-invalid` */
export function normaliseBer(ber: Uint8Array, what: string): Uint8Array {
  let elements = 0;

  const readHeader = (offset: number, limit: number): Header => {
    const tag = ber[offset];
    const first = ber[offset + 1];
    if (tag === undefined || first === undefined || offset + 2 > limit)
      throw derInvalid(`${what}: the data ends early`);
    if ((tag & 0x1f) === 0x1f) throw derInvalid(`${what}: a tag of several octets`);
    if (first < 0x80) return bounded(tag, offset + 2, first, limit);
    if (first === 0x80) {
      if ((tag & 0x20) === 0) throw derInvalid(`${what}: a primitive element of indefinite length`);
      return { tag, contentStart: offset + 2, end: undefined };
    }
    const count = first & 0x7f;
    if (count > 8 || offset + 2 + count > limit) throw derInvalid(`${what}: a length that is too long`);
    const length = ber.subarray(offset + 2, offset + 2 + count).reduce((sum, octet) => sum * 256 + octet, 0);
    return bounded(tag, offset + 2 + count, length, limit);
  };

  const bounded = (tag: number, contentStart: number, length: number, limit: number): Header => {
    if (contentStart + length > limit)
      throw derInvalid(`${what}: an element is longer than what contains it`);
    return { tag, contentStart, end: contentStart + length };
  };

  const read = (offset: number, limit: number, depth: number): { der: Uint8Array; next: number } => {
    elements += 1;
    if (elements > MAX_ELEMENTS) throw derInvalid(`${what}: more than ${MAX_ELEMENTS} elements`);
    if (depth > MAX_DEPTH) throw derInvalid(`${what}: nested deeper than ${MAX_DEPTH} levels`);
    const { tag, contentStart, end } = readHeader(offset, limit);
    if ((tag & 0x20) === 0) {
      const content = ber.subarray(contentStart, end);
      return { der: encodeElement(tag, content), next: contentStart + content.length };
    }
    const children: Uint8Array[] = [];
    let position = contentStart;
    for (;;) {
      if (end !== undefined && position >= end) break;
      if (end === undefined && ber[position] === 0 && ber[position + 1] === 0 && position + 2 <= limit) {
        position += 2;
        break;
      }
      const child = read(position, end ?? limit, depth + 1);
      children.push(child.der);
      position = child.next;
    }
    const der =
      tag === CONSTRUCTED_OCTET_STRING ? joinOctetStrings(children, what) : encodeElement(tag, ...children);
    return { der, next: position };
  };

  const { der, next } = read(0, ber.length, 0);
  if (next !== ber.length) throw derInvalid(`${what}: something follows the end`);
  return der;
}

function joinOctetStrings(pieces: readonly Uint8Array[], what: string): Uint8Array {
  const contents = pieces.map((piece) => {
    if (piece[0] !== TAG.octetString) throw derInvalid(`${what}: a piece of an octet string is none`);
    const lengthOctets = (piece[1] ?? 0) < 0x80 ? 0 : (piece[1] ?? 0) & 0x7f;
    return piece.subarray(2 + lengthOctets);
  });
  return encodeElement(TAG.octetString, concatBytes(contents));
}
