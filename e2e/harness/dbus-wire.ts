/**
 * The part of the D-Bus wire format (D-Bus Specification, "Message Protocol") that reading a screen reader's tree takes:
 * little-endian method calls with strings and integers, replies of any type.
 */

export type DbusValue = string | number | bigint | boolean | readonly DbusValue[];
export type DbusArgument =
  | { readonly type: 's'; readonly value: string }
  | { readonly type: 'u' | 'i'; readonly value: number };

export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly arguments?: readonly DbusArgument[];
}

export interface IncomingMessage {
  readonly kind: 'reply' | 'error' | 'other';
  readonly replySerial: number | undefined;
  readonly errorName: string | undefined;
  readonly body: readonly DbusValue[];
}

const METHOD_CALL = 1;
const METHOD_RETURN = 2;
const ERROR = 3;
const Field = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  signature: 8,
};

class Writer {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  align(boundary: number): void {
    while (this.#bytes.length % boundary !== 0) this.#bytes.push(0);
  }

  raw(bytes: Iterable<number>): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }

  uint32(value: number): void {
    this.align(4);
    this.raw([value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]);
  }

  string(value: string): void {
    const utf8 = Buffer.from(value, 'utf8');
    this.uint32(utf8.length);
    this.raw(utf8);
    this.raw([0]);
  }

  signature(value: string): void {
    this.raw([value.length, ...Buffer.from(value, 'ascii'), 0]);
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

export function encodeMethodCall(call: MethodCall, serial: number): Buffer {
  const body = new Writer();
  for (const argument of call.arguments ?? []) {
    if (argument.type === 's') body.string(argument.value);
    else body.uint32(argument.value >>> 0);
  }
  const fields = new Writer();
  const field = (code: number, type: 's' | 'o' | 'g', value: string) => {
    fields.align(8);
    fields.raw([code]);
    fields.signature(type);
    if (type === 'g') fields.signature(value);
    else fields.string(value);
  };
  field(Field.path, 'o', call.path);
  field(Field.interface, 's', call.interface);
  field(Field.member, 's', call.member);
  field(Field.destination, 's', call.destination);
  const signature = (call.arguments ?? []).map((argument) => argument.type).join('');
  if (signature !== '') field(Field.signature, 'g', signature);

  const message = new Writer();
  message.raw([0x6c, METHOD_CALL, 0, 1]);
  message.uint32(body.length);
  message.uint32(serial);
  message.uint32(fields.length);
  // The array of header fields begins at offset 16, a multiple of 8, so the paddings made above hold.
  message.raw(fields.toBuffer());
  message.align(8);
  message.raw(body.toBuffer());
  return message.toBuffer();
}

const FIXED: Readonly<
  Record<string, readonly [size: number, read: (bytes: Buffer, at: number) => DbusValue]>
> = {
  y: [1, (bytes, at) => bytes.readUInt8(at)],
  b: [4, (bytes, at) => bytes.readUInt32LE(at) !== 0],
  n: [2, (bytes, at) => bytes.readInt16LE(at)],
  q: [2, (bytes, at) => bytes.readUInt16LE(at)],
  i: [4, (bytes, at) => bytes.readInt32LE(at)],
  u: [4, (bytes, at) => bytes.readUInt32LE(at)],
  h: [4, (bytes, at) => bytes.readUInt32LE(at)],
  x: [8, (bytes, at) => bytes.readBigInt64LE(at)],
  t: [8, (bytes, at) => bytes.readBigUInt64LE(at)],
  d: [8, (bytes, at) => bytes.readDoubleLE(at)],
};

/** Splits a signature into its complete types: `a(so)u` into `a(so)` and `u`. */
function completeTypes(signature: string): string[] {
  const types: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < signature.length; at += 1) {
    const character = signature.charAt(at);
    if (character === '(' || character === '{') depth += 1;
    if (character === ')' || character === '}') depth -= 1;
    if (depth > 0 || character === 'a') continue;
    types.push(signature.slice(start, at + 1));
    start = at + 1;
  }
  return types;
}

class Reader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  align(boundary: number): void {
    this.#at = Math.ceil(this.#at / boundary) * boundary;
  }

  #uint32(): number {
    this.align(4);
    this.#at += 4;
    return this.#bytes.readUInt32LE(this.#at - 4);
  }

  #text(length: number): string {
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length);
    this.#at += length + 1;
    return text;
  }

  #array(element: string): DbusValue[] {
    const length = this.#uint32();
    this.align(/^[({xtd]/.test(element) ? 8 : 1);
    const end = this.#at + length;
    const values: DbusValue[] = [];
    while (this.#at < end) values.push(this.value(element));
    return values;
  }

  value(type: string): DbusValue {
    const fixed = FIXED[type];
    if (fixed !== undefined) {
      const [size, read] = fixed;
      this.align(size);
      this.#at += size;
      return read(this.#bytes, this.#at - size);
    }
    switch (type.charAt(0)) {
      case 's':
      case 'o':
        return this.#text(this.#uint32());
      case 'g':
        this.#at += 1;
        return this.#text(this.#bytes.readUInt8(this.#at - 1));
      case 'v':
        return this.value(String(this.value('g')));
      case 'a':
        return this.#array(type.slice(1));
      case '(':
      case '{':
        this.align(8);
        return this.values(type.slice(1, -1));
      default:
        throw new Error(`D-Bus type ${type} is not known`);
    }
  }

  values(signature: string): DbusValue[] {
    return completeTypes(signature).map((type) => this.value(type));
  }
}

/** Cuts the first whole message off `bytes`; undefined while it is not complete. */
export function decodeMessage(
  bytes: Buffer,
): { readonly message: IncomingMessage; readonly size: number } | undefined {
  if (bytes.length < 16) return undefined;
  if (bytes.readUInt8(0) !== 0x6c) throw new Error('only little-endian D-Bus messages are read');
  const bodyStart = Math.ceil((16 + bytes.readUInt32LE(12)) / 8) * 8;
  const size = bodyStart + bytes.readUInt32LE(4);
  if (bytes.length < size) return undefined;
  const fields = new Map<DbusValue, DbusValue>();
  const entries = new Reader(bytes, 12).value('a(yv)');
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (Array.isArray(entry)) fields.set(entry[0], entry[1]);
  }
  const type = bytes.readUInt8(1);
  const replySerial = fields.get(Field.replySerial);
  const errorName = fields.get(Field.errorName);
  const body = new Reader(bytes.subarray(bodyStart, size), 0).values(
    String(fields.get(Field.signature) ?? ''),
  );
  return {
    message: {
      kind: type === METHOD_RETURN ? 'reply' : type === ERROR ? 'error' : 'other',
      replySerial: typeof replySerial === 'number' ? replySerial : undefined,
      errorName: typeof errorName === 'string' ? errorName : undefined,
      body,
    },
    size,
  };
}
