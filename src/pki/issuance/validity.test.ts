import { describe, expect, test } from 'vitest';
import { notBeforeAt, yearsAfter } from './validity.ts';

describe('notBefore lies ten minutes before the issue, never on an earlier local date', () => {
  test.each<[string, string, string, string]>([
    ['at noon', '2026-11-22T12:00:00Z', 'UTC', '2026-11-22T11:50:00Z'],
    ['ten minutes after midnight', '2026-11-22T00:10:00Z', 'UTC', '2026-11-22T00:00:00Z'],
    ['one second earlier', '2026-11-22T00:09:59Z', 'UTC', '2026-11-22T00:00:00Z'],
    ['at midnight itself', '2026-11-22T00:00:00Z', 'UTC', '2026-11-22T00:00:00Z'],
    ['a second before midnight', '2026-11-21T23:59:59Z', 'UTC', '2026-11-21T23:49:59Z'],
    ['at midnight in Moscow', '2026-11-21T21:03:00Z', 'Europe/Moscow', '2026-11-21T21:00:00Z'],
    ['at midnight of an offset', '2026-11-21T21:03:00Z', '+03:00', '2026-11-21T21:00:00Z'],
    ['at midnight of UTC, for Moscow', '2026-11-22T00:03:00Z', 'Europe/Moscow', '2026-11-21T23:53:00Z'],
    ['in a zone of 45 minutes', '2026-11-21T18:17:30Z', 'Asia/Kathmandu', '2026-11-21T18:15:00Z'],
    ['where the clock skips midnight', '2026-09-06T04:04:00Z', 'America/Santiago', '2026-09-06T04:00:00Z'],
    ['with milliseconds', '2026-11-22T12:00:00.999Z', 'UTC', '2026-11-22T11:50:00Z'],
  ])('%s', (_, issuedAt, timeZone, expected) => {
    expect(notBeforeAt(new Date(issuedAt), timeZone)).toEqual(new Date(expected));
  });

  test('without a zone the server’s own is taken', () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const issuedAt = new Date('2026-11-22T00:03:00Z');
    expect(notBeforeAt(issuedAt)).toEqual(notBeforeAt(issuedAt, timeZone));
  });
});

test('20 years after 29 February 2028 is 29 February 2048, and a year after it is 1 March', () => {
  expect(yearsAfter(new Date('2028-02-29T00:00:00Z'), 20)).toEqual(new Date('2048-02-29T00:00:00Z'));
  expect(yearsAfter(new Date('2028-02-29T00:00:00Z'), 1)).toEqual(new Date('2029-03-01T00:00:00Z'));
});
