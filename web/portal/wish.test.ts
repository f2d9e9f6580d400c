import { describe, expect, test } from 'vitest';
import { parseWish, wishedAddress, wishOf } from './wish.ts';

/** From a page without a session over the address of the sign-in page to where it leads afterwards. */
function leadsTo(address: string): string | undefined {
  const url = new URL(address, 'https://id.example.org');
  const kept = wishOf(url.pathname, Object.fromEntries(url.searchParams));
  const signIn = new URLSearchParams(kept as Record<string, string>).toString();
  return wishedAddress(parseWish(Object.fromEntries(new URLSearchParams(signIn))));
}

describe('what somebody wanted before signing in', () => {
  test.each([
    '/replace',
    '/replace?application=crm',
    '/replace?decision=0198c1de-0000-7000-8000-000000000001&application=crm',
    '/choose-again?application=crm',
    '/certificate?decision=0198c1de-0000-7000-8000-000000000001',
  ])('is there afterwards: %s', (address) => {
    expect(leadsTo(address)).toBe(address);
  });

  test.each(['/', '/sign-out?application=crm', '/console', '//evil.example', '/replace/..'])(
    'is nothing for %s',
    (address) => {
      expect(leadsTo(address)).toBeUndefined();
    },
  );

  test('is the application where a notice stood in the way to it', () => {
    expect(leadsTo('/expires-soon?request=R')).toBe('/enter?request=R');
  });
});

describe('an address that somebody made up', () => {
  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'replace@evil.example',
    'replace?x=y',
    'Replace',
    'sign-out',
    'constructor',
    '',
  ])('names no page: %j', (page) => {
    expect(wishedAddress(parseWish({ page }))).toBeUndefined();
  });

  test('puts nothing but ids behind the page, and those escaped', () => {
    const made = parseWish({
      page: 'replace',
      application: '/../x?y=z#',
      decision: 'a'.repeat(129),
      next: '//evil',
    });
    expect(wishedAddress(made)).toBe('/replace?application=%2F..%2Fx%3Fy%3Dz%23');
    expect(wishedAddress(parseWish({ request: '../?a=b&c=d' }))).toBe('/enter?request=..%2F%3Fa%3Db%26c%3Dd');
  });

  test('with a request and a page leads to the request alone', () => {
    expect(parseWish({ request: 'R', page: 'replace', application: 'crm' })).toEqual({ request: 'R' });
  });
});
