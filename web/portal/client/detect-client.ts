export type ClientSystem = 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'unknown';
export type ClientBrowser = 'chrome' | 'yandex' | 'opera' | 'edge' | 'firefox' | 'safari' | 'other';

export interface Client {
  readonly system: ClientSystem;
  readonly browser: ClientBrowser;
  /** `in-app`: a page inside another app, a messenger for example; such windows have no certificates. */
  readonly surface: 'browser' | 'in-app';
}

/** What a browser says of itself. `brands` and `platform` are of `navigator.userAgentData` where there is one. */
export interface ClientFacts {
  readonly userAgent: string;
  readonly brands?: readonly string[];
  readonly platform?: string;
  readonly maxTouchPoints?: number;
}

/** The order matters: every browser on Chromium also calls itself Chrome, and every one of them Safari. */
const BROWSERS: readonly (readonly [ClientBrowser, RegExp])[] = [
  ['yandex', /\bYaBrowser\/|\bYowser\//],
  ['opera', /\bOPR\/|\bOPX\/|\bOpera\b|\bOPT\//],
  ['edge', /\bEdg(?:e|A|iOS)?\//],
  ['firefox', /\bFirefox\/|\bFxiOS\//],
  ['other', /\bSamsungBrowser\/|\bVivaldi\/|\bUCBrowser\/|\bDuckDuckGo\/|\bMiuiBrowser\//],
  ['chrome', /\bChrome\/|\bChromium\/|\bCriOS\/|\bHeadlessChrome\//],
  ['safari', /\bVersion\/[\d.]+.*\bSafari\//],
];

const BRANDS: readonly (readonly [ClientBrowser, RegExp])[] = [
  ['yandex', /^(?:Yandex|YaBrowser|Yowser)/],
  ['opera', /^Opera/],
  ['edge', /^Microsoft Edge/],
  ['chrome', /^Google Chrome|^Chromium/],
];

/** Apps that open links inside themselves and say so, and the name that Android gives such windows. */
const APPS =
  /\bTelegram|\bWhatsApp\/|\bFB(?:AN|AV|_IAB)\b|\bInstagram\b|\bVKAndroidApp\/|\bVKClient\b|\bMicroMessenger\/|\bLine\/|\bViber\b|\bOKApp\b|\bGSA\/|\bYaApp_|; wv\)/;

/** The reader's own system and browser, as well as they can be known; used for instructions only, never for a decision. */
export function detectClient(facts: ClientFacts): Client {
  const system = detectSystem(facts);
  return { system, browser: detectBrowser(facts), surface: detectSurface(facts, system) };
}

function detectSurface({ userAgent }: ClientFacts, system: ClientSystem): Client['surface'] {
  if (APPS.test(userAgent)) return 'in-app';
  // Every browser on iOS ends with Safari's own name; a window inside an app ends with "Mobile/15E148".
  return system === 'ios' && !/\bSafari\//.test(userAgent) ? 'in-app' : 'browser';
}

function detectBrowser({ userAgent, brands = [] }: ClientFacts): ClientBrowser {
  const byName = BROWSERS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'other';
  // A browser that hides its name in the old string may still give it in the new one.
  if (byName !== 'chrome') return byName;
  const byBrand = BRANDS.find(([, pattern]) => brands.some((brand) => pattern.test(brand)))?.[0];
  return byBrand ?? byName;
}

function detectSystem({ userAgent, platform, maxTouchPoints = 0 }: ClientFacts): ClientSystem {
  if (platform === 'Android' || /\bAndroid\b/.test(userAgent)) return 'android';
  if (/\b(?:iPhone|iPad|iPod)\b/.test(userAgent)) return 'ios';
  if (platform === 'Windows' || /\bWindows\b/.test(userAgent)) return 'windows';
  // An iPad asks for pages as a Mac does, but no Mac has a touch screen.
  if (/\bMac(?:intosh| OS X)\b/.test(userAgent)) return maxTouchPoints > 1 ? 'ios' : 'macos';
  if (platform === 'Linux' || /\b(?:Linux|X11|CrOS)\b/.test(userAgent)) return 'linux';
  return 'unknown';
}
