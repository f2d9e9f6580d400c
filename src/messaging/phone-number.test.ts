import { expect, test } from 'vitest';
import { parsePhoneNumber } from './phone-number.ts';

test.each([
  ['+79031234567', '+79031234567'],
  ['8 (903) 123-45-67', '+79031234567'],
  ['903 123 45 67', '+79031234567'],
  ['  +7 903 123-45-67 ', '+79031234567'],
  ['+44 7400 123456', '+447400123456'],
  ['+1 202 555 0143', '+12025550143'],
])('"%s" is read as %s', (input, expected) => {
  expect(parsePhoneNumber(input)).toBe(expected);
});

test('a number without a country belongs to the region that is meant', () => {
  expect(parsePhoneNumber('07400 123456', 'GB')).toBe('+447400123456');
});

test.each([
  ['', 'this is not a telephone number'],
  ['ivanov', 'this is not a telephone number'],
  ['+7 903 123-45-67 or ask Anna', 'this is not a telephone number'],
  ['+7 903 123-45', 'too few or too many digits'],
  ['+7 903 123-45-67-89', 'too few or too many digits'],
  ['+7 003 123-45-67', 'no operator has such a number'],
  ['+7 495 123-45-67', 'gets no SMS'],
  ['+44 20 7946 0018', 'gets no SMS'],
  ['+7 903 123-45-67 ext. 12', 'extension'],
  ['9'.repeat(41), 'at most 40 characters'],
])('"%s" is refused: %s', (input, detail) => {
  expect(() => parsePhoneNumber(input)).toThrow(
    expect.objectContaining({ code: 'phone-invalid', detail: expect.stringContaining(detail) }),
  );
});
