import { expect, test } from 'vitest';
import { summarise } from './summarise.ts';

const lastLine = (text: string): string | undefined => text.split('\n').at(-1);

test('the last line sums the stages', () => {
  const { text, ok } = summarise([
    { title: 'types', seconds: 1, passed: 1, failures: [] },
    { title: 'unit tests', seconds: 2, passed: 40, failures: [] },
  ]);
  expect(lastLine(text)).toBe('41 passed, 0 failed');
  expect(ok).toBe(true);
});

test('a failure of any stage fails the whole and is named', () => {
  const { text, ok } = summarise([
    { title: 'types', seconds: 1, passed: 0, failures: ['tsc ended with code 2'] },
    { title: 'unit tests', seconds: 2, passed: 40, failures: ['src/a.test.ts: it works'] },
  ]);
  expect(lastLine(text)).toBe('40 passed, 2 failed');
  expect(text).toContain('  types: tsc ended with code 2');
  expect(text).toContain('  unit tests: src/a.test.ts: it works');
  expect(ok).toBe(false);
});

test('nothing executed is not success', () => {
  const { text, ok } = summarise([]);
  expect(lastLine(text)).toBe('0 passed, 1 failed');
  expect(ok).toBe(false);
});
