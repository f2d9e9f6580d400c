import { expect, test } from 'vitest';
import { type Column, minimalWidthRem, visibleColumns } from './column.ts';

const column = (id: string, more: Partial<Column<string>> = {}): Column<string> => ({
  id,
  title: id,
  width: 10,
  render: (row) => row,
  ...more,
});
const columns = [
  column('name', { width: 'grow', shown: 'always' }),
  column('seen'),
  column('address', { onlyWide: true }),
  column('ends', { shown: 'later', onlyWide: true }),
];
const ids = (chosen: readonly string[] | undefined, widthPx: number, besidesRem = 0) =>
  visibleColumns(columns, chosen, widthPx, besidesRem).map(({ id }) => id);

test('before a choice there are the first columns, after it what was chosen and what is always there', () => {
  expect(ids(undefined, 2000)).toEqual(['name', 'seen', 'address']);
  expect(ids(['ends'], 2000)).toEqual(['name', 'ends']);
  expect(ids([], 2000)).toEqual(['name']);
});

test('a column of another version of the pages is passed over', () => {
  expect(ids(['seen', 'gone'], 2000)).toEqual(['name', 'seen']);
});

test('what only a wide table has room for goes first, the last of it before the others', () => {
  const first = [
    column('name', { width: 'grow', shown: 'always' }),
    column('seen'),
    column('address', { onlyWide: true }),
    column('ends', { onlyWide: true }),
  ];
  const at = (widthPx: number, besidesRem = 0) =>
    visibleColumns(first, undefined, widthPx, besidesRem).map(({ id }) => id);
  expect(at(41 * 16)).toEqual(['name', 'seen', 'address', 'ends']);
  expect(at(41 * 16 - 1)).toEqual(['name', 'seen', 'address']);
  expect(at(41 * 16, 8)).toEqual(['name', 'seen', 'address']);
  expect(at(30 * 16)).toEqual(['name', 'seen']);
  expect(at(100)).toEqual(['name', 'seen']);
});

test('what somebody has chosen stays, except on a telephone', () => {
  const all = ['seen', 'address', 'ends'];
  expect(ids(all, 640)).toEqual(['name', 'seen', 'address', 'ends']);
  expect(ids(all, 639)).toEqual(['name', 'seen', 'address']);
});

test('before the table is measured nothing is left out', () => {
  expect(ids(undefined, 0)).toEqual(['name', 'seen', 'address']);
});

test('its least width has 11 rem for a column that grows', () => {
  expect(minimalWidthRem(columns, 2)).toBe(43);
});
