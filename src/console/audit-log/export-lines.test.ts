import { expect, test } from 'vitest';
import { csvField } from './export-lines.ts';

test.each(['=1+1', '+7', '-2', '@SUM(A1)', '\t=1', '\r=1'])('%j is no formula in a spreadsheet', (value) => {
  expect(csvField(value).replace(/^"/, '')).toMatch(/^'/);
});

test('what would end a field early is quoted', () => {
  expect(csvField('a;b')).toBe('"a;b"');
  expect(csvField('say "yes"')).toBe('"say ""yes"""');
  expect(csvField('two\nlines')).toBe('"two\nlines"');
  expect(csvField('ivanov')).toBe('ivanov');
});
