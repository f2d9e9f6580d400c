import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  JournalEntryView,
  JournalLevel,
  JournalSectionName,
} from '../../../src/console/journal/contract.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { EmptyState } from '../empty-state.tsx';
import { useEventTitle } from '../event-titles/event-title.ts';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { useNotices } from '../notices.tsx';
import { Facts } from '../panel/facts.tsx';
import { ListWithPanel, type Panel } from '../panel/list-with-panel.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { rowsOf } from '../table/row-source.ts';
import classes from './journal.module.css';
import { type JournalFilter, parametersOf, useJournal } from './journal-api.ts';
import { useDetails } from './use-details.ts';

const SECTIONS: readonly JournalSectionName[] = ['certificates', 'fetching', 'access', 'sign-in', 'dss'];
const LEVELS: readonly JournalLevel[] = ['information', 'warning', 'error'];
const TONES = { information: 'valid', warning: 'attention', error: 'invalid' } as const;
const EMPTY: JournalFilter = { section: undefined, level: undefined, text: '', from: '', until: '' };

/** «Журнал»: the person's own lines. */
export function JournalPage() {
  const { t } = useTranslation('journal');
  const { productName } = useMe();
  const navigate = useNavigate();
  const { sequence } = useParams({ strict: false });
  const [filter, setFilter] = useState(EMPTY);
  const query = useJournal(filter);
  const columns = useColumns();
  const entries = query.data?.pages.flatMap((page) => page.entries);
  const open = typeof sequence === 'string' ? sequence : undefined;
  const panel = usePanel(entries, open, () => void navigate({ to: '/journal' }));
  return (
    <ListWithPanel panel={panel}>
      <div className={classes.head}>
        <PageTitle title={t('title')} productName={productName} />
        <p className={classes.lead}>{t('lead')}</p>
      </div>
      {query.isError && entries === undefined ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <DataTable
            id="journal"
            label={t('title')}
            columns={columns}
            rows={rowsOf(entries)}
            keyOf={(entry) => String(entry.sequence)}
            openKey={panel?.key}
            onOpen={(entry) => void navigate({ to: `/journal/${entry.sequence}` })}
            empty={<EmptyState title={t('empty')} text={t('emptyText')} />}
            toolbar={<Toolbar filter={filter} onFilter={setFilter} />}
          />
          {query.hasNextPage && (
            <Button
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('more')}
            </Button>
          )}
        </>
      )}
    </ListWithPanel>
  );
}

function useColumns(): readonly Column<JournalEntryView>[] {
  const { t } = useTranslation('journal');
  const titleOf = useEventTitle();
  return [
    { id: 'at', title: t('columns.at'), width: 13, render: ({ at }) => formatDateTime(at), shown: 'always' },
    {
      id: 'event',
      title: t('columns.event'),
      width: 'grow',
      render: ({ type }) => titleOf(type),
      shown: 'always',
    },
    {
      id: 'objects',
      title: t('columns.objects'),
      width: 'grow',
      onlyWide: true,
      render: ({ objects }) => objects.map(({ name }) => name).join(', '),
    },
    {
      id: 'section',
      title: t('columns.section'),
      width: 9,
      onlyWide: true,
      render: ({ section }) => t(`section.${section}`),
    },
    {
      id: 'level',
      title: t('columns.level'),
      width: 9,
      onlyWide: true,
      render: ({ level }) => <StatusMark tone={TONES[level]} word={t(`level.${level}`)} />,
    },
  ];
}

function Toolbar({
  filter,
  onFilter,
}: {
  readonly filter: JournalFilter;
  readonly onFilter: (filter: JournalFilter) => void;
}) {
  const { t } = useTranslation('journal');
  const change = (part: Partial<JournalFilter>) => onFilter({ ...filter, ...part });
  const parameters = parametersOf(filter);
  const exportPath = (format: 'csv' | 'json') => {
    const query = new URLSearchParams(parameters);
    query.set('format', format);
    return `/api/journal/export?${query}`;
  };
  return (
    <Group gap="sm">
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={filter.text}
        onChange={({ currentTarget }) => change({ text: currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('columns.section')}
        value={filter.section ?? ''}
        data={[
          { value: '', label: t('anySection') },
          ...SECTIONS.map((value) => ({ value, label: t(`section.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          change({ section: SECTIONS.find((each) => each === value) })
        }
      />
      <NativeSelect
        aria-label={t('columns.level')}
        value={filter.level ?? ''}
        data={[
          { value: '', label: t('anyLevel') },
          ...LEVELS.map((value) => ({ value, label: t(`level.${value}`) })),
        ]}
        onChange={({ currentTarget: { value } }) => change({ level: LEVELS.find((each) => each === value) })}
      />
      <TextInput
        type="date"
        aria-label={t('from')}
        title={t('from')}
        value={filter.from}
        onChange={({ currentTarget }) => change({ from: currentTarget.value })}
      />
      <TextInput
        type="date"
        aria-label={t('until')}
        title={t('until')}
        value={filter.until}
        onChange={({ currentTarget }) => change({ until: currentTarget.value })}
      />
      <Button variant="default" component="a" href={exportPath('csv')} download>
        {t('csv')}
      </Button>
      <Button variant="default" component="a" href={exportPath('json')} download>
        {t('json')}
      </Button>
    </Group>
  );
}

function usePanel(
  entries: readonly JournalEntryView[] | undefined,
  key: string | undefined,
  onClose: () => void,
): Panel | undefined {
  const { t } = useTranslation('journal');
  const titleOf = useEventTitle();
  if (key === undefined || entries === undefined) return undefined;
  const entry = entries.find((each) => String(each.sequence) === key);
  if (entry === undefined) return { key, title: t('gone'), content: <p>{t('goneText')}</p>, onClose };
  return { key, title: titleOf(entry.type), content: <EntryPanel entry={entry} />, onClose };
}

function EntryPanel({ entry }: { readonly entry: JournalEntryView }) {
  const { t } = useTranslation('journal');
  const notify = useNotices();
  const titleOf = useEventTitle();
  const details = useDetails();
  const copy = async () => {
    await navigator.clipboard.writeText(`${titleOf(entry.type)}\n${JSON.stringify(entry, null, 2)}`);
    notify({ text: t('copied') });
  };
  return (
    <div className={classes.head}>
      <StatusMark tone={TONES[entry.level]} word={t(`level.${entry.level}`)} />
      <Facts
        items={[
          { name: t('columns.at'), value: formatDateTime(entry.at) },
          { name: t('columns.section'), value: t(`section.${entry.section}`) },
          { name: t('by.title'), value: t(`by.${entry.by}`) },
          ...(entry.objects.length > 0
            ? [{ name: t('columns.objects'), value: entry.objects.map(({ name }) => name).join(', ') }]
            : []),
          ...details(entry),
        ]}
      />
      <Group gap="sm">
        <Button component={Link} to={`/journal/report/${entry.sequence}`}>
          {t('report')}
        </Button>
        <Button variant="default" onClick={() => void copy()}>
          {t('copy')}
        </Button>
      </Group>
    </div>
  );
}
