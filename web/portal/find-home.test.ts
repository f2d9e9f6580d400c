import { describe, expect, test } from 'vitest';
import { crm, stock } from '../dev/fixtures.ts';
import { findHome } from './find-home.ts';

const both = [crm, stock];

describe('«На главную»', () => {
  test('leads to the application that the person came from, whatever was entered last', () => {
    const session = { applications: both, lastApplication: crm.id };
    expect(findHome({ session, asked: stock.id })).toEqual({ application: stock, url: stock.homeUrl });
  });

  test('leads to the application entered last where the address names none', () => {
    const session = { applications: both, lastApplication: stock.id };
    expect(findHome({ session })).toEqual({ application: stock, url: stock.homeUrl });
  });

  test('leads to the page first asked for after a refusal', () => {
    const session = { applications: both, lastApplication: stock.id };
    const refusal = { application: crm, returnUrl: `${crm.homeUrl}tickets/7` };
    expect(findHome({ session, asked: stock.id, refusal })).toEqual({
      application: crm,
      url: refusal.returnUrl,
    });
  });

  test('leads to the only application where none was entered', () => {
    const session = { applications: [crm], lastApplication: null };
    expect(findHome({ session }).url).toBe(crm.homeUrl);
  });

  test('leads to the portal’s home where there are several and none was entered', () => {
    const session = { applications: both, lastApplication: null };
    expect(findHome({ session })).toEqual({ application: undefined, url: '/' });
  });

  test.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)', '__proto__', 'unknown', ''])(
    'leads nowhere that the address alone names: %s',
    (asked) => {
      const session = { applications: both, lastApplication: null };
      expect(findHome({ session, asked }).url).toBe('/');
      expect(findHome({ session: { ...session, lastApplication: stock.id }, asked }).url).toBe(stock.homeUrl);
    },
  );
});
