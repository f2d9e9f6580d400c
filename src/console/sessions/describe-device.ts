import type { DeviceView } from './contract.ts';

type Rule<T> = readonly [name: T, pattern: RegExp];

/** In this order: most browsers name several others before themselves. The group is the version. */
const BROWSERS: readonly Rule<NonNullable<DeviceView['browser']>>[] = [
  ['yandex', /\bYaBrowser\/(\d{1,4})/],
  ['edge', /\bEdg(?:e|A|iOS)?\/(\d{1,4})/],
  ['opera', /\b(?:OPR|OPT|Opera)\/(\d{1,4})/],
  ['firefox', /\b(?:Firefox|FxiOS)\/(\d{1,4})/],
  ['chromium', /\bChromium\/(\d{1,4})/],
  ['chrome', /\b(?:Chrome|CriOS)\/(\d{1,4})/],
  ['safari', /\bVersion\/(\d{1,4})\S* (?:Mobile\/\S+ )?Safari\//],
];

const SYSTEMS: readonly Rule<NonNullable<DeviceView['system']>>[] = [
  ['ios', /\b(?:iPhone|iPad|iPod)\b/],
  ['android', /\bAndroid\b/],
  ['windows', /\bWindows NT\b/],
  ['chromeos', /\bCrOS\b/],
  ['macos', /\bMacintosh\b/],
  ['linux', /\bLinux\b|\bX11\b/],
];

/** What a browser says of itself (RFC 9110, section 10.1.5), for people; it proves nothing. */
export function describeDevice(userAgent: string): DeviceView {
  const browser = findRule(BROWSERS, userAgent);
  const system = findRule(SYSTEMS, userAgent);
  return {
    browser: browser?.name ?? null,
    version: browser?.version ?? null,
    system: system?.name ?? null,
  };
}

function findRule<T>(rules: readonly Rule<T>[], userAgent: string) {
  for (const [name, pattern] of rules) {
    const match = pattern.exec(userAgent);
    if (match) return { name, version: match[1] };
  }
  return undefined;
}
