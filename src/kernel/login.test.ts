import { expect, test } from 'vitest';
import { isAsciiLogin, loginKey, parseLogin } from './login.ts';

test.each([['ivanov'], ['i.ivanov@example.org'], ['сосна'], ['Սևակ'], ['Γιώργος'], ['a'.repeat(64)]])(
  '%s is a login',
  (login) => {
    expect(parseLogin(login)).toBe(login);
  },
);

test.each([
  ['two alphabets', 'ivan\u043ev', 'one alphabet'],
  ['wide letters', '\uff49\uff56\uff41\uff4e\uff4f\uff56', 'ordinary form'],
  ['a ligature', 'o\ufb03ce', 'ordinary form'],
  ['a raised letter', 'ivano\u1d5b', 'ordinary form'],
  ['a Roman numeral', 'ivan\u2163', 'ordinary form'],
  ['letters of mathematics', '\u{1d422}van', 'ordinary form'],
  ['Arabic digits', 'ivan\u0661', 'digits'],
  ['an invisible character', 'ivanov\u200b', 'letters and digits'],
  ['another subject', 'ivanov,CN=admin', 'letters and digits'],
  ['a dot at its end', 'ivanov.', 'letters and digits'],
  ['65 characters', 'a'.repeat(65), 'at most 64'],
])('%s is refused', (_name, login, why) => {
  expect(() => parseLogin(login)).toThrow(
    expect.objectContaining({ code: 'login-invalid', detail: expect.stringContaining(why) }),
  );
});

test('letter case and composition make no other login', () => {
  const composed = parseLogin('Йова');
  expect(loginKey(composed)).toBe(loginKey(parseLogin('и\u0306ова')));
  expect(loginKey(parseLogin('IVANOV'))).toBe(loginKey(parseLogin('ivanov')));
  expect([isAsciiLogin(parseLogin('ivanov')), isAsciiLogin(composed)]).toEqual([true, false]);
});
