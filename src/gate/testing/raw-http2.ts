import tls from 'node:tls';

/** For tests: HTTP/2 frames (RFC 9113, section 4) as a client writes them that keeps to no rule. */
export const FRAME = { data: 0, headers: 1, rstStream: 3, settings: 4, goaway: 7, windowUpdate: 8 } as const;
export const FLAG = { endStream: 1, endHeaders: 4 } as const;

export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

export function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}

/** HPACK (RFC 7541, section 6.2.2): literals without indexing, without Huffman. */
export function encodeFields(fields: readonly (readonly [string, string])[]): Buffer {
  const text = (value: string): Buffer => {
    const octets = Buffer.from(value, 'latin1');
    return Buffer.concat([integer(octets.length), octets]);
  };
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
}

/** RFC 7541, section 5.1, with a prefix of seven bits. */
function integer(value: number): Buffer {
  if (value < 127) return Buffer.from([value]);
  const octets = [127];
  let rest = value - 127;
  while (rest >= 128) {
    octets.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  octets.push(rest);
  return Buffer.from(octets);
}

export interface RawHttp2 {
  send(...frames: Buffer[]): void;
  /** Frames that came back so far. */
  readonly received: { type: number; flags: number; stream: number; payload: Buffer }[];
  readonly closed: () => boolean;
  destroy(): void;
}

export function openRawHttp2(options: tls.ConnectionOptions): Promise<RawHttp2> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ ...options, ALPNProtocols: ['h2'] });
    let closed = false;
    let pending = Buffer.alloc(0);
    const received: RawHttp2['received'] = [];
    socket.on('close', () => {
      closed = true;
    });
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 9 && pending.length >= 9 + pending.readUIntBE(0, 3)) {
        const length = pending.readUIntBE(0, 3);
        received.push({
          type: pending[3] ?? 0,
          flags: pending[4] ?? 0,
          stream: pending.readUInt32BE(5) & 0x7fffffff,
          payload: Buffer.from(pending.subarray(9, 9 + length)),
        });
        pending = pending.subarray(9 + length);
      }
    });
    socket.on('secureConnect', () => {
      socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
      socket.write(frame(FRAME.settings, 0, 0));
      resolve({
        send: (...frames) => {
          if (!closed) socket.write(Buffer.concat(frames));
        },
        received,
        closed: () => closed,
        destroy: () => socket.destroy(),
      });
    });
  });
}
