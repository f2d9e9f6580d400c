import { describe, expect, test } from 'vitest';
import { defaultExtension } from '../certificate/file-choice.ts';
import { ownBrowser, ownSystem } from '../instructions/own-guide.ts';
import { type ClientAdvice, clientAdvice } from './client-advice.ts';
import { type ClientFacts, detectClient } from './detect-client.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';
const WEB_VIEW =
  'Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7650.85 Mobile Safari/537.36';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';

interface Case {
  readonly facts: ClientFacts;
  readonly advice: ClientAdvice;
  readonly file: 'pfx' | 'p12';
}

const CASES: Readonly<Record<string, Case>> = {
  'Safari on an iPhone': {
    facts: { userAgent: `${IPHONE} Version/26.0 Mobile/15E148 Safari/604.1` },
    advice: 'iphone-safari',
    file: 'p12',
  },
  'Chrome on an iPhone': {
    facts: { userAgent: `${IPHONE} CriOS/146.0.7650.60 Mobile/15E148 Safari/604.1` },
    advice: 'iphone-other',
    file: 'p12',
  },
  'Yandex Browser on an iPhone': {
    facts: { userAgent: `${IPHONE} Version/18.7 YaBrowser/25.10.3.512.10 SA/3 Mobile/15E148 Safari/604.1` },
    advice: 'iphone-other',
    file: 'p12',
  },
  'Firefox on an iPad': {
    facts: {
      userAgent:
        'Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 Mobile/15E148 Safari/605.1.15',
    },
    advice: 'iphone-other',
    file: 'p12',
  },
  'Safari on an iPad that says Macintosh': {
    facts: { userAgent: `${MAC} Version/26.0 Safari/605.1.15`, maxTouchPoints: 5 },
    advice: 'iphone-safari',
    file: 'p12',
  },
  'a window inside an app on iOS': {
    facts: { userAgent: `${IPHONE} Mobile/15E148` },
    advice: 'in-app',
    file: 'p12',
  },
  'the browser of Instagram on iOS': {
    facts: { userAgent: `${IPHONE} Mobile/22H20 Instagram 402.0.0.29.80 (iPhone14,5; iOS 18_7; ru_RU)` },
    advice: 'in-app',
    file: 'p12',
  },
  'the Google app on iOS': {
    facts: { userAgent: `${IPHONE} GSA/391.0.823 Mobile/15E148 Safari/604.1` },
    advice: 'in-app',
    file: 'p12',
  },
  'the browser of Facebook on iOS': {
    facts: { userAgent: `${IPHONE} Mobile/22H20 [FBAN/FBIOS;FBAV/531.0.0.33.72;FBBV/802;FBDV/iPhone14,5]` },
    advice: 'in-app',
    file: 'p12',
  },
  'Chrome on Android': {
    facts: { userAgent: `${ANDROID} Chrome/146.0.0.0 Mobile Safari/537.36`, platform: 'Android' },
    advice: 'android',
    file: 'p12',
  },
  'Yandex Browser on Android': {
    facts: { userAgent: `${ANDROID} Chrome/142.0.0.0 YaBrowser/25.12.0.77.00 SA/3 Mobile Safari/537.36` },
    advice: 'android',
    file: 'p12',
  },
  'Samsung Internet': {
    facts: { userAgent: `${ANDROID} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36` },
    advice: 'android',
    file: 'p12',
  },
  'Firefox on Android': {
    facts: { userAgent: 'Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0' },
    advice: 'android',
    file: 'p12',
  },
  'Android that was asked for the desktop site still says its platform': {
    facts: {
      userAgent:
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
      platform: 'Android',
    },
    advice: 'android',
    file: 'p12',
  },
  'the browser of Telegram on Android': {
    facts: { userAgent: `${WEB_VIEW} Telegram-Android/12.2.8 (Samsung SM-S911B; Android 14; SDK 34; HIGH)` },
    advice: 'in-app',
    file: 'p12',
  },
  'any window inside an app on Android': { facts: { userAgent: WEB_VIEW }, advice: 'in-app', file: 'p12' },
  'WhatsApp on Android': {
    facts: { userAgent: `${ANDROID} Chrome/146.0.0.0 Mobile Safari/537.36 WhatsApp/2.25.31` },
    advice: 'in-app',
    file: 'p12',
  },
  'Safari on a Mac': {
    facts: { userAgent: `${MAC} Version/26.0 Safari/605.1.15`, maxTouchPoints: 0 },
    advice: 'safari-mac',
    file: 'p12',
  },
  'Chrome on a Mac': {
    facts: {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
      maxTouchPoints: 0,
    },
    advice: 'none',
    file: 'p12',
  },
  'Firefox on a Mac': {
    facts: {
      userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0',
    },
    advice: 'none',
    file: 'p12',
  },
  'Chrome on a Windows computer with a touch screen': {
    facts: {
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
      platform: 'Windows',
      maxTouchPoints: 10,
    },
    advice: 'none',
    file: 'pfx',
  },
  'Firefox on Linux': {
    facts: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0' },
    advice: 'none',
    file: 'p12',
  },
  'a program that says nothing': { facts: { userAgent: '' }, advice: 'none', file: 'pfx' },
};

describe('what is said before issuing', () => {
  test.each(Object.entries(CASES))('%s', (_name, { facts, advice, file }) => {
    const client = detectClient(facts);
    expect({ advice: clientAdvice(client), file: defaultExtension(ownSystem(client)) }).toEqual({
      advice,
      file,
    });
  });
});

describe('the instructions to begin with', () => {
  const firefox = detectClient({
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:153.0) Gecko/20100101 Firefox/153.0',
  });

  test("are those of the reader's own system and browser", () => {
    expect(ownSystem(firefox)).toBe('windows');
    expect(ownBrowser('windows', undefined, firefox)).toBe('firefox');
  });

  test('are those of the browser in the address, if the system has it', () => {
    expect(ownBrowser('windows', 'edge', firefox)).toBe('edge');
    expect(ownBrowser('windows', 'safari', firefox)).toBe('firefox');
    expect(ownBrowser('macos', 'safari', firefox)).toBe('safari');
    expect(ownBrowser('ios', undefined, firefox)).toBe('safari');
    expect(ownBrowser('linux', undefined, { system: 'linux', browser: 'other', surface: 'browser' })).toBe(
      'chrome',
    );
  });
});
