import { Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Column, isChosen } from './column.ts';
import classes from './table-settings.module.css';
import { type Density, useChosenColumns, useDensity } from './use-table-settings.ts';

interface TableSettingsProps<Row> {
  readonly table: string;
  readonly columns: readonly Column<Row>[];
}

const DENSITIES: readonly Density[] = ['comfortable', 'compact'];

/** Which columns, how high the rows: remembered with the account. */
export function TableSettings<Row>({ table, columns }: TableSettingsProps<Row>) {
  const { t } = useTranslation('console');
  const [density, setDensity] = useDensity();
  const [chosen, setChosen] = useChosenColumns(table);
  const choosable = columns.filter(({ shown }) => shown !== 'always');
  const toggle = (column: Column<Row>) => {
    const wanted = choosable.filter((each) => isChosen(each, chosen) !== (each === column));
    setChosen(wanted.map(({ id }) => id));
  };
  return (
    <Menu
      withInitialFocusPlaceholder={false}
      position="bottom-end"
      width="16rem"
      shadow="md"
      closeOnItemClick={false}
      trapFocus
    >
      <Menu.Target>
        <button type="button" className={classes.target}>
          <IconAdjustmentsHorizontal size={18} stroke={1.75} aria-hidden="true" />
          <span className={classes.text}>{t('table.columns')}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        {choosable.length > 0 && (
          <>
            <Menu.Label>{t('table.columns')}</Menu.Label>
            {choosable.map((column) => (
              <Menu.CheckboxItem
                key={column.id}
                checked={isChosen(column, chosen)}
                onChange={() => toggle(column)}
              >
                {column.title}
              </Menu.CheckboxItem>
            ))}
            {chosen !== undefined && (
              <Menu.Item onClick={() => setChosen(null)}>{t('table.columnsReset')}</Menu.Item>
            )}
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('table.density')}</Menu.Label>
        <Menu.RadioGroup
          value={density}
          onChange={(value) => setDensity(value === 'compact' ? value : 'comfortable')}
        >
          {DENSITIES.map((each) => (
            <Menu.RadioItem key={each} value={each}>
              {t(`table.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
