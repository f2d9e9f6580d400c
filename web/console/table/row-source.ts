/** The rows of a table, wherever they are; a table asks only for those in sight. */
export interface RowSource<Row> {
  /** Undefined: not known yet, skeletons are shown. */
  readonly count: number | undefined;
  /** Undefined: on its way, a skeleton is shown in its place. */
  readonly rowAt: (index: number) => Row | undefined;
}

/** Rows that are all here; undefined: still loading. */
export function rowsOf<Row>(rows: readonly Row[] | undefined): RowSource<Row> {
  return { count: rows?.length, rowAt: (index) => rows?.[index] };
}
