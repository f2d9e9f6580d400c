import { expect, test } from 'vitest';
import {
  daysUntil,
  formatCountdown,
  formatDate,
  formatDateTime,
  formatMoment,
  minutesUntil,
} from './dates.ts';

const noon = new Date(2026, 10, 22, 12, 0);
const iso = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

test('dates are written as 22.11.2026, 14:05', () => {
  expect(formatDate(iso(2026, 10, 22, 14, 5))).toBe('22.11.2026');
  expect(formatDateTime(iso(2026, 10, 2, 4, 5))).toBe('02.11.2026, 04:05');
});

test('a moment of today is its time, any other has its date', () => {
  expect(formatMoment(iso(2026, 10, 22, 14, 5), noon)).toBe('14:05');
  expect(formatMoment(iso(2026, 10, 23, 14, 5), noon)).toBe('23.11.2026, 14:05');
});

test('days are counted from date to date', () => {
  expect(daysUntil(iso(2026, 11, 6, 0, 1), noon)).toBe(14);
  expect(daysUntil(iso(2026, 11, 6, 23, 59), noon)).toBe(14);
  expect(daysUntil(iso(2026, 10, 22, 23, 0), noon)).toBe(0);
  expect(daysUntil(iso(2026, 10, 21, 23, 0), noon)).toBe(-1);
});

test('minutes are rounded up', () => {
  expect(minutesUntil(iso(2026, 10, 22, 12, 1), noon)).toBe(1);
  expect(minutesUntil(new Date(noon.getTime() + 1).toISOString(), noon)).toBe(1);
  expect(minutesUntil(iso(2026, 10, 22, 11, 0), noon)).toBe(0);
});

test('a countdown has minutes and two digits of seconds', () => {
  expect([605, 60, 41.2, 0, -3].map(formatCountdown)).toEqual(['10:05', '1:00', '0:42', '0:00', '0:00']);
});
