import type { ReactNode } from 'react';

/** A column of a {@link DataTable}. */
export interface Column<Row> {
  /** Kept with the person's choice of columns: never changed once released. */
  readonly id: string;
  readonly title: string;
  /** In rem; `grow`: shares what is left, at least 12 rem. */
  readonly width: number | 'grow';
  readonly render: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** `always`: cannot be put away. `first`: shown until it is put away (default). `later`: shown once it is chosen. */
  readonly shown?: 'always' | 'first' | 'later';
  /** Left out where the table is narrower than 40 rem. */
  readonly onlyWide?: boolean;
  readonly isSortable?: boolean;
}

export interface Sorting {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

const NARROW_REM = 40;
const GROW_MIN_REM = 12;
const BASE_FONT_PX = 16;

/** @param chosen what the person has chosen; undefined: nothing yet */
export function visibleColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | undefined,
  widthPx: number,
): readonly Column<Row>[] {
  // 0: not measured yet.
  const isNarrow = widthPx > 0 && widthPx < NARROW_REM * BASE_FONT_PX;
  return columns.filter((column) => isChosen(column, chosen) && !(isNarrow && column.onlyWide === true));
}

export function isChosen<Row>(
  { id, shown = 'first' }: Column<Row>,
  chosen: readonly string[] | undefined,
): boolean {
  return shown === 'always' || (chosen === undefined ? shown === 'first' : chosen.includes(id));
}

/** How wide the table has to be at least; narrower windows scroll it sideways. */
export function minimalWidthRem<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, { width }) => sum + (width === 'grow' ? GROW_MIN_REM : width), 0);
}
