import { expect, test } from 'vitest';
import { formatRow } from './write-csv.ts';

test.each([
  ['plain', 'plain'],
  ['=1+1', `"'=1+1"`],
  ['+79161234712', `"'+79161234712"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['a;b', '"a;b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
])('%j is written as %j', (value, cell) => {
  expect(formatRow([value, 'x'])).toBe(`${cell};x\r\n`);
});
