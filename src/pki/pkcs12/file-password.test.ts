import { expect, test } from 'vitest';
import { type Random, systemRandom } from '../../kernel/random.ts';
import { FILE_PASSWORD_ALPHABET, FILE_PASSWORD_CHARACTERS, makeFilePassword } from './file-password.ts';

test('a password is one piece of 13 characters of one letter case, without look-alikes', () => {
  for (let round = 0; round < 200; round += 1) {
    expect(makeFilePassword(systemRandom)).toMatch(/^[a-hj-np-z2-9]{13}$/);
  }
  expect(FILE_PASSWORD_ALPHABET).not.toMatch(/[il1o0qvz2s5A-Z_-]/);
  expect(new Set(FILE_PASSWORD_ALPHABET).size).toBe(FILE_PASSWORD_ALPHABET.length);
});

test('a password has at least 60 bits', () => {
  expect(Math.log2(FILE_PASSWORD_ALPHABET.length) * FILE_PASSWORD_CHARACTERS).toBeGreaterThanOrEqual(60);
});

test('every character is equally likely: octets that would favour the first ones are thrown away', () => {
  // 250 is the highest multiple of 25 that an octet can reach.
  const octets = [
    250, 251, 252, 253, 254, 255, 249, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
  ];
  const scripted: Random = { ...systemRandom, bytes: (length) => Uint8Array.from(octets.splice(0, length)) };
  expect(makeFilePassword(scripted)).toBe('9abcdefghjkmn');
});

test('two passwords differ', () => {
  expect(makeFilePassword(systemRandom)).not.toBe(makeFilePassword(systemRandom));
});
