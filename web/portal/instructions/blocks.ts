import type { RefusalReason } from '../../../src/portal/contract.ts';
import type { PictureName } from './picture-names.ts';

export const DESKTOP_SYSTEMS = ['windows', 'macos', 'linux'] as const;
/** The three with pictograms and PDFs. */
export type DesktopSystem = (typeof DESKTOP_SYSTEMS)[number];
export const GUIDE_SYSTEMS = [...DESKTOP_SYSTEMS, 'ios', 'android'] as const;
/** What there are instructions for. */
export type GuideSystem = (typeof GUIDE_SYSTEMS)[number];

export function isDesktop(system: GuideSystem): system is DesktopSystem {
  return system !== 'ios' && system !== 'android';
}

export const GUIDE_BROWSERS = ['chrome', 'yandex', 'opera', 'edge', 'firefox', 'safari'] as const;
export type GuideBrowser = (typeof GUIDE_BROWSERS)[number];

/**
 * What the page and the PDF are made of. Texts are plain; in them words in «» or “” are those of other windows, and
 * `[[remove]]` refers to the section with that id.
 */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'steps'; readonly steps: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'picture'; readonly picture: PictureName; readonly caption: string }
  | { readonly kind: 'browsers'; readonly parts: readonly BrowserPart[] }
  | { readonly kind: 'message'; readonly text: string; readonly reason: RefusalReason };

/** What differs between browsers: the page shows the reader's own, the PDF all of them. */
export interface BrowserPart {
  readonly browsers: readonly GuideBrowser[];
  readonly blocks: readonly Block[];
}

export const SECTION_IDS = [
  'install',
  'download',
  'import',
  'choose',
  'delete',
  'accounts',
  'recognise',
  'not-issued',
  'not-issued-several-browsers',
  'not-issued-one-browser',
  'issued',
  'issued-several-browsers',
  'issued-one-browser',
  'computers',
  'replace',
  'remove',
  'messages',
  'certificate-missing',
  'certificate-mismatch-none-issued',
  'certificate-mismatch',
  'certificate-not-presented',
  'certificate-revoked',
  'certificate-expired',
  'account-blocked',
  'certificate-suspended',
  'certificate-not-yet-valid',
  'decisions',
  'no-window',
  'password',
  'phones',
] as const;
/** The anchor of a section; other pages link to them. */
export type SectionId = (typeof SECTION_IDS)[number];

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly parts?: readonly Section[];
}

export interface Guide {
  readonly title: string;
  readonly intro: readonly Block[];
  readonly sections: readonly Section[];
}

/** Short ways to write the blocks down. */
export const text = (content: string): Block => ({ kind: 'text', text: content });
export const heading = (content: string): Block => ({ kind: 'heading', text: content });
export const steps = (...content: string[]): Block => ({ kind: 'steps', steps: content });
export const list = (...content: string[]): Block => ({ kind: 'list', items: content });
export const note = (content: string): Block => ({ kind: 'note', text: content });
export const picture = (name: PictureName, caption: string): Block => ({
  kind: 'picture',
  picture: name,
  caption,
});
export const browsers = (...parts: BrowserPart[]): Block => ({ kind: 'browsers', parts });
export const inBrowsers = (names: readonly GuideBrowser[], ...blocks: Block[]): BrowserPart => ({
  browsers: names,
  blocks,
});

/** All but Firefox use the system's store and the same kind of window. */
export const CHROMIUM_BROWSERS: readonly GuideBrowser[] = ['chrome', 'yandex', 'opera', 'edge'];
