import { expect, test } from 'vitest';
import { cutHex, groupHex, serialTail } from './hex-value.ts';

test('a serial number is grouped by four, in capital letters', () => {
  expect(groupHex('5a01bc')).toBe('5A01 BC');
  expect(groupHex('')).toBe('');
});

test('a long one is cut in the middle, a short one is not', () => {
  expect(cutHex('00112233445566778899aabbccddeeff')).toBe('0011 2233 … CCDD EEFF');
  expect(cutHex('0011223344556677')).toBe('0011 2233 4455 6677');
});

test('its tail is the last four digits', () => {
  expect(serialTail('5a0191c0')).toBe('…91C0');
});
