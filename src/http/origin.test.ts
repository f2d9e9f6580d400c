import { describe, expect, test } from 'vitest';
import { makeCsrfToken, requireCsrfToken } from './csrf.ts';
import { checkSameOrigin, navigationKind, type RequestHeaders, requireSameOrigin } from './origin.ts';
import { problemOf } from './testing/problem-of.ts';

const OWN = 'https://id.example';

describe('a request that changes something', () => {
  test.each<[string, RequestHeaders, string]>([
    ['with our Origin', { origin: OWN }, 'same-origin'],
    ['with our Origin and same-origin', { origin: OWN, 'sec-fetch-site': 'same-origin' }, 'same-origin'],
    ['with same-origin alone', { 'sec-fetch-site': 'same-origin' }, 'same-origin'],
    ['with a neighbour’s Origin', { origin: 'https://crm.example' }, 'refused'],
    ['with our name over http', { origin: 'http://id.example' }, 'refused'],
    ['with our name on another port', { origin: 'https://id.example:8443' }, 'refused'],
    ['with the Origin null', { origin: 'null' }, 'refused'],
    ['with two Origins', { origin: [OWN, OWN] }, 'refused'],
    ['from the same site only', { 'sec-fetch-site': 'same-site' }, 'refused'],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }, 'refused'],
    ['with our Origin and cross-site', { origin: OWN, 'sec-fetch-site': 'cross-site' }, 'refused'],
    ['with neither', {}, 'refused'],
  ])('%s', (_, headers, kind) => {
    expect(checkSameOrigin(headers, OWN).kind).toBe(kind);
  });

  test('is refused with a problem', () => {
    expect(problemOf(() => requireSameOrigin({ origin: 'https://evil.example' }, OWN)).code).toBe(
      'origin-forbidden',
    );
  });
});

describe('what the browser does with the answer', () => {
  test.each<[string, string, RequestHeaders, string]>([
    ['a link', 'GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, 'document'],
    ['an old browser', 'GET', { accept: 'text/html,*/*' }, 'document'],
    ['HEAD of an old browser', 'HEAD', { accept: 'text/html' }, 'document'],
    ['a frame', 'GET', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, 'frame'],
    ['a form', 'POST', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, 'form'],
    ['a form of an old browser', 'POST', { accept: 'text/html' }, 'form'],
    ['a script', 'GET', { 'sec-fetch-mode': 'cors', accept: 'text/html' }, 'none'],
    ['a picture', 'GET', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, 'none'],
    ['a program', 'GET', { accept: '*/*' }, 'none'],
    ['a program that says nothing', 'GET', {}, 'none'],
    ['half of the metadata', 'GET', { 'sec-fetch-dest': 'document', accept: 'text/html' }, 'none'],
  ])('%s', (_, method, headers, kind) => {
    expect(navigationKind(method, headers)).toBe(kind);
  });
});

describe('the CSRF token', () => {
  const key = Buffer.alloc(32, 1);
  test('belongs to one session', () => {
    const token = makeCsrfToken('session-a', key);
    expect(() => requireCsrfToken({ 'x-csrf-token': token }, 'session-a', key)).not.toThrow();
    for (const [headers, session] of [
      [{ 'x-csrf-token': token }, 'session-b'],
      [{ 'x-csrf-token': `${token}x` }, 'session-a'],
      [{ 'x-csrf-token': [token, token] }, 'session-a'],
      [{}, 'session-a'],
    ] as const) {
      expect(problemOf(() => requireCsrfToken(headers, session, key)).code).toBe('csrf-token');
    }
  });
});
