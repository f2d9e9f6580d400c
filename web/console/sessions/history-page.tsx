import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../../src/console/sessions/contract.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { rowsOf } from '../table/row-source.ts';
import { useDeviceName } from './device.ts';
import { reasonKey } from './reason-key.ts';
import { useHistory } from './sessions-api.ts';
import { SessionsHead } from './sessions-head.tsx';

const TONES = { 'signed-in': 'valid', 'sign-in-failed': 'attention', refused: 'invalid' } as const;

/** My last sign-ins, failed attempts and refusals. */
export function HistoryPage() {
  const { t } = useTranslation('sessions');
  const query = useHistory();
  const columns = useHistoryColumns();
  return (
    <ListWithPanel panel={undefined}>
      <SessionsHead view="history" />
      {query.isError ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          id="sessions-history"
          label={t('tabs.history')}
          columns={columns}
          rows={rowsOf(query.data?.events)}
          keyOf={(event) => `${event.at} ${event.kind} ${event.address}`}
          empty={<EmptyState title={t('history.emptyTitle')} text={t('history.emptyText')} />}
        />
      )}
    </ListWithPanel>
  );
}

function useHistoryColumns(): readonly Column<HistoryEvent>[] {
  const { t } = useTranslation('sessions');
  const nameOf = useDeviceName();
  const detailsOf = (event: HistoryEvent): string => {
    switch (event.kind) {
      case 'signed-in':
        return nameOf(event.device);
      case 'sign-in-failed':
        return t('history.attempts', { count: event.count });
      case 'refused':
        return `${event.application}: ${t(reasonKey(event.reason), { code: event.reason })}`;
    }
  };
  return [
    {
      id: 'what',
      title: t('history.what'),
      width: 12,
      shown: 'always',
      render: ({ kind }) => <StatusMark tone={TONES[kind]} word={t(`history.${kind}`)} />,
    },
    { id: 'details', title: t('history.details'), width: 'grow', shown: 'always', render: detailsOf },
    { id: 'when', title: t('history.when'), width: 11, render: ({ at }) => formatDateTime(at) },
    {
      id: 'address',
      title: t('columns.address'),
      width: 10,
      onlyWide: true,
      render: ({ address }) => address,
    },
  ];
}
