import { expect, test } from 'vitest';
import { hasCyrillic } from './keyboard-hints.ts';

test('one Cyrillic letter among Latin ones is noticed, none is not', () => {
  expect(hasCyrillic('passwоrd')).toBe(true);
  expect(hasCyrillic('password')).toBe(false);
  expect(hasCyrillic('пароль')).toBe(true);
  expect(hasCyrillic('')).toBe(false);
});
