/** Plain text, without a language of queries: every word has to be there, in any order and any case. */

const MAX_TEXT = 8000;
const MAX_WORDS = 8;
const MAX_WORD = 200;

/** As both sides are compared: case, ё, and the forms of one letter do not count. */
export function foldText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export function searchTextOf(parts: readonly (string | undefined)[]): string {
  return foldText(parts.filter((part) => part !== undefined && part !== '').join(' ')).slice(0, MAX_TEXT);
}

export interface SearchQuery {
  /** Each is somewhere in the text. */
  readonly words: readonly string[];
  /** Or this is: a number, serial number or fingerprint, however its digits were grouped. */
  readonly compact: string | undefined;
}

/** Undefined: nothing is searched for. */
export function parseSearch(text: string): SearchQuery | undefined {
  const folded = foldText(text.slice(0, MAX_WORDS * MAX_WORD));
  if (folded === '') return undefined;
  const words = folded
    .split(' ')
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, MAX_WORD));
  const compact = folded.replaceAll(/[\s:.\-–—№#]/g, '');
  const isNumber = /^[0-9a-f]{4,}$/.test(compact) && compact !== folded;
  return { words, compact: isNumber ? compact.slice(0, MAX_WORD) : undefined };
}
