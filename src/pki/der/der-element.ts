/**
 * A bounded reader of DER (X.690, clauses 8 and 10). Definite, minimal lengths only; one-octet tags only (X.509,
 * PKCS#8 and PKCS#12 use no others). It never copies and never looks outside the bytes it was given.
 *
 * Throws {@link ProblemError} `der-invalid` and nothing else.
 */
import { ProblemError } from '../../kernel/problem.ts';

/** Identifier octets (X.690, 8.1.2). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The identifier octet of a context-specific tag. */
export function contextTag(number: number, form: 'primitive' | 'constructed'): number {
  return (form === 'constructed' ? 0xa0 : 0x80) | number;
}

export function derInvalid(detail: string, cause?: unknown): ProblemError {
  return new ProblemError('der-invalid', { detail, cause });
}

/** One element: where it lies in the bytes it was read from. */
export class DerElement {
  readonly tag: number;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #contentStart: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, start: number, limit: number) {
    const tag = bytes[start];
    if (tag === undefined || start >= limit) throw derInvalid('the data ends before an element');
    if ((tag & 0x1f) === 0x1f) throw derInvalid('a tag of several octets');
    let contentStart = start + 2;
    let length = bytes[start + 1] ?? 0;
    if (start + 2 > limit) throw derInvalid('the data ends within a length');
    if (length === 0x80) throw derInvalid('an indefinite length');
    if (length > 0x80) {
      const count = length & 0x7f;
      if (count > 4 || contentStart + count > limit) throw derInvalid('a length that is too long');
      length = 0;
      for (let index = 0; index < count; index += 1)
        length = length * 256 + (bytes[contentStart + index] ?? 0);
      // X.690, 10.1: the shortest form.
      if (length < 0x80 || length < 256 ** (count - 1)) throw derInvalid('a length that is not minimal');
      contentStart += count;
    }
    const end = contentStart + length;
    if (end > limit) throw derInvalid('an element is longer than what contains it');
    this.tag = tag;
    this.#bytes = bytes;
    this.#start = start;
    this.#contentStart = contentStart;
    this.#end = end;
  }

  get isConstructed(): boolean {
    return (this.tag & 0x20) !== 0;
  }

  /** Tag, length and content. A view, not a copy. */
  get der(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /** A view, not a copy. */
  get content(): Uint8Array {
    return this.#bytes.subarray(this.#contentStart, this.#end);
  }

  get contentLength(): number {
    return this.#end - this.#contentStart;
  }

  /** How far this element reaches within the bytes it was read from. */
  get end(): number {
    return this.#end;
  }

  reader(): DerReader {
    if (!this.isConstructed) throw derInvalid('a primitive element where a constructed one is expected');
    return new DerReader(this.#bytes, this.#contentStart, this.#end);
  }

  expect(tag: number, what: string): this {
    if (this.tag !== tag)
      throw derInvalid(`${what}: unexpected tag 0x${this.tag.toString(16).padStart(2, '0')}`);
    return this;
  }
}

/** Reads the elements of a constructed element one after the other. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #offset: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#offset = start;
    this.#end = end;
  }

  get isDone(): boolean {
    return this.#offset >= this.#end;
  }

  next(what: string): DerElement {
    if (this.isDone) throw derInvalid(`${what} is missing`);
    const element = new DerElement(this.#bytes, this.#offset, this.#end);
    this.#offset = element.end;
    return element;
  }

  expect(tag: number, what: string): DerElement {
    return this.next(what).expect(tag, what);
  }

  /** The next element if it has this tag; otherwise nothing is read. */
  optional(tag: number): DerElement | undefined {
    if (this.isDone || this.#bytes[this.#offset] !== tag) return undefined;
    return this.next('an optional element');
  }

  rest(): DerElement[] {
    const elements: DerElement[] = [];
    while (!this.isDone) elements.push(this.next('an element'));
    return elements;
  }

  /** Nothing may follow. */
  end(what: string): void {
    if (!this.isDone) throw derInvalid(`${what}: something follows the end`);
  }
}

/** The one element that the bytes consist of. */
export function readDer(bytes: Uint8Array, what: string): DerElement {
  const reader = new DerReader(bytes);
  const element = reader.next(what);
  reader.end(what);
  return element;
}

export interface DerLimits {
  readonly maxBytes: number;
  readonly maxElements: number;
  readonly maxDepth: number;
}

/**
 * Walks the whole tree before a schema parser sees it, so that neither depth nor number of elements is the
 * attacker's choice.
 */
export function checkDer(bytes: Uint8Array, what: string, limits: DerLimits): void {
  if (bytes.length > limits.maxBytes) throw derInvalid(`${what} is longer than ${limits.maxBytes} bytes`);
  let elements = 0;
  const walk = (reader: DerReader, depth: number): void => {
    if (depth > limits.maxDepth) throw derInvalid(`${what} is nested deeper than ${limits.maxDepth} levels`);
    while (!reader.isDone) {
      elements += 1;
      if (elements > limits.maxElements)
        throw derInvalid(`${what} has more than ${limits.maxElements} elements`);
      const element = reader.next(what);
      if (element.isConstructed) walk(element.reader(), depth + 1);
    }
  };
  readDer(bytes, what);
  walk(new DerReader(bytes), 0);
}
