import { describe, expect, test } from 'vitest';
import { parseLogin } from '../kernel/login.ts';
import { formatPasswordMessage } from './texts.ts';

const issuedAt = new Date('2026-11-22T09:00:00Z');
const password = 'k7mq-not-real'.replaceAll('-', '');

function format(login: string, locale: 'ru' | 'en', timeZone = 'Europe/Moscow') {
  return formatPasswordMessage({ login: parseLogin(login), password, issuedAt, locale, timeZone });
}

describe('the SMS with the password of a file', () => {
  test('names the login, the date and the password in Russian', () => {
    expect(format('ivanov', 'ru')).toBe('Propusk: пароль файла ivanov 22.11: k7mqnotreal');
  });

  test('names the login, the date and the password in English', () => {
    expect(format('ivanov', 'en')).toBe('Propusk: password of file ivanov 22 Nov: k7mqnotreal');
  });

  test('has the date of the time zone', () => {
    const late = new Date('2026-11-22T22:30:00Z');
    const input = { login: parseLogin('ivanov'), password, issuedAt: late, locale: 'ru' } as const;
    expect(formatPasswordMessage({ ...input, timeZone: 'Europe/Moscow' })).toContain('23.11');
    expect(formatPasswordMessage({ ...input, timeZone: 'UTC' })).toContain('22.11');
  });

  test.each([
    ['a login that just fits', 'a'.repeat(29), 'a'.repeat(29)],
    ['a login of one character more', 'a'.repeat(30), `${'a'.repeat(28)}…`],
    ['the longest login', 'a'.repeat(64), `${'a'.repeat(28)}…`],
    ['the longest Cyrillic login', 'я'.repeat(64), `${'я'.repeat(28)}…`],
  ])('is one part of 70 characters for %s', (_name, login, shown) => {
    const text = format(login, 'ru');
    expect(text).toBe(`Propusk: пароль файла ${shown} 22.11: ${password}`);
    expect(text.length).toBeLessThanOrEqual(70);
  });

  test('is one part of 160 characters in English, whose letters take seven bits each', () => {
    expect(format('a'.repeat(64), 'en')).toContain('a'.repeat(64));
    expect(format('a'.repeat(64), 'en').length).toBeLessThanOrEqual(160);
  });

  test('has only 70 characters in English for a Cyrillic login', () => {
    const text = format('я'.repeat(64), 'en');
    expect(text).toMatch(/я…/);
    expect(text.length).toBe(70);
  });

  test('never cuts the password, even where the text then takes two parts', () => {
    const long = 'abcdefghjkmnpqrstuvwxyz23456789'.repeat(2);
    const text = formatPasswordMessage({
      login: parseLogin('ivanov-petrovich'),
      password: long,
      issuedAt,
      locale: 'ru',
    });
    expect(text.endsWith(`: ${long}`)).toBe(true);
    expect(text).toContain(' ivanov-p… ');
  });

  test('never cuts a letter from its accent', () => {
    const text = format(`${'a'.repeat(27)}${'é'.repeat(10)}`.normalize('NFD'), 'ru');
    expect(text).toContain(`${'a'.repeat(27)}é… `);
  });
});
