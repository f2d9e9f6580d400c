import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { EVENT_TYPES, useEventTitle } from '../event-titles/event-title.ts';
import { SearchField } from '../search-field.tsx';
import classes from './audit-log.module.css';
import type { AuditLogFilter } from './audit-log-filter.ts';
import { EVENT_GROUPS } from './event-groups.ts';

interface FilterBarProps {
  readonly filter: AuditLogFilter;
  readonly onFilter: (filter: AuditLogFilter) => void;
  /** Undefined: this role exports nothing. */
  readonly exportQuery: string | undefined;
  readonly isLive: boolean;
  readonly onLive: (isLive: boolean) => void;
}

export function FilterBar({ filter, onFilter, exportQuery, isLive, onLive }: FilterBarProps) {
  const { t } = useTranslation('audit-log');
  const titleOf = useEventTitle();
  const { login, kind, from, to } = filter;
  const onSearch = useCallback(
    (text: string) => onFilter({ login: text, kind, from, to }),
    [onFilter, kind, from, to],
  );
  return (
    <>
      <SearchField className={classes.search} label={t('who')} value={login} onSearch={onSearch} />
      <NativeSelect
        aria-label={t('kind')}
        value={kind}
        onChange={({ currentTarget }) => onFilter({ ...filter, kind: currentTarget.value })}
        data={[
          { value: '', label: t('all') },
          {
            group: t('byPart'),
            items: EVENT_GROUPS.map((each) => ({ value: `group:${each}`, label: t(`groups.${each}`) })),
          },
          {
            group: t('byKind'),
            items: EVENT_TYPES.map((each) => ({ value: each, label: titleOf(each) })),
          },
        ]}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          size="sm"
          type="datetime-local"
          label={t(end)}
          classNames={{ root: classes.end }}
          value={filter[end]}
          onChange={({ currentTarget }) => onFilter({ ...filter, [end]: currentTarget.value })}
        />
      ))}
      <Button
        variant="default"
        size="sm"
        aria-pressed={isLive}
        title={isLive ? t('liveOn') : undefined}
        leftSection={
          isLive ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />
        }
        onClick={() => onLive(!isLive)}
      >
        {isLive ? t('livePaused') : t('live')}
      </Button>
      {exportQuery !== undefined &&
        (['csv', 'jsonl'] as const).map((format) => (
          <Button
            key={format}
            component="a"
            href={`/api/audit-log/export?${exportQuery}${exportQuery === '' ? '' : '&'}format=${format}`}
            download
            variant="default"
            size="sm"
            title={t('exportHint')}
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t(format === 'csv' ? 'exportCsv' : 'exportJson')}
          </Button>
        ))}
    </>
  );
}
