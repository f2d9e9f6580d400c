import { expect, test } from 'vitest';
import { mayRun } from './security-policy.ts';

const script = {
  url: new URL('https://crm.example.org/.propusk/menu.js'),
  dataUrl: new URL('https://crm.example.org/.propusk/menu.json'),
};
const onPort = {
  url: new URL('https://crm.example.org:8443/.propusk/menu.js'),
  dataUrl: new URL('https://crm.example.org:8443/.propusk/menu.json'),
};

test.each([
  ['no policy', []],
  ['own origin', ["script-src 'self'"]],
  ['own origin by default', ["default-src 'SELF'"]],
  ['everything', ['default-src *']],
  ['a scheme', ['script-src https:; connect-src https:']],
  ['the older scheme, which is upgraded', ['default-src http:']],
  ['the host', ['script-src crm.example.org']],
  ['the host in capitals with its scheme', ['script-src https://CRM.example.org']],
  ['a wildcard host', ['script-src *.example.org']],
  ['any port', ['script-src crm.example.org:*']],
  ['its folder', ['script-src crm.example.org/.propusk/']],
  ['its path, encoded', ['script-src crm.example.org/%2Epropusk/menu.js']],
  ['the more exact directive', ["script-src 'none'; script-src-elem 'self'"]],
  ['the first directive of a name', ["script-src 'self'; script-src 'none'"]],
  ['two policies', ["script-src 'self'", "default-src 'self'; img-src x"]],
  ['two policies in one field', ["script-src 'self', default-src 'self'"]],
  ['a sandbox with scripts', ['sandbox allow-scripts allow-same-origin allow-forms']],
  ['trusted types, which the script keeps to', ["require-trusted-types-for 'script'; trusted-types 'none'"]],
  ['directives about other things', ["style-src 'none'; frame-src 'none'; base-uri 'none'"]],
])('the script may run: %s', (_name, policies) => {
  expect(mayRun(script, policies)).toEqual({ kind: 'allowed', nonce: undefined });
});

test.each([
  ['a nonce', ["script-src 'nonce-abc123='"], 'abc123='],
  ['a nonce beside strict-dynamic', ["script-src 'self' 'strict-dynamic' 'nonce-abc'"], 'abc'],
  ['one nonce in two policies', ["script-src 'nonce-a' 'nonce-b'", "script-src 'nonce-b'"], 'b'],
  [
    'a nonce in one, own origin in the other',
    ["script-src 'self'", "default-src 'nonce-c'; connect-src *"],
    'c',
  ],
  [
    'what Adminer sends',
    [
      "script-src 'self' 'unsafe-inline' 'nonce-MGV=' 'strict-dynamic'; connect-src 'self'; object-src 'none'",
    ],
    'MGV=',
  ],
])('the script may run with a nonce: %s', (_name, policies, nonce) => {
  const withData = policies.map((policy) =>
    policy.includes('connect-src') || policy.startsWith('script-src')
      ? policy
      : `${policy}; connect-src 'self'`,
  );
  expect(mayRun(script, withData)).toEqual({ kind: 'allowed', nonce });
});

test.each([
  ['nothing', ["script-src 'none'"], "script-src 'none'"],
  ['an empty list', ['script-src'], 'script-src'],
  ['inline only', ["script-src 'unsafe-inline'; connect-src 'self'"], "script-src 'unsafe-inline'"],
  ['a hash', ["script-src 'sha256-abc='"], "script-src 'sha256-abc='"],
  [
    'strict-dynamic with a hash',
    ["script-src 'self' 'strict-dynamic' 'sha256-abc='"],
    "script-src 'self' 'strict-dynamic' 'sha256-abc='",
  ],
  ['another host', ['script-src cdn.example.org'], 'script-src cdn.example.org'],
  ['a parent domain', ['script-src example.org'], 'script-src example.org'],
  ['a wildcard under the host', ['script-src *.crm.example.org'], 'script-src *.crm.example.org'],
  ['another port', ['script-src crm.example.org:8443'], 'script-src crm.example.org:8443'],
  ['another path', ['script-src crm.example.org/static/'], 'script-src crm.example.org/static/'],
  ['another scheme', ['script-src data: blob:'], 'script-src data: blob:'],
  ['fetching forbidden', ["script-src 'self'; connect-src 'none'"], "connect-src 'none'"],
  [
    'fetching elsewhere only',
    ['script-src *; connect-src wss://crm.example.org'],
    'connect-src wss://crm.example.org',
  ],
  ['fetching forbidden by default', ["default-src 'none'; script-src 'self'"], "default-src 'none'"],
  ['a sandbox', ['sandbox'], 'sandbox'],
  ['a sandbox of another origin', ['sandbox allow-scripts'], 'sandbox'],
  ['one policy of two', ["script-src 'self'", "script-src 'none'"], "script-src 'none'"],
  ['two nonces', ["script-src 'nonce-a'", "script-src 'nonce-b'"], "script-src 'nonce-…'"],
  ['a nonce that is none', [`script-src 'nonce-a"><b'`], "script-src 'nonce-…'"],
])('the script may not run: %s', (_name, policies, directive) => {
  expect(mayRun(script, policies)).toEqual({ kind: 'forbidden', directive });
});

test('a host without a port is on 443', () => {
  expect(mayRun(onPort, ['script-src crm.example.org']).kind).toBe('forbidden');
  expect(mayRun(onPort, ['script-src crm.example.org:8443']).kind).toBe('allowed');
  expect(mayRun(onPort, ["script-src 'self'"]).kind).toBe('allowed');
});

test('a policy of the page itself counts, without what has no meaning there', () => {
  expect(mayRun(script, ["script-src 'self'"], ["script-src 'none'"]).kind).toBe('forbidden');
  expect(mayRun(script, [], ['sandbox', "frame-ancestors 'none'"]).kind).toBe('allowed');
  // No comma separates policies there.
  expect(mayRun(script, [], ["script-src 'self' , script-src"]).kind).toBe('allowed');
});
