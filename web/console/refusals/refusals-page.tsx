import { NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusalItem } from '../../../src/console/refusals/contract.ts';
import { formatMoment } from '../../ui/dates.ts';
import { serialTail } from '../../ui/hex-value.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { SearchField } from '../search-field.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { rowsOf } from '../table/row-source.ts';
import { useServerNow } from '../use-server-now.ts';
import { REFUSAL_REASONS, reasonOf } from './reason-key.ts';
import { RefusalPanel } from './refusal-panel.tsx';
import classes from './refusals.module.css';
import { type RefusalFilter, useRefusals } from './refusals-api.ts';

const NEAR_END = 20;

/** Who was refused, and why. */
export function RefusalsPage() {
  const { t } = useTranslation('refusals');
  const { productName } = useMe();
  const { refusalId } = useParams({ strict: false });
  const asked = useSearch({ strict: false });
  const search = typeof asked.search === 'string' ? asked.search : '';
  const reason = typeof asked.reason === 'string' ? asked.reason : '';
  const from = typeof asked.from === 'string' ? asked.from : '';
  const to = typeof asked.to === 'string' ? asked.to : '';
  const navigate = useNavigate();
  const query = useRefusals({ search, reason, from, to });
  const columns = useRefusalColumns();
  const rows = query.data?.pages.flatMap(({ refusals }) => refusals);
  const searchedBy = query.data?.pages[0]?.searchedBy;
  const isFiltered = search !== '' || reason !== '' || from !== '' || to !== '';
  const filterBy = useCallback(
    (change: Partial<RefusalFilter>) =>
      void navigate({
        to: '/admin/refusals',
        search: withoutEmpty({ search, reason, from, to, ...change }),
        replace: true,
      }),
    [navigate, search, reason, from, to],
  );
  const onSearch = useCallback((text: string) => filterBy({ search: text }), [filterBy]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const count = rows?.length ?? 0;
  const onRange = useCallback(
    (_: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= count - NEAR_END) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, fetchNextPage, count],
  );
  const keep = { search: withoutEmpty({ search, reason, from, to }) };

  return (
    <ListWithPanel
      panel={
        typeof refusalId === 'string'
          ? {
              key: refusalId,
              title: rows?.find(({ id }) => id === refusalId)?.account.login ?? t('title'),
              content: <RefusalPanel id={refusalId} />,
              onClose: () => void navigate({ to: '/admin/refusals', ...keep }),
            }
          : undefined
      }
    >
      <div className={classes.head}>
        <PageTitle title={t('title')} productName={productName} />
        <p className={classes.lead}>{t('lead')}</p>
      </div>
      {query.isError && rows === undefined ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          id="refusals"
          label={t('title')}
          columns={columns}
          rows={rowsOf(rows)}
          keyOf={({ id }) => id}
          openKey={typeof refusalId === 'string' ? refusalId : undefined}
          onOpen={({ id }) => void navigate({ to: `/admin/refusals/${id}`, ...keep })}
          onRange={onRange}
          empty={
            isFiltered ? (
              <EmptyState title={t('emptyFound')} text={t('emptyFoundText')} />
            ) : (
              <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
            )
          }
          toolbar={
            <>
              <SearchField
                className={classes.search}
                label={t('search')}
                value={search}
                description={search !== '' && searchedBy ? t(`searchedBy.${searchedBy}`) : undefined}
                onSearch={onSearch}
              />
              <NativeSelect
                aria-label={t('reason')}
                value={reason}
                onChange={({ currentTarget }) => filterBy({ reason: currentTarget.value })}
                data={[
                  { value: '', label: t('anyReason') },
                  ...REFUSAL_REASONS.map((each) => ({ value: each, label: t(`reasons.${each}`) })),
                ]}
              />
              {(['from', 'to'] as const).map((end) => (
                <TextInput
                  key={end}
                  size="sm"
                  type="datetime-local"
                  label={t(end)}
                  classNames={{ root: classes.end }}
                  value={end === 'from' ? from : to}
                  onChange={({ currentTarget }) => filterBy({ [end]: currentTarget.value })}
                />
              ))}
            </>
          }
        />
      )}
    </ListWithPanel>
  );
}

function withoutEmpty(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function useRefusalColumns(): readonly Column<RefusalItem>[] {
  const { t } = useTranslation('refusals');
  const now = useServerNow();
  return [
    {
      id: 'reason',
      title: t('columns.reason'),
      width: 'grow',
      shown: 'always',
      render: ({ reason }) => (
        <StatusMark tone="invalid" word={t(`reasons.${reasonOf(reason)}`, { code: reason })} />
      ),
    },
    {
      id: 'account',
      title: t('columns.account'),
      width: 10,
      shown: 'always',
      render: ({ account }) => `${account.login} · ${account.displayName}`,
    },
    { id: 'when', title: t('columns.when'), width: 10, render: ({ at }) => formatMoment(at, now) },
    {
      id: 'address',
      title: t('columns.address'),
      width: 10,
      onlyWide: true,
      render: ({ address }) => address,
    },
    {
      id: 'presented',
      title: t('columns.presented'),
      width: 12,
      onlyWide: true,
      render: ({ presented }) =>
        presented === null ? t('nothing') : `${presented.subject} ${serialTail(presented.serialNumber)}`,
    },
    {
      id: 'application',
      title: t('columns.application'),
      width: 12,
      onlyWide: true,
      render: ({ application }) => application,
    },
  ];
}
