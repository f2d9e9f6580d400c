/**
 * A reader of the frame of BER data (X.690, clause 8): indefinite lengths and strings in pieces, as PKCS#7 files have
 * them. What lies inside is given out as the octets that were received and not re-encoded, so that signatures over it
 * still hold. Nothing is copied but strings in pieces.
 *
 * Throws {@link ProblemError} `der-invalid` and nothing else.
 */
import { derInvalid, TAG } from './der-element.ts';
import { concatBytes } from './der-writer.ts';

const MAX_DEPTH = 24;
const CONSTRUCTED = 0x20;

export class BerElement {
  readonly tag: number;
  /** As received: tag, length, content, and the end of an indefinite length. */
  readonly ber: Uint8Array;
  readonly content: Uint8Array;

  constructor(tag: number, ber: Uint8Array, content: Uint8Array) {
    this.tag = tag;
    this.ber = ber;
    this.content = content;
  }

  reader(): BerReader {
    if ((this.tag & CONSTRUCTED) === 0)
      throw derInvalid('a primitive element where a constructed one is expected');
    return new BerReader(this.content);
  }

  /** The octets of an OCTET STRING, also of one in pieces; `tag` where it is implicitly tagged. */
  octets(what: string, tag: number = TAG.octetString, depth = 0): Uint8Array {
    if (this.tag === tag) return this.content;
    if (this.tag !== (tag | CONSTRUCTED) || depth > 2) throw derInvalid(`${what}: not an octet string`);
    return concatBytes(
      this.reader()
        .rest()
        .map((piece) => piece.octets(what, TAG.octetString, depth + 1)),
    );
  }
}

export class BerReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  next(what: string): BerElement {
    if (this.isDone) throw derInvalid(`${what} is missing`);
    const start = this.#offset;
    const { tag, contentStart, contentEnd, end } = measure(this.#bytes, start, 0);
    this.#offset = end;
    return new BerElement(
      tag,
      this.#bytes.subarray(start, end),
      this.#bytes.subarray(contentStart, contentEnd),
    );
  }

  expect(tag: number, what: string): BerElement {
    const element = this.next(what);
    if (element.tag !== tag)
      throw derInvalid(`${what}: unexpected tag 0x${element.tag.toString(16).padStart(2, '0')}`);
    return element;
  }

  /** The next element if it has this tag; otherwise nothing is read. */
  optional(tag: number): BerElement | undefined {
    return this.#bytes[this.#offset] === tag && !this.isDone ? this.next('an optional element') : undefined;
  }

  rest(): BerElement[] {
    const elements: BerElement[] = [];
    while (!this.isDone) elements.push(this.next('an element'));
    return elements;
  }
}

interface Extent {
  readonly tag: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
}

function measure(bytes: Uint8Array, start: number, depth: number): Extent {
  if (depth > MAX_DEPTH) throw derInvalid(`nested deeper than ${MAX_DEPTH} levels`);
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) throw derInvalid('the data ends within an element');
  if ((tag & 0x1f) === 0x1f) throw derInvalid('a tag of several octets');
  if (first !== 0x80) return measureDefinite(bytes, start, tag, first);
  if ((tag & CONSTRUCTED) === 0) throw derInvalid('a primitive element of indefinite length');
  let at = start + 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) at = measure(bytes, at, depth + 1).end;
  return { tag, contentStart: start + 2, contentEnd: at, end: at + 2 };
}

function measureDefinite(bytes: Uint8Array, start: number, tag: number, first: number): Extent {
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 6) throw derInvalid('a length that is too long');
  let length = count === 0 ? first : 0;
  for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[start + 2 + index] ?? 0);
  const contentStart = start + 2 + count;
  const end = contentStart + length;
  if (end > bytes.length) throw derInvalid('an element is longer than what contains it');
  return { tag, contentStart, contentEnd: end, end };
}
