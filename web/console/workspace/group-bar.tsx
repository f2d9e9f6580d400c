import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GroupBy } from './filters.ts';
import { useNames } from './names.ts';
import classes from './workspace.module.css';
import { type Filters, useGroups } from './workspace-api.ts';

interface GroupBarProps {
  readonly filters: Filters;
  readonly by: GroupBy;
  readonly onChoose: (changes: Readonly<Record<string, string | undefined>>) => void;
}

/** The groups with their sizes; a press shows one alone, another press all of them. */
export function GroupBar({ filters, by, onChoose }: GroupBarProps) {
  const { t } = useTranslation('workspace');
  const names = useNames();
  const { [by]: chosen, sort: _sort, direction: _direction, ...others } = filters;
  const groups = useGroups(others, by).data?.groups;
  return (
    <div className={classes.groups}>
      {groups?.map(({ value, title, count }) => (
        <Button
          key={value}
          size="compact-sm"
          variant={value === chosen ? 'filled' : 'default'}
          aria-pressed={value === chosen}
          disabled={value === ''}
          onClick={() => onChoose({ [by]: value === chosen ? undefined : value })}
        >
          {(by === 'algorithm' ? names.algorithm(title) : title) || t('filters.noValue')} · {count}
        </Button>
      ))}
    </div>
  );
}
