import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditLogEvent } from '../../../src/console/audit-log/contract.ts';
import { formatMoment } from '../../ui/dates.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { EmptyState } from '../empty-state.tsx';
import { useEventTitle } from '../event-titles/event-title.ts';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { rowsOf } from '../table/row-source.ts';
import { useServerNow } from '../use-server-now.ts';
import classes from './audit-log.module.css';
import { useAuditLog, useTail } from './audit-log-api.ts';
import { type AuditLogFilter, queryOf, readFilter } from './audit-log-filter.ts';
import { ChainState } from './chain-state.tsx';
import { EventPanel } from './event-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useDetails } from './present-details.ts';

const NEAR_END = 30;

/** Everything that happened. */
export function AuditLogPage() {
  const { t } = useTranslation('audit-log');
  const { productName, account } = useMe();
  const { sequence } = useParams({ strict: false });
  const filter = readFilter(useSearch({ strict: false }));
  const asked = queryOf(filter).toString();
  const navigate = useNavigate();
  const [isLive, setIsLive] = useState(true);
  const query = useAuditLog(asked);
  const pages = query.data?.pages;
  const known = pages?.flatMap(({ events }) => events);
  const fresh = useTail(asked, known && (known[0]?.sequence ?? 0), isLive);
  const rows = known && [...fresh, ...known];
  const loginKnown = pages?.[0]?.loginKnown !== false;
  const columns = useColumns();
  const keep = { search: withoutEmpty(filter) };
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const count = rows?.length ?? 0;
  const onRange = useCallback(
    (_: number, last: number) => {
      if (hasNextPage && !isFetchingNextPage && last >= count - NEAR_END) void fetchNextPage();
    },
    [hasNextPage, isFetchingNextPage, fetchNextPage, count],
  );

  return (
    <ListWithPanel
      panel={
        typeof sequence === 'string'
          ? {
              key: sequence,
              title: `№ ${sequence}`,
              content: <EventPanel sequence={sequence} />,
              onClose: () => void navigate({ to: '/admin/journal', ...keep }),
            }
          : undefined
      }
    >
      <div className={classes.head}>
        <PageTitle title={t('title')} productName={productName} />
        <p className={classes.lead}>{account.role === 'operator' ? t('operator') : t('lead')}</p>
        {account.role === 'administrator' && <ChainState />}
      </div>
      {query.isError && rows === undefined ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          id="audit-log"
          label={t('title')}
          columns={columns}
          rows={rowsOf(rows)}
          keyOf={(event) => String(event.sequence)}
          openKey={typeof sequence === 'string' ? sequence : undefined}
          onOpen={(event) => void navigate({ to: `/admin/journal/${event.sequence}`, ...keep })}
          onRange={onRange}
          empty={
            loginKnown ? (
              <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <EmptyState title={t('unknownLogin')} text={t('unknownLoginText')} />
            )
          }
          toolbar={
            <FilterBar
              filter={filter}
              exportQuery={account.role === 'administrator' ? asked : undefined}
              isLive={isLive}
              onLive={setIsLive}
              onFilter={(next) =>
                void navigate({ to: '/admin/journal', search: withoutEmpty(next), replace: true })
              }
            />
          }
        />
      )}
    </ListWithPanel>
  );
}

function withoutEmpty(filter: AuditLogFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

function useColumns(): readonly Column<AuditLogEvent>[] {
  const { t } = useTranslation('audit-log');
  const titleOf = useEventTitle();
  const detailsOf = useDetails();
  const now = useServerNow();
  return [
    {
      id: 'number',
      title: t('columns.number'),
      width: 5,
      align: 'end',
      shown: 'later',
      onlyWide: true,
      render: ({ sequence }) => String(sequence),
    },
    {
      id: 'when',
      title: t('columns.when'),
      width: 10.5,
      shown: 'always',
      render: ({ at }) => formatMoment(at, now),
    },
    {
      id: 'what',
      title: t('columns.what'),
      width: 'grow',
      shown: 'always',
      render: ({ type }) => titleOf(type),
    },
    {
      id: 'who',
      title: t('columns.who'),
      width: 11,
      onlyWide: true,
      render: ({ actor }) => (actor.kind === 'account' ? actor.person.login : t(`actors.${actor.kind}`)),
    },
    {
      id: 'about',
      title: t('columns.about'),
      width: 10,
      onlyWide: true,
      render: ({ person, actor }) =>
        person === null
          ? ''
          : actor.kind === 'account' && actor.person.id === person.id
            ? t('self')
            : person.login,
    },
    {
      id: 'details',
      title: t('columns.details'),
      width: 20,
      onlyWide: true,
      render: (event) =>
        detailsOf(event)
          .filter(({ isInternal }) => !isInternal)
          .map(({ name, value }) => `${name}: ${value}`)
          .join(' · '),
    },
  ];
}
