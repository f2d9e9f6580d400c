import type { GroupsView } from '../../../src/console/workspace/contract.ts';
import type { RowSource } from '../table/row-source.ts';

export type Group = GroupsView['groups'][number];
/** Stands above the rows of its group. */
export interface GroupHeading {
  readonly kind: 'heading';
  readonly group: Group;
}

export interface GroupedRows<Row> extends RowSource<Row | GroupHeading> {
  /** The number, among the rows alone, of what stands at this place or below. */
  readonly dataIndexOf: (index: number) => number;
}

/** Rows with a heading above each group. Groups come in the order of the rows; undefined: they are on their way. */
export function groupRows<Row>(rows: RowSource<Row>, groups: readonly Group[] | undefined): GroupedRows<Row> {
  if (groups === undefined) return { count: undefined, rowAt: () => undefined, dataIndexOf: () => 0 };
  // Where each heading stands.
  const places: number[] = [];
  let next = 0;
  for (const { count } of groups) {
    places.push(next);
    next += count + 1;
  }
  const headingOf = (index: number) => {
    let [low, high] = [0, places.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((places[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    count: rows.count === undefined ? undefined : next,
    rowAt(index) {
      const heading = headingOf(index);
      const group = groups[heading];
      if (group !== undefined && places[heading] === index) return { kind: 'heading', group };
      return rows.rowAt(index - heading - 1);
    },
    dataIndexOf(index) {
      const heading = headingOf(index);
      return places[heading] === index ? index - heading : index - heading - 1;
    },
  };
}
