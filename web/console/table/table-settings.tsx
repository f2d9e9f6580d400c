import { Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconCheck } from '@tabler/icons-react';
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
    <Menu position="bottom-end" width="16rem" shadow="md" closeOnItemClick={false} trapFocus>
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
              <Menu.Item
                key={column.id}
                role="menuitemcheckbox"
                aria-checked={isChosen(column, chosen)}
                leftSection={<Mark isOn={isChosen(column, chosen)} />}
                onClick={() => toggle(column)}
              >
                {column.title}
              </Menu.Item>
            ))}
            {chosen !== undefined && (
              <Menu.Item leftSection={<Mark isOn={false} />} onClick={() => setChosen(null)}>
                {t('table.columnsReset')}
              </Menu.Item>
            )}
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('table.density')}</Menu.Label>
        {DENSITIES.map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={density === each}
            leftSection={<Mark isOn={density === each} />}
            onClick={() => setDensity(each)}
          >
            {t(`table.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Mark({ isOn }: { readonly isOn: boolean }) {
  return <span className={classes.mark}>{isOn && <IconCheck size={18} aria-hidden="true" />}</span>;
}
