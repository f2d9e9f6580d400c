import { describe, expect, test } from 'vitest';
import { authorityKeys, checkRequestTarget, type RequestTarget } from './authority.ts';

const crm = { serverName: 'crm.example' };
const docs = { serverName: 'docs.example' };
const hosts = new Map([
  ...authorityKeys('crm.example', 8443).map((key) => [key, crm] as const),
  ...authorityKeys('docs.example', 8443).map((key) => [key, docs] as const),
]);

function check(change: Partial<RequestTarget>) {
  return checkRequestTarget(
    {
      version: '1.1',
      target: '/tickets',
      authorities: ['crm.example:8443'],
      serverName: 'crm.example',
      ...change,
    },
    hosts,
  );
}

describe('accepted', () => {
  test.each<[string, Partial<RequestTarget>, string]>([
    ['a path', {}, '/tickets'],
    ['a host in capitals', { authorities: ['CRM.Example:8443'] }, '/tickets'],
    ['an absolute form with the same authority', { target: 'https://crm.example:8443/a?b' }, '/a?b'],
    ['an absolute form in capitals', { target: 'HTTPS://CRM.example:8443/a' }, '/a'],
    ['an absolute form without a path', { target: 'https://crm.example:8443' }, '/'],
    ['an absolute form with a query alone', { target: 'https://crm.example:8443?a' }, '/?a'],
    ['two slashes further in', { target: '/a//b' }, '/a//b'],
    ['a backslash in the query', { target: '/a?b\\c' }, '/a?b\\c'],
    ['octets that browsers leave alone', { target: '/a\'b|c^d`e{f}?"<>' }, '/a\'b|c^d`e{f}?"<>'],
    ['HTTP/2', { version: '2', scheme: 'https' }, '/tickets'],
    [
      'HTTP/2 with an equal Host beside the authority',
      { version: '2', scheme: 'https', authorities: ['crm.example:8443', 'CRM.example:8443'] },
      '/tickets',
    ],
  ])('%s', (_, change, path) => {
    expect(check(change)).toEqual({ kind: 'accepted', path, authority: 'crm.example:8443', host: crm });
  });
});

describe('refused', () => {
  test.each<[string, Partial<RequestTarget>, string]>([
    ['no Host', { authorities: [] }, 'request-framing'],
    ['two Hosts', { authorities: ['crm.example:8443', 'docs.example:8443'] }, 'request-framing'],
    ['the same Host twice', { authorities: ['crm.example:8443', 'crm.example:8443'] }, 'request-framing'],
    [
      'HTTP/2 with another Host beside the authority',
      { version: '2', scheme: 'https', authorities: ['crm.example:8443', 'docs.example:8443'] },
      'request-framing',
    ],
    ['HTTP/2 over another scheme', { version: '2', scheme: 'http' }, 'request-target'],
    ['an absolute form of another host', { target: 'https://docs.example:8443/' }, 'request-target'],
    ['an absolute form over http', { target: 'http://crm.example:8443/' }, 'request-target'],
    ['an absolute form with a longer host', { target: 'https://crm.example:84431/' }, 'request-target'],
    ['an absolute form with a user', { target: 'https://u@crm.example:8443/' }, 'request-target'],
    [
      'an absolute form over HTTP/2',
      { version: '2', scheme: 'https', target: 'https://crm.example:8443/' },
      'request-target',
    ],
    ['the asterisk form', { target: '*' }, 'request-target'],
    ['no target', { target: '' }, 'request-target'],
    ['two slashes at the beginning', { target: '//evil.example/' }, 'request-target'],
    ['two slashes in an absolute form', { target: 'https://crm.example:8443//evil' }, 'request-target'],
    ['a backslash at the beginning', { target: '/\\evil.example' }, 'request-target'],
    ['a backslash in the path', { target: '/a\\b?c' }, 'request-target'],
    ['a fragment', { target: '/a#b' }, 'request-target'],
    ['a space', { target: '/a b' }, 'request-target'],
    ['a tab', { target: '/a\tb' }, 'request-target'],
    ['a line break', { target: '/a\r\nX: y' }, 'request-target'],
    ['an octet beyond ASCII', { target: '/\xd0\xbe' }, 'request-target'],
    ['a host that is not ours', { authorities: ['evil.example:8443'] }, 'misdirected-request'],
    ['another port', { authorities: ['crm.example:9443'] }, 'misdirected-request'],
    ['no port where the public one is not 443', { authorities: ['crm.example'] }, 'misdirected-request'],
    ['a trailing dot', { authorities: ['crm.example.:8443'] }, 'misdirected-request'],
    ['a user in the authority', { authorities: ['crm.example:8443@evil.example'] }, 'misdirected-request'],
    ['a connection that named no host', { serverName: undefined }, 'misdirected-request'],
    ['a connection to another host of ours', { serverName: 'docs.example' }, 'misdirected-request'],
  ])('%s', (_, change, code) => {
    expect(check(change)).toMatchObject({ kind: 'refused', code });
  });
});

test('the port may be left out where it is 443', () => {
  expect(authorityKeys('crm.example', 443)).toEqual(['crm.example', 'crm.example:443']);
  expect(authorityKeys('crm.example', 8443)).toEqual(['crm.example:8443']);
});
