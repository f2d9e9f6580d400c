import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'ascii'), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/**
 * Turns the frame buffer file of `Xvfb -fbdir` (X Window Dump, XWDFile.h; 32 bits a pixel, blue first) into a PNG.
 *
 * @throws RangeError when the file is not such a dump
 */
export function xwdToPng(dump: Buffer): Buffer {
  const headerSize = dump.readUInt32BE(0);
  const width = dump.readUInt32BE(16);
  const height = dump.readUInt32BE(20);
  const bitsPerPixel = dump.readUInt32BE(44);
  const bytesPerLine = dump.readUInt32BE(48);
  const colours = dump.readUInt32BE(76);
  if (bitsPerPixel !== 32)
    throw new RangeError(`a dump of 32 bits a pixel is needed, not of ${bitsPerPixel}`);
  const pixels = dump.subarray(headerSize + colours * 12);
  const rows = Buffer.alloc(height * (1 + width * 3));
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    // The leading zero of each row says that it is not filtered (PNG, 9.2).
    to += 1;
    for (let x = 0; x < width; x += 1) {
      const from = y * bytesPerLine + x * 4;
      rows[to] = pixels[from + 2] ?? 0;
      rows[to + 1] = pixels[from + 1] ?? 0;
      rows[to + 2] = pixels[from] ?? 0;
      to += 3;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a sample, red green blue, no interlacing (PNG, 11.2.2).
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
