import { expect, test } from 'vitest';
import { readTypedSerial } from './typed-serial.ts';

test.each([
  ['4A:0B:FF', '4a0bff'],
  [' 0x4a0b ff ', '4a0bff'],
  ['00c3', '00c3'],
  ['C3', '00c3'],
  ['a0b', '0a0b'],
  ['000000007f', '7f'],
])('“%s” is %s', (typed, serial) => {
  expect(readTypedSerial(typed)[0]).toBe(serial);
});

test('digits alone are hexadecimal or decimal; a negative number is looked for as it stands', () => {
  expect(readTypedSerial('1000')).toEqual(['1000', '03e8']);
  expect(readTypedSerial('ff01')).toEqual(['00ff01', 'ff01']);
});

test.each(['', '  ', 'Иванов', '0x', '12g4', '9'.repeat(200)])('“%s” is no serial number', (typed) => {
  expect(readTypedSerial(typed)).toEqual([]);
});
