import { expect, test } from 'vitest';
import { splitHits, wordsOf } from './hits.ts';

const marked = (text: string, search: string) =>
  splitHits(text, wordsOf(search))
    .map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('');

test('every word is marked wherever it stands, whatever its case and its ё', () => {
  expect(marked('Семёнов Семён Семёнович', 'семен')).toBe('[Семён]ов [Семён] [Семён]ович');
  expect(marked('ООО «Ромашка»', 'ромашка ооо')).toBe('[ООО] «[Ромашка]»');
  expect(marked('Иванов', '')).toBe('Иванов');
  expect(marked('Иванов', 'петров')).toBe('Иванов');
});

test('a number is marked however it was grouped', () => {
  expect(marked('11223344595', '112-233-445 95')).toBe('[11223344595]');
  expect(marked('7707083893', '0838')).toBe('7707[0838]93');
});

test('words that touch are one mark, and nothing of the text is lost', () => {
  expect(marked('aabb', 'aa bb')).toBe('[aabb]');
  expect(marked('İ', 'i')).toBe('İ');
});
