import { describe, expect, test } from 'vitest';
import { parseLogin } from '../kernel/login.ts';
import { checkNewPassword, isPasswordTooLong, normalisePassword } from './password-policy.ts';

const ivanov = parseLogin('ivanov');

describe('a new password', () => {
  test.each([
    ['ten characters', 'Correct-H1'],
    ['a passphrase in Russian', 'семь холодных вечеров'],
    ['a login of three letters inside', 'quiet-bob-garden', 'bob'],
    ['1024 bytes', 'Ab3-Xy7_'.repeat(128)],
    ['half of a row of keys', 'qwertyuiop-winter'],
  ])('may be %s', (_, password, login = 'ivanov') => {
    expect(checkNewPassword(password, parseLogin(login))).toBe(password);
  });

  test.each([
    ['nine characters', 'Correct-H', 'at least 10 characters'],
    ['nine characters in eighteen bytes', 'кириллица', 'at least 10 characters'],
    ['1025 bytes', `${'Ab3-Xy7_'.repeat(128)}x`, 'at most 1024 bytes'],
    ['1026 bytes in 513 characters', `${'яблоки'.repeat(85)}ябл`, 'at most 1024 bytes'],
    ['four different characters', 'abcdabcdabcd', 'at least 5 different characters'],
    ['the login inside', 'my-Ivanov-2026', 'does not contain the login'],
    ['a row of keys', 'qwertyuiop', 'neighbouring keys'],
    ['a row of Russian keys', 'ЙЦУКЕНГШЩЗХЪ', 'neighbouring keys'],
    ['digits backwards', '9876543210', 'neighbouring keys'],
    ['known from breaches', '1qaz2wsx3edc', 'strangers try first'],
    ['known from breaches, in capitals', 'BasketBall', 'strangers try first'],
    ['a known word with a year and a sign', 'Summer2026!', 'strangers try first'],
    ['a line break', 'Correct\nHorse', 'no control characters'],
  ])('may not be %s', (_, password, detail) => {
    expect(() => checkNewPassword(password, ivanov)).toThrow(
      expect.objectContaining({ code: 'password-invalid', detail: expect.stringContaining(detail) }),
    );
  });

  test('may not be the login itself, however short', () => {
    expect(() => checkNewPassword('Иван', parseLogin('иван'))).toThrow(
      expect.objectContaining({ code: 'password-invalid' }),
    );
  });

  test('is the same on every keyboard: composed', () => {
    const decomposed = 'пои\u0306мать ё\u0308лку';
    expect(checkNewPassword(decomposed, ivanov)).toBe(decomposed.normalize('NFC'));
    expect(normalisePassword('й')).toBe(normalisePassword('и\u0306'));
  });

  test('is measured in bytes before it is hashed', () => {
    expect(isPasswordTooLong('я'.repeat(512))).toBe(false);
    expect(isPasswordTooLong('я'.repeat(513))).toBe(true);
  });
});
