import { describe, expect, test } from 'vitest';
import {
  formatClearCookie,
  formatSetCookie,
  listCookieNames,
  readCookie,
  setCookieName,
  withoutCookies,
} from './cookies.ts';

const NAME = '__Host-propusk-session';

describe('readCookie', () => {
  test.each<[string, string | string[] | undefined, string | undefined]>([
    ['the only cookie', `${NAME}=abc`, 'abc'],
    ['one of several', `a=1; ${NAME}=abc; b=2`, 'abc'],
    ['without the space', `a=1;${NAME}=abc`, 'abc'],
    ['in one of several fields', ['a=1', `${NAME}=abc`], 'abc'],
    ['no field', undefined, undefined],
    ['another name that contains it', `x${NAME}=abc`, undefined],
    ['another letter case', `__host-propusk-session=abc`, undefined],
    ['in a value', `a=${NAME}=abc`, undefined],
    ['twice', `${NAME}=abc; ${NAME}=def`, undefined],
    ['twice with the same value', `${NAME}=abc; ${NAME}=abc`, undefined],
    ['twice in two fields', [`${NAME}=abc`, `${NAME}=def`], undefined],
    ['a bare name', NAME, undefined],
  ])('%s', (_, header, expected) => {
    expect(readCookie(header, NAME)).toBe(expected);
  });
});

test('formatSetCookie binds the cookie to the origin', () => {
  expect(formatSetCookie({ name: '__Host-a', value: 'b', maxAgeSeconds: 60 })).toBe(
    '__Host-a=b; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax',
  );
  expect(formatSetCookie({ name: '__Host-a', value: 'b', sameSite: 'Strict' })).toBe(
    '__Host-a=b; Path=/; Secure; HttpOnly; SameSite=Strict',
  );
  expect(formatClearCookie('__Host-a')).toBe('__Host-a=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax');
});

test.each(['a;b', 'a b', 'a"b', 'a,b', 'a\r\nb', 'ё'])('a cookie value %j is refused', (value) => {
  expect(() => formatSetCookie({ name: '__Host-a', value })).toThrow(TypeError);
});

test('withoutCookies keeps the others as they are', () => {
  const isOurs = (name: string): boolean => name.startsWith('__Host-propusk-');
  expect(withoutCookies(`a=1; ${NAME}=x; b="2"`, isOurs)).toBe('a=1; b="2"');
  expect(withoutCookies(`${NAME}=x`, isOurs)).toBeUndefined();
  expect(withoutCookies(`${NAME}=x;${NAME}=y; c=3`, isOurs)).toBe('c=3');
  expect(withoutCookies('a=1; bare', isOurs)).toBe('a=1; bare');
});

test.each([
  ['a=1; Path=/', 'a'],
  [' __Host-x =1', '__Host-x'],
  ['=__Host-x=1', '__Host-x'],
  ['__Host-x', '__Host-x'],
  ['', ''],
])('setCookieName(%j) is %j', (field, name) => {
  expect(setCookieName(field)).toBe(name);
});

test('listCookieNames names each cookie once', () => {
  expect(listCookieNames('a=1; b=2; a=3; =x; y')).toEqual(['a', 'b']);
});
