import { expect, test } from 'vitest';
import { rowsOf } from '../table/row-source.ts';
import { groupRows } from './grouped-rows.ts';

const group = (value: string, count: number) => ({ value, title: value, count });

test('each group has a heading, and every row its place under it', () => {
  const grouped = groupRows(rowsOf(['a1', 'a2', 'b1', 'c1']), [group('a', 2), group('b', 1), group('c', 1)]);
  const shown = Array.from({ length: grouped.count ?? 0 }, (_, index) => {
    const row = grouped.rowAt(index);
    return typeof row === 'object' ? row.group.value : row;
  });
  expect(shown).toEqual(['a', 'a1', 'a2', 'b', 'b1', 'c', 'c1']);
  expect(shown.map((_, index) => grouped.dataIndexOf(index))).toEqual([0, 0, 1, 2, 2, 3, 3]);
});

test('while groups or rows are on their way, nothing is shown in a wrong place', () => {
  expect(groupRows(rowsOf(['a']), undefined).count).toBeUndefined();
  expect(groupRows(rowsOf<string>(undefined), [group('a', 1)]).count).toBeUndefined();
  expect(groupRows(rowsOf<string>([]), []).count).toBe(0);
});
