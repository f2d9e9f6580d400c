import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GROUPS, type useFilters } from './filters.ts';
import classes from './workspace.module.css';

const SEARCH_DELAY_MS = 200;
const STATES = ['valid', 'valid-expires-soon', 'unknown', 'invalid', 'checking'] as const;
const SOURCES = ['file', 'paste', 'dss', 'fetched', 'administrator', 'access'] as const;
const ENDS = ['soon', 'expired', 'later'] as const;

type Given = Pick<ReturnType<typeof useFilters>, 'filters' | 'group' | 'set' | 'clear' | 'isNarrowed'>;

/** Search, filters and groups, as the address has them. */
export function ListTools({ filters, group, set, clear, isNarrowed }: Given) {
  const { t } = useTranslation('workspace');
  return (
    <div className={classes.tools}>
      <SearchField value={filters.q ?? ''} onSearch={(q) => set({ q })} />
      <Choice
        label={t('columns.status')}
        value={filters.state}
        onChoose={(state) => set({ state })}
        data={[
          { value: '', label: t('filters.anyState') },
          ...STATES.map((value) => ({ value, label: t(`states.${value}`) })),
        ]}
      />
      <Choice
        label={t('filters.ends')}
        value={filters.ends}
        onChoose={(ends) => set({ ends })}
        data={[
          { value: '', label: t('filters.anyEnd') },
          ...ENDS.map((value) => ({ value, label: t(`filters.${value}`) })),
        ]}
      />
      <Choice
        label={t('columns.source')}
        value={filters.source}
        onChoose={(source) => set({ source })}
        data={[
          { value: '', label: t('filters.anySource') },
          ...SOURCES.map((value) => ({ value, label: t(`sources.${value}`) })),
        ]}
      />
      <Choice
        label={t('filters.group')}
        value={group}
        onChoose={(chosen) => set({ group: chosen })}
        data={[
          { value: '', label: t('filters.noGroup') },
          ...GROUPS.map((value) => ({ value, label: t(`filters.by.${value}`) })),
        ]}
      />
      {isNarrowed && (
        <Button size="sm" variant="subtle" onClick={clear}>
          {t('filters.clear')}
        </Button>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

function Choice({ label, value, data, onChoose }: ChoiceProps) {
  return (
    <NativeSelect
      className={classes.choice}
      size="sm"
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={[...data]}
    />
  );
}

function SearchField({
  value,
  onSearch,
}: {
  readonly value: string;
  readonly onSearch: (text: string) => void;
}) {
  const { t } = useTranslation('workspace');
  const [text, setText] = useState(value);
  const later = useDebouncedCallback(onSearch, SEARCH_DELAY_MS);
  // The address has changed by itself: back, or a filter that was cleared.
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      className={classes.search}
      size="sm"
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={18} aria-hidden="true" />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}
