import type { ReactNode } from 'react';

/** A column of a {@link DataTable}. */
export interface Column<Row> {
  /** Kept with the person's choice of columns: never changed once released. */
  readonly id: string;
  readonly title: string;
  /** In rem; `grow`: shares what is left, at least 11 rem. */
  readonly width: number | 'grow';
  readonly render: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** `always`: cannot be put away. `first`: shown until it is put away (default). `later`: shown once it is chosen. */
  readonly shown?: 'always' | 'first' | 'later';
  /** Left out where the table is too narrow for all; the last of these first. */
  readonly onlyWide?: boolean;
  readonly isSortable?: boolean;
}

export interface Sorting {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

const GROW_MIN_REM = 11;
const BASE_FONT_PX = 16;
const TELEPHONE_PX = 640;

/**
 * The columns that are chosen and have room: in a narrow table those with `onlyWide` go one by one, the last first.
 *
 * @param chosen what the person has chosen; undefined: nothing yet
 * @param besidesRem of what stands beside the columns: selection, actions
 */
export function visibleColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | undefined,
  widthPx: number,
  besidesRem: number,
): readonly Column<Row>[] {
  const visible = columns.filter((column) => isChosen(column, chosen));
  // What somebody has chosen is shown, and scrolled to; but the choice was not made for a telephone.
  const mayLeaveOut = chosen === undefined || widthPx < TELEPHONE_PX;
  // 0: not measured yet.
  while (mayLeaveOut && widthPx > 0 && minimalWidthRem(visible, besidesRem) * BASE_FONT_PX > widthPx) {
    const last = visible.findLastIndex(({ onlyWide }) => onlyWide === true);
    if (last === -1) break;
    visible.splice(last, 1);
  }
  return visible;
}

export function isChosen<Row>(
  { id, shown = 'first' }: Column<Row>,
  chosen: readonly string[] | undefined,
): boolean {
  return shown === 'always' || (chosen === undefined ? shown === 'first' : chosen.includes(id));
}

/** How wide the table has to be at least; narrower windows scroll it sideways. */
export function minimalWidthRem<Row>(columns: readonly Column<Row>[], besidesRem: number): number {
  return columns.reduce((sum, { width }) => sum + (width === 'grow' ? GROW_MIN_REM : width), besidesRem);
}
