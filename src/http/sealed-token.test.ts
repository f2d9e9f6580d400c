import { expect, test } from 'vitest';
import { systemRandom } from '../kernel/random.ts';
import { createTokenSealer } from './sealed-token.ts';

const key = systemRandom.bytes(32);
const sealer = createTokenSealer(key, 'a test', systemRandom);

test.each(['', 'a', '/tickets?тема=1', 'x'.repeat(4_096)])('what was sealed opens again: %j', (text) => {
  const token = sealer.seal(text);
  expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(sealer.open(token)).toBe(text);
  expect(createTokenSealer(key, 'a test', systemRandom).open(token)).toBe(text);
});

test('two tokens for one text have nothing in common', () => {
  const [first = '', second = ''] = [sealer.seal('/tickets'), sealer.seal('/tickets')];
  expect([...first].filter((character, index) => character === second[index]).length).toBeLessThan(15);
});

test('nothing opens that differs in one bit, is cut, longer, or of another key or purpose', () => {
  const token = sealer.seal('/tickets/7');
  const bytes = Buffer.from(token, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(sealer.open(changed.toString('base64url')), `bit ${bit}`).toBeUndefined();
  }
  for (let length = 0; length < bytes.length; length++) {
    expect(sealer.open(bytes.subarray(0, length).toString('base64url'))).toBeUndefined();
  }
  expect(sealer.open(`${token}AAAA`)).toBeUndefined();
  expect(sealer.open(`${token}=`)).toBeUndefined();
  expect(sealer.open('A'.repeat(20_000))).toBeUndefined();
  expect(createTokenSealer(systemRandom.bytes(32), 'a test', systemRandom).open(token)).toBeUndefined();
  expect(createTokenSealer(key, 'another test', systemRandom).open(token)).toBeUndefined();
});

test('a short key is a mistake of the program', () => {
  expect(() => createTokenSealer(new Uint8Array(16), 'a test', systemRandom)).toThrow(TypeError);
});
