import { tlv } from './encode.ts';

/** One element of BER, with what it holds. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** The whole element in DER: lengths that were indefinite are written out. */
  readonly der: Buffer;
  /** Empty for a primitive one. */
  readonly members: readonly Element[];
}

const MAX_DEPTH = 40;

/** @throws when the bytes are not exactly one element of BER */
export function readElement(bytes: Uint8Array): Element {
  const { element, end } = readAt(Buffer.from(bytes), 0, 0);
  if (end !== bytes.length) throw new Error('bytes after the end');
  return element;
}

/** @throws when the path leads nowhere */
export function memberOf(element: Element, ...path: readonly number[]): Element {
  let found: Element = element;
  for (const index of path) {
    const next = found.members[index];
    if (!next) throw new Error('an element is missing');
    found = next;
  }
  return found;
}

function readAt(bytes: Buffer, start: number, depth: number): { element: Element; end: number } {
  if (depth > MAX_DEPTH) throw new Error('nested too deeply');
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) throw new Error('cut off');
  if ((tag & 0x1f) === 0x1f) throw new Error('a tag of several bytes');
  if (first === 0x80) return readIndefinite(bytes, start, tag, depth);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4) throw new Error('a length of more than four bytes');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(start + 2, lengthBytes);
  const from = start + 2 + lengthBytes;
  const end = from + length;
  if (end > bytes.length) throw new Error('cut off');
  if ((tag & 0x20) === 0) {
    const content = bytes.subarray(from, end);
    return { element: { tag, content, der: bytes.subarray(start, end), members: [] }, end };
  }
  const members: Element[] = [];
  for (let at = from; at < end; ) {
    const read = readAt(bytes.subarray(0, end), at, depth + 1);
    members.push(read.element);
    at = read.end;
  }
  return { element: build(tag, members), end };
}

function readIndefinite(bytes: Buffer, start: number, tag: number, depth: number) {
  const members: Element[] = [];
  let at = start + 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    const read = readAt(bytes, at, depth + 1);
    members.push(read.element);
    at = read.end;
  }
  return { element: build(tag, members), end: at + 2 };
}

/** An OCTET STRING in pieces becomes one in a piece. */
function build(tag: number, members: readonly Element[]): Element {
  if (tag === 0x24) {
    const content = Buffer.concat(members.map((member) => member.content));
    return { tag: 0x04, content, der: tlv(0x04, content), members: [] };
  }
  const content = Buffer.concat(members.map((member) => member.der));
  return { tag, content, der: tlv(tag, content), members };
}

/** The object identifier in dots. */
export function readOid(element: Element): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of element.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...rest].join('.');
}
