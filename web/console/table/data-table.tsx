import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ROW_HEIGHTS } from '../../ui/tokens.ts';
import { type Column, minimalWidthRem, type Sorting, visibleColumns } from './column.ts';
import { DataRow, HeadingRow, SkeletonRow } from './data-row.tsx';
import classes from './data-table.module.css';
import type { RowSource } from './row-source.ts';
import { TableHead } from './table-head.tsx';
import { TableSettings } from './table-settings.tsx';
import { useRowKeyboard } from './use-row-keyboard.ts';
import { useChosenColumns, useDensity } from './use-table-settings.ts';

export interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

export interface DataTableProps<Row> {
  /** Of the preference that keeps the columns: small letters, digits, `-`. */
  readonly id: string;
  /** What a screen reader calls it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: RowSource<Row>;
  readonly keyOf: (row: Row) => string;
  /** In place of the rows where there are none: what is not there, and the next action. */
  readonly empty: ReactNode;
  /** Left of the settings: search, filters, actions. */
  readonly toolbar?: ReactNode;
  /** Enter and click; the panel at the right shows the row. */
  readonly onOpen?: (row: Row) => void;
  /** The row that the panel shows. */
  readonly openKey?: string | undefined;
  /** At the end of a row; shown on hover and on focus, and always where there is no pointer that hovers. */
  readonly actionsOf?: (row: Row) => ReactNode;
  /** For what stands above a group of rows, across all columns; undefined: it is a row. */
  readonly headingOf?: (row: Row) => ReactNode;
  readonly selection?: Selection;
  readonly sorting?: Sorting | undefined;
  readonly onSort?: (sorting: Sorting) => void;
  /** The first and last row in sight, for rows that are fetched page by page. */
  readonly onRange?: (first: number, last: number) => void;
}

const OVERSCAN = 8;
const SKELETONS = 6;
/** As `data-table.module.css` says. */
const SELECTION_REM = 2.75;
const ACTIONS_REM = 8;
const NARROW_PX = 480;

/** A table for any number of rows: only those in sight are in the page. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, label, rows, keyOf, onOpen, onRange, selection } = props;
  const { t } = useTranslation('console');
  const [density] = useDensity();
  const [chosen] = useChosenColumns(id);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const scroller = useRef<HTMLDivElement>(null);
  // The details that a row opens have the actions, too.
  const actionsOf = width > 0 && width < NARROW_PX && onOpen !== undefined ? undefined : props.actionsOf;
  const besidesRem = (selection ? SELECTION_REM : 0) + (actionsOf ? ACTIONS_REM : 0);
  const columns = visibleColumns(props.columns, chosen, width, besidesRem);
  const count = rows.count ?? 0;
  const height = ROW_HEIGHTS[density];

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const items = virtualizer.getVirtualItems();
  const first = items.at(0);
  const last = items.at(-1);
  const [firstIndex, lastIndex] = [first?.index ?? 0, last?.index ?? -1];
  useEffect(() => {
    if (lastIndex >= firstIndex) onRange?.(firstIndex, lastIndex);
  }, [onRange, firstIndex, lastIndex]);

  const withRow = (act: ((row: Row) => void) | undefined) =>
    act &&
    ((index: number) => {
      const row = rows.rowAt(index);
      if (row !== undefined) act(row);
    });
  const keyboard = useRowKeyboard({
    count,
    virtualizer,
    onOpen: withRow(onOpen),
    onToggle: withRow(selection && ((row) => selection.onToggle(keyOf(row)))),
  });

  const cells = columns.length + (selection ? 1 : 0) + (actionsOf ? 1 : 0);
  return (
    <div className={classes.table} ref={measured}>
      <div className={classes.toolbar}>
        <div className={classes.tools}>{props.toolbar}</div>
        <TableSettings table={id} columns={props.columns} />
      </div>
      {rows.count === 0 ? (
        <div className={classes.empty}>{props.empty}</div>
      ) : (
        <div className={classes.scroller} ref={scroller}>
          <table
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are moved through and opened
            role="grid"
            className={classes.grid}
            data-density={density}
            aria-label={label}
            aria-busy={rows.count === undefined}
            aria-rowcount={rows.count === undefined ? -1 : count + 1}
            style={{ minWidth: `${minimalWidthRem(columns, besidesRem)}rem` }}
          >
            <TableHead
              columns={columns}
              sorting={props.sorting}
              onSort={props.onSort}
              withSelection={selection !== undefined}
              withActions={actionsOf !== undefined}
            />
            <tbody ref={keyboard.bodyRef} onKeyDown={keyboard.onKeyDown}>
              {rows.count === undefined &&
                Array.from({ length: SKELETONS }, (_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
                  <SkeletonRow key={index} cells={cells} index={index} />
                ))}
              <Spacer height={first?.start ?? 0} cells={cells} />
              {items.map(({ index }) => {
                const row = rows.rowAt(index);
                if (row === undefined) return <SkeletonRow key={index} cells={cells} index={index} />;
                const heading = props.headingOf?.(row);
                return heading !== undefined ? (
                  <HeadingRow
                    key={keyOf(row)}
                    index={index}
                    cells={cells}
                    content={heading}
                    isActive={index === keyboard.activeIndex}
                    onActive={() => keyboard.setActiveIndex(index)}
                  />
                ) : (
                  <DataRow
                    key={keyOf(row)}
                    row={row}
                    rowKey={keyOf(row)}
                    index={index}
                    columns={columns}
                    isActive={index === keyboard.activeIndex}
                    onActive={() => keyboard.setActiveIndex(index)}
                    isOpen={props.openKey === keyOf(row)}
                    onOpen={onOpen}
                    actions={actionsOf?.(row)}
                    selection={selection}
                  />
                );
              })}
              <Spacer height={virtualizer.getTotalSize() - (last?.end ?? 0)} cells={cells} />
            </tbody>
          </table>
        </div>
      )}
      <span className={classes.hidden} role="status">
        {rows.count === undefined ? t('loading') : ''}
      </span>
    </div>
  );
}

/** Stands for the rows that are out of sight. */
function Spacer({ height, cells }: { readonly height: number; readonly cells: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it holds nothing and takes no focus
    <tr aria-hidden="true">
      <td className={classes.spacer} colSpan={cells} style={{ height }} />
    </tr>
  );
}
