import { expect, test } from 'vitest';
import { daysUntil, formatWhen } from './days-until.ts';

test.each([
  ['2026-12-06T09:30:00Z', 14],
  ['2026-12-06T00:00:00Z', 14],
  ['2026-11-23T20:59:59Z', 1],
  ['2026-11-22T20:59:59Z', 0],
  // In Moscow it is tomorrow already.
  ['2026-11-22T21:00:00Z', 1],
  ['2026-11-21T09:30:00Z', -1],
])('until %s there are %d days in Moscow', (end, days) => {
  expect(daysUntil(new Date(end), new Date('2026-11-22T09:30:00Z'), 'Europe/Moscow')).toBe(days);
});

test('a day with 23 hours is a day', () => {
  const [now, end] = [new Date('2026-03-28T12:00:00Z'), new Date('2026-03-30T12:00:00Z')];
  expect(daysUntil(end, now, 'Europe/Berlin')).toBe(2);
});

test.each([
  [2, 'через 2 дня'],
  [4, 'через 4 дня'],
  [5, 'через 5 дней'],
  [11, 'через 11 дней'],
  [14, 'через 14 дней'],
  [21, 'через 21 день'],
  [22, 'через 22 дня'],
  [30, 'через 30 дней'],
  [111, 'через 111 дней'],
  [1, 'завтра'],
  [0, 'сегодня'],
])('%d is "%s"', (days, text) => {
  expect(formatWhen(days, 'ru')).toBe(text);
});
