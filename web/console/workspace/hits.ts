import type { CertificateItem } from '../../../src/console/workspace/contract.ts';

/** As the search compares: case and ё do not count. */
const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е');
const SEPARATORS = /[\s:.\-–—№#]/g;

/** What was searched for: words, and the whole as a number however it was grouped. */
export function wordsOf(search: string | undefined): readonly string[] {
  const folded = fold((search ?? '').normalize('NFKC')).trim();
  if (folded === '') return [];
  const compact = folded.replaceAll(SEPARATORS, '');
  const words = folded.split(/\s+/);
  return /^[0-9a-f]{4,}$/.test(compact) && compact !== folded ? [...words, compact] : words;
}

export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** The text in parts: those that were searched for, and what is between them. */
export function splitHits(text: string, words: readonly string[]): readonly TextPart[] {
  const folded = fold(text);
  // A letter that is two in lower case would move the marks.
  if (words.length === 0 || folded.length !== text.length) return [{ text, isHit: false }];
  const isMarked = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      isMarked.fill(true, at, at + word.length);
    }
  }
  const parts: TextPart[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && isMarked[at] === isMarked[start]) continue;
    parts.push({ text: text.slice(start, at), isHit: isMarked[start] === true });
    start = at;
  }
  return parts;
}

const HIDDEN = ['innLe', 'inn', 'snils', 'ogrn', 'email', 'serialNumber', 'sha256'] as const;
export type HiddenField = (typeof HIDDEN)[number];

/** Where it was found when the names do not say so. */
export function hiddenHit(
  row: CertificateItem,
  words: readonly string[],
): { readonly field: HiddenField; readonly value: string } | undefined {
  const names = fold(`${row.owner} ${row.issuer} ${row.organisation}`);
  const missing = words.filter((word) => !names.includes(word));
  for (const field of HIDDEN) {
    const value = row[field];
    if (value !== null && missing.some((word) => fold(value).includes(word))) return { field, value };
  }
  return undefined;
}
