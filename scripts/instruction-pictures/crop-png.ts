import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A part of a picture of a display.
 *
 * @param png as `xwdToPng` writes it: 8 bits a sample, RGB, no row filtered, one IDAT chunk
 * @throws RangeError when it is another kind of PNG
 */
export function cropPng(png: Buffer, area: Area): Buffer {
  const fullWidth = png.readUInt32BE(16);
  const fullHeight = png.readUInt32BE(20);
  const dataAt = 8 + 25;
  if (png.toString('ascii', dataAt + 4, dataAt + 8) !== 'IDAT')
    throw new RangeError('no IDAT after the header');
  const size = png.readUInt32BE(dataAt);
  const rows = inflateSync(png.subarray(dataAt + 8, dataAt + 8 + size));
  const x = Math.max(0, Math.round(area.x));
  const y = Math.max(0, Math.round(area.y));
  const width = Math.min(fullWidth - x, Math.round(area.width));
  const height = Math.min(fullHeight - y, Math.round(area.height));
  const stride = 1 + fullWidth * 3;
  const cropped = Buffer.concat(
    Array.from({ length: height }, (_, row) => {
      const start = (y + row) * stride + 1 + x * 3;
      return Buffer.concat([Buffer.from([0]), rows.subarray(start, start + width * 3)]);
    }),
  );
  const header = Buffer.from(png.subarray(16, 29));
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(cropped)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'ascii'), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
