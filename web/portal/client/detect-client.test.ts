import { describe, expect, test } from 'vitest';
import { type Client, type ClientFacts, detectClient } from './detect-client.ts';
import { browserFamily } from './this-client.ts';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const CHROMIUM = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';

const CASES: readonly (readonly [string, ClientFacts, Pick<Client, 'system' | 'browser'>])[] = [
  ['Chrome on Windows', { userAgent: `${WINDOWS} ${CHROMIUM}` }, { system: 'windows', browser: 'chrome' }],
  [
    'Yandex Browser on Windows',
    {
      userAgent: `${WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 YaBrowser/25.12.0.0 Safari/537.36`,
    },
    { system: 'windows', browser: 'yandex' },
  ],
  [
    'Yandex Browser that names itself in its brands only',
    {
      userAgent: `${WINDOWS} ${CHROMIUM}`,
      brands: ['Chromium', 'Not(A:Brand', 'YaBrowser', 'Yowser'],
      platform: 'Windows',
    },
    { system: 'windows', browser: 'yandex' },
  ],
  [
    'Opera on Windows',
    { userAgent: `${WINDOWS} ${CHROMIUM} OPR/125.0.0.0` },
    { system: 'windows', browser: 'opera' },
  ],
  [
    'Edge on Windows',
    { userAgent: `${WINDOWS} ${CHROMIUM} Edg/146.0.0.0` },
    { system: 'windows', browser: 'edge' },
  ],
  [
    'Edge by its brands',
    { userAgent: `${WINDOWS} ${CHROMIUM}`, brands: ['Not A;Brand', 'Chromium', 'Microsoft Edge'] },
    { system: 'windows', browser: 'edge' },
  ],
  [
    'Firefox on Windows',
    { userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0' },
    { system: 'windows', browser: 'firefox' },
  ],
  [
    'Safari on a Mac',
    {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      maxTouchPoints: 0,
    },
    { system: 'macos', browser: 'safari' },
  ],
  [
    'Chrome on a Mac',
    { userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROMIUM}`, platform: 'macOS' },
    { system: 'macos', browser: 'chrome' },
  ],
  [
    'Safari on an iPad that asks for pages as a Mac does',
    {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      maxTouchPoints: 5,
    },
    { system: 'ios', browser: 'safari' },
  ],
  [
    'Chrome on an iPhone',
    {
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/146.0.0.0 Mobile/15E148 Safari/604.1',
    },
    { system: 'ios', browser: 'chrome' },
  ],
  [
    'Firefox on an iPhone',
    {
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/153.0 Mobile/15E148 Safari/604.1',
    },
    { system: 'ios', browser: 'firefox' },
  ],
  [
    'Chrome on Android',
    {
      userAgent:
        'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36',
    },
    { system: 'android', browser: 'chrome' },
  ],
  [
    'Chromium on Linux',
    { userAgent: `Mozilla/5.0 (X11; Linux x86_64) ${CHROMIUM}`, brands: ['Chromium', 'Not A;Brand'] },
    { system: 'linux', browser: 'chrome' },
  ],
  [
    'Firefox on Linux',
    { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' },
    { system: 'linux', browser: 'firefox' },
  ],
  ['curl', { userAgent: 'curl/8.14.1' }, { system: 'unknown', browser: 'other' }],
];

describe('detecting the client', () => {
  test.each(CASES)('knows %s', (_name, facts, client) => {
    expect(detectClient(facts)).toEqual({ ...client, surface: 'browser' });
  });
});

test('only Firefox has its own store', () => {
  expect(browserFamily({ browser: 'firefox' })).toBe('firefox');
  expect(browserFamily({ browser: 'yandex' })).toBe('chromium');
  expect(browserFamily({ browser: 'safari' })).toBe('chromium');
});
