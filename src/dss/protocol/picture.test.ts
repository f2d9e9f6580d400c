import { expect, test } from 'vitest';
import { readPicture } from './picture.ts';

const base64 = (octets: readonly number[] | string) =>
  (typeof octets === 'string' ? Buffer.from(octets) : Buffer.from(octets)).toString('base64');

test.each([
  [[0xff, 0xd8, 0xff, 0xe0, 1], 'image/jpeg'],
  [[0x89, 0x50, 0x4e, 0x47, 1], 'image/png'],
  [[0x47, 0x49, 0x46, 0x38, 1], 'image/gif'],
] as const)('%j is %s', (octets, type) => {
  const read = readPicture(base64(octets));
  expect([read?.type, [...(read?.octets ?? [])]]).toEqual([type, octets]);
});

test('line breaks in Base64 are of no account', () => {
  expect(readPicture('iVBO\r\nRwE=')?.type).toBe('image/png');
});

test.each([
  ['SVG', base64('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  ['HTML', base64('<!doctype html>')],
  ['no Base64', 'data:image/png;base64,iVBORw0'],
])('%s is no picture', (_what, text) => {
  expect(readPicture(text)).toBeUndefined();
});
