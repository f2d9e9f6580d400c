import { describe, expect, test } from 'vitest';
import type { AccountId } from '../kernel/brand.ts';
import { type Login, parseLogin } from '../kernel/login.ts';
import { fileName, formatLocalDate } from './build-file.ts';

const id = '0f0e0d0c-0b0a-4000-8000-000000000001' as AccountId;
const at = new Date('2026-11-22T09:30:00Z');

describe('the name of a file', () => {
  test.each([
    ['ivanov', 'ivanov-2026-11-22'],
    ['Ivanov.I_2', 'Ivanov.I_2-2026-11-22'],
    ['ivanov@company.example', 'ivanov@company.example-2026-11-22'],
    ['console', 'console-2026-11-22'],
    ['com10', 'com10-2026-11-22'],
    ['con', `${id}-2026-11-22`],
    ['Con.a', `${id}-2026-11-22`],
    ['lpt1', `${id}-2026-11-22`],
    ['кузнецов', `${id}-2026-11-22`],
    ['müller', `${id}-2026-11-22`],
  ])('of %s is %s', (login, name) => {
    expect(fileName({ id, login: parseLogin(login) }, at, 'Europe/Moscow')).toBe(name);
  });

  test('never has a sign that a file system refuses', () => {
    for (const login of ['a/b', 'a\\b', '..', 'a b', 'a:b'] as Login[]) {
      // Not one of them is a login; were one in the database, only the printable ASCII would pass.
      expect(() => parseLogin(login)).toThrow();
    }
  });
});

describe('the date of a file', () => {
  test.each([
    ['2026-11-22T20:59:59Z', 'Europe/Moscow', '2026-11-22'],
    ['2026-11-22T21:00:00Z', 'Europe/Moscow', '2026-11-23'],
    ['2026-11-22T21:00:00Z', '+03:00', '2026-11-23'],
    ['2026-11-22T02:00:00Z', 'America/New_York', '2026-11-21'],
    ['2026-12-31T23:59:59Z', 'UTC', '2026-12-31'],
  ])('of %s in %s is %s', (instant, zone, date) => {
    expect(formatLocalDate(new Date(instant), zone)).toBe(date);
  });
});
