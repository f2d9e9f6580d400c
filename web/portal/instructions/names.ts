import type { GuideBrowser, GuideSystem } from './blocks.ts';

/** Their makers' names; the same in every language. */
export const SYSTEM_NAMES: Readonly<Record<GuideSystem, string>> = {
  windows: 'Windows',
  macos: 'Mac OS',
  linux: 'Linux',
  ios: 'iPhone, iPad',
  android: 'Android',
};

/** The Russian names; Yandex Browser is written otherwise in English. */
const RUSSIAN: Readonly<Record<GuideBrowser, string>> = {
  chrome: 'Google Chrome',
  yandex: 'Яндекс.Браузер',
  opera: 'Opera',
  edge: 'Microsoft Edge',
  firefox: 'Mozilla Firefox',
  safari: 'Safari',
};

export function browserName(browser: GuideBrowser, locale: 'ru' | 'en'): string {
  return browser === 'yandex' && locale === 'en' ? 'Yandex Browser' : RUSSIAN[browser];
}

/** The browsers that a system has; Safari is on Apple's only. */
export const BROWSERS_OF: Readonly<Record<GuideSystem, readonly GuideBrowser[]>> = {
  windows: ['chrome', 'yandex', 'opera', 'edge', 'firefox'],
  macos: ['chrome', 'yandex', 'opera', 'edge', 'firefox', 'safari'],
  linux: ['chrome', 'yandex', 'opera', 'edge', 'firefox'],
  ios: ['safari'],
  android: ['chrome', 'yandex', 'opera', 'edge', 'firefox'],
};
