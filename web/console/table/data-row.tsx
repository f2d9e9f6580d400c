import { Checkbox, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './column.ts';
import classes from './data-table.module.css';
import type { Selection } from './data-table.tsx';

interface DataRowProps<Row> {
  readonly row: Row;
  readonly rowKey: string;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly isActive: boolean;
  readonly onActive: () => void;
  readonly isOpen: boolean;
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly actions: ReactNode;
  readonly selection: Selection | undefined;
}

const HEAD_ROWS = 1;

export function DataRow<Row>(props: DataRowProps<Row>) {
  const { row, rowKey, index, columns, onOpen, selection, actions } = props;
  const { t } = useTranslation('console');
  const isSelected = selection?.keys.has(rowKey);
  return (
    // Enter is heard by the body of the table.
    <tr
      className={classes.row}
      data-index={index}
      data-key={rowKey}
      data-open={props.isOpen}
      data-clickable={onOpen !== undefined}
      aria-rowindex={index + HEAD_ROWS + 1}
      aria-selected={isSelected ?? props.isOpen}
      tabIndex={props.isActive ? 0 : -1}
      onFocus={props.onActive}
      onClick={(event) => {
        // A press on a button inside, or the end of marking a text, opens nothing.
        const inside = event.target instanceof Element && event.target.closest('a, button, input, label');
        if (inside || window.getSelection()?.isCollapsed === false) return;
        onOpen?.(row);
      }}
    >
      {selection !== undefined && (
        <td className={classes.check}>
          <Checkbox
            size="sm"
            checked={isSelected === true}
            onChange={() => selection.onToggle(rowKey)}
            aria-label={t('table.select')}
          />
        </td>
      )}
      {columns.map((column) => {
        const content = column.render(row);
        return (
          <td
            key={column.id}
            className={classes.cell}
            data-align={column.align}
            // What is cut off can still be read.
            title={typeof content === 'string' ? content : undefined}
          >
            {content}
          </td>
        );
      })}
      {actions !== undefined && (
        <td className={classes.actions}>
          <div className={classes.actionsInner}>{actions}</div>
        </td>
      )}
    </tr>
  );
}

interface HeadingRowProps {
  readonly index: number;
  readonly cells: number;
  readonly content: ReactNode;
  readonly isActive: boolean;
  readonly onActive: () => void;
}

/** What stands above a group of rows. */
export function HeadingRow({ index, cells, content, isActive, onActive }: HeadingRowProps) {
  return (
    <tr
      className={classes.row}
      data-index={index}
      data-heading="true"
      aria-rowindex={index + HEAD_ROWS + 1}
      tabIndex={isActive ? 0 : -1}
      onFocus={onActive}
    >
      <th scope="rowgroup" className={classes.heading} colSpan={cells}>
        {content}
      </th>
    </tr>
  );
}

/** A row that is on its way. */
export function SkeletonRow({ cells, index }: { readonly cells: number; readonly index: number }) {
  return (
    <tr className={classes.row} aria-rowindex={index + HEAD_ROWS + 1}>
      <td className={classes.cell} colSpan={cells}>
        <Skeleton height="1rem" width={`${70 - (index % 3) * 12}%`} />
      </td>
    </tr>
  );
}
