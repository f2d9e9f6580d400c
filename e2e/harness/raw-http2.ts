/** Octets of HTTP/2 written by hand, for requests that no proper client makes. */

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const END_STREAM = 0x1;
const END_HEADERS = 0x4;

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** RFC 7541, 5.1 with a prefix of seven bits and no Huffman code. */
function string(text: string): Buffer {
  const octets = Buffer.from(text, 'latin1');
  const length: number[] = [];
  if (octets.length < 127) length.push(octets.length);
  else {
    length.push(127);
    let rest = octets.length - 127;
    for (; rest >= 128; rest >>= 7) length.push((rest & 127) | 128);
    length.push(rest);
  }
  return Buffer.concat([Buffer.from(length), octets]);
}

/** RFC 7541, 6.2.2: literal without indexing, both name and value new. Nothing is checked or folded. */
function fields(entries: readonly (readonly [string, string])[]): Buffer {
  return Buffer.concat(
    entries.map(([name, value]) => Buffer.concat([Buffer.from([0]), string(name), string(value)])),
  );
}

export interface RawHttp2Request {
  /** Pseudo fields included, in this order. */
  readonly fields: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** A whole connection with one request on stream 1, and a GOAWAY at its end. */
export function rawHttp2(request: RawHttp2Request): Buffer {
  const { body } = request;
  const flags = END_HEADERS | (body === undefined ? END_STREAM : 0);
  return Buffer.concat([
    Buffer.from(PREFACE, 'latin1'),
    frame(4, 0, 0, Buffer.alloc(0)),
    frame(1, flags, 1, fields(request.fields)),
    ...(body === undefined ? [] : [frame(0, END_STREAM, 1, Buffer.from(body, 'latin1'))]),
    frame(7, 0, 0, Buffer.alloc(8)),
  ]);
}

export interface ReceivedHttp2 {
  /** All DATA of stream 1. */
  readonly data: string;
  /** The code of the RST_STREAM or of the GOAWAY that is no NO_ERROR (RFC 9113, 7); undefined when there was none. */
  readonly errorCode: number | undefined;
}

/** Reads the frames that came back. Header blocks are left alone: they need a table, and bodies say enough. */
export function readHttp2(received: Buffer): ReceivedHttp2 {
  let data = '';
  let errorCode: number | undefined;
  for (let at = 0; at + 9 <= received.length; ) {
    const length = received.readUIntBE(at, 3);
    const type = received.readUInt8(at + 3);
    const payload = received.subarray(at + 9, at + 9 + length);
    if (type === 0) data += payload.toString('utf8');
    if (type === 3) errorCode = payload.readUInt32BE(0);
    if (type === 7 && payload.readUInt32BE(4) !== 0) errorCode ??= payload.readUInt32BE(4);
    at += 9 + length;
  }
  return { data, errorCode };
}
