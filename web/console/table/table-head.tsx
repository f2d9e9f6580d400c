import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Column, Sorting } from './column.ts';
import classes from './data-table.module.css';

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting | undefined;
  readonly onSort: ((sorting: Sorting) => void) | undefined;
  readonly withSelection: boolean;
  readonly withActions: boolean;
}

export function TableHead<Row>(props: TableHeadProps<Row>) {
  const { columns, sorting, onSort, withSelection, withActions } = props;
  const { t } = useTranslation('console');
  return (
    <>
      <colgroup>
        {withSelection && <col className={classes.checkColumn} />}
        {columns.map(({ id, width }) => (
          <col key={id} {...(width === 'grow' ? {} : { style: { width: `${width}rem` } })} />
        ))}
        {withActions && <col className={classes.actionsColumn} />}
      </colgroup>
      <thead className={classes.head}>
        <tr aria-rowindex={1}>
          {withSelection && (
            <th scope="col">
              <VisuallyHidden>{t('table.select')}</VisuallyHidden>
            </th>
          )}
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              data-align={column.align}
              {...(column.isSortable === true
                ? { 'aria-sort': sorting?.column === column.id ? sorting.direction : 'none' }
                : {})}
            >
              {column.isSortable === true && onSort ? (
                <SortButton title={column.title} id={column.id} sorting={sorting} onSort={onSort} />
              ) : (
                column.title
              )}
            </th>
          ))}
          {withActions && (
            <th scope="col">
              <VisuallyHidden>{t('table.actions')}</VisuallyHidden>
            </th>
          )}
        </tr>
      </thead>
    </>
  );
}

interface SortButtonProps {
  readonly title: string;
  readonly id: string;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting) => void;
}

function SortButton({ title, id, sorting, onSort }: SortButtonProps) {
  const { t } = useTranslation('console');
  const direction = sorting?.column === id ? sorting.direction : undefined;
  const Icon =
    direction === undefined ? IconArrowsSort : direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <button
      type="button"
      className={classes.sort}
      title={t('table.sortBy', { column: title })}
      onClick={() =>
        onSort({ column: id, direction: direction === 'ascending' ? 'descending' : 'ascending' })
      }
    >
      {title}
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
