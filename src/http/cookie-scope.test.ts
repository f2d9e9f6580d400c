import { describe, expect, test } from 'vitest';
import { type CookieScope, formatExpiry, possibleScopes, readCookieScope } from './cookie-scope.ts';

const HOST = 'crm.example.org';
const hostOnly = (name: string, path = '/'): CookieScope => ({ name, path, domain: '', partitioned: false });

describe('the scope of a Set-Cookie field', () => {
  test.each([
    ['sid=1', '/tickets/7?tab=2', hostOnly('sid', '/tickets')],
    ['sid=1', '/tickets/', hostOnly('sid', '/tickets')],
    ['sid=1', '/tickets', hostOnly('sid')],
    ['sid=1', '*', hostOnly('sid')],
    ['sid=1; Path=/crm; HttpOnly; Max-Age=60', '/', hostOnly('sid', '/crm')],
    ['sid=1; path=/a; Path=/b', '/', hostOnly('sid', '/b')],
    ['sid=1; Path=relative', '/a/b', hostOnly('sid', '/a')],
    [' sid = 1 = 2 ;Path=/', '/a/b', hostOnly('sid')],
    ['sid=1; Path=/; Domain=.Example.ORG', '/', { ...hostOnly('sid'), domain: 'example.org' }],
    ['sid=1; Path=/; Domain=crm.example.org', '/', { ...hostOnly('sid'), domain: HOST }],
    ['sid=1; Path=/; Domain=', '/', hostOnly('sid')],
    ['sid=1; Path=/; Secure; Partitioned', '/', { ...hostOnly('sid'), partitioned: true }],
    ['__Host-sid=1; Path=/; Secure', '/', hostOnly('__Host-sid')],
    ['__Secure-sid=1; Path=/x; Secure', '/', hostOnly('__Secure-sid', '/x')],
    ['value alone; Path=/', '/', hostOnly('')],
  ])('%j in the answer to %s', (field, path, scope) => {
    expect(readCookieScope(field, HOST, path)).toEqual(scope);
  });

  test.each([
    ['of another host', 'sid=1; Domain=other.example.org'],
    ['of a host that ends alike', 'sid=1; Domain=m.example.org'],
    ['with the prefix of the host and a domain', '__HOST-sid=1; Path=/; Domain=example.org'],
    ['with the prefix of the host and a path', '__Host-sid=1; Path=/x'],
    ['with a name that is too long', `${'n'.repeat(129)}=1`],
    ['with a path that is too long', `sid=1; Path=/${'p'.repeat(256)}`],
    ['with a control character in its name', 's\u0001id=1'],
  ])('there is none for a cookie %s', (_, field) => {
    expect(readCookieScope(field, HOST, '/')).toBeUndefined();
  });

  test('a top-level domain is taken for the host alone', () => {
    expect(readCookieScope('sid=1; Path=/; Domain=org', HOST, '/')).toEqual(hostOnly('sid'));
  });
});

test('a name that came with a request can lie at the host and its parents', () => {
  expect(possibleScopes('sid', HOST).map(({ domain }) => domain)).toEqual(['', HOST, 'example.org']);
  expect(possibleScopes('__Host-sid', HOST)).toEqual([hostOnly('__Host-sid')]);
  expect(possibleScopes('n'.repeat(129), HOST)).toEqual([]);
  expect(possibleScopes('a\nb', HOST)).toEqual([]);
});

test.each([
  [hostOnly('sid', '/crm'), 'sid=; Path=/crm; Max-Age=0; Secure; HttpOnly'],
  [
    { name: 'sid', path: '/', domain: 'example.org', partitioned: true },
    'sid=; Path=/; Domain=example.org; Max-Age=0; Secure; HttpOnly; Partitioned',
  ],
  [hostOnly(''), '=gone; Path=/; Max-Age=0; Secure; HttpOnly'],
])('%j is expired by %s', (scope, field) => {
  expect(formatExpiry(scope)).toBe(field);
  expect(readCookieScope(field, HOST, '/')).toEqual(scope);
});
