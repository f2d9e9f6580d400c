import type { RefusalReason } from '../../../src/portal/contract.ts';

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'steps'; readonly steps: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'message'; readonly reason: RefusalReason; readonly meaning: string };

export const SECTION_IDS = [
  'install',
  'firefox',
  'choose',
  'delete',
  'accounts',
  'computers',
  'replace',
  'remove',
  'messages',
  'decisions',
  'restart',
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Short ways to write the blocks down. */
export const text = (content: string): Block => ({ kind: 'text', text: content });
export const heading = (content: string): Block => ({ kind: 'heading', text: content });
export const steps = (...content: string[]): Block => ({ kind: 'steps', steps: content });
export const list = (...content: string[]): Block => ({ kind: 'list', items: content });
export const note = (content: string): Block => ({ kind: 'note', text: content });
export const message = (reason: RefusalReason, meaning: string): Block => ({
  kind: 'message',
  reason,
  meaning,
});
