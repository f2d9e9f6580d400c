import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const PIXELS_PER_MODULE = 5;
const QUIET_ZONE_MODULES = 4;

/** A QR code as PNG. (The real service sends JPEG; whoever shows it as an image sees no difference.) */
export function drawQrImage(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'L', border: QUIET_ZONE_MODULES });
  const width = size * PIXELS_PER_MODULE;
  const rows: Buffer[] = [];
  for (const modules of data) {
    // Filter 0, then one byte of grey a pixel (PNG, 4.1 and 6).
    const row = Buffer.alloc(1 + width);
    modules.forEach((isDark, column) => {
      const from = 1 + column * PIXELS_PER_MODULE;
      row.fill(isDark ? 0x00 : 0xff, from, from + PIXELS_PER_MODULE);
    });
    for (let line = 0; line < PIXELS_PER_MODULE; line += 1) rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(4 + named.length + 4);
  frame.writeUInt32BE(data.length, 0);
  named.copy(frame, 4);
  frame.writeUInt32BE(crc32(named), 4 + named.length);
  return frame;
}
