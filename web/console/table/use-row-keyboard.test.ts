import { expect, test } from 'vitest';
import { moveTo } from './use-row-keyboard.ts';

test.each([
  ['ArrowDown', 5, 6],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 5, 4],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 15],
  ['PageDown', 95, 99],
  ['PageUp', 5, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['Enter', 5, undefined],
  ['a', 5, undefined],
])('%s from row %i of 100 leads to %s', (key, from, to) => {
  expect(moveTo(key, from, 10, 100)).toBe(to);
});
