import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RecheckSelected } from '../status/recheck-selected.tsx';
import classes from './workspace.module.css';
import { useExport, useFoundKeys } from './workspace-api.ts';

interface SelectionToolsProps {
  readonly selected: ReadonlySet<string>;
  readonly filters: Readonly<Record<string, string>>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onRemove: () => void;
}

export function SelectionTools({ selected, filters, onSelect, onRemove }: SelectionToolsProps) {
  const { t } = useTranslation('workspace');
  const findKeys = useFoundKeys();
  const exporting = useExport();
  const formats =
    selected.size === 1 ? (['der', 'pem', 'chain', 'p7b'] as const) : (['zip', 'p7b', 'pem'] as const);
  return (
    <div className={classes.tools}>
      <b>{t('selected', { count: selected.size })}</b>
      <Menu withInitialFocusPlaceholder={false} position="bottom-start" shadow="md">
        <Menu.Target>
          <Button size="sm" variant="default" loading={exporting.isPending}>
            {t('export.act')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} onClick={() => exporting.mutate({ sha256s: [...selected], format })}>
              {t(`export.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <RecheckSelected sha256s={[...selected]} />
      <Button size="sm" variant="default" onClick={onRemove}>
        {t('remove.act')}
      </Button>
      <Button
        size="sm"
        variant="subtle"
        onClick={() =>
          void findKeys(filters).then(
            ({ sha256s }) => onSelect(new Set(sha256s)),
            () => {},
          )
        }
      >
        {t('selectAll')}
      </Button>
      <Button size="sm" variant="subtle" onClick={() => onSelect(new Set())}>
        {t('clearSelection')}
      </Button>
    </div>
  );
}
