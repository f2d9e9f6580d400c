import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateItem, CertificatesView } from '../../../src/console/administration/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { serialTail } from '../../ui/hex-value.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import classes from './administration.module.css';
import { CertificatePanel } from './certificate-panel.tsx';
import { RevokeManyDialog } from './revoke-many-dialog.tsx';
import { StateMark } from './state-mark.tsx';
import { useWindows } from './use-windows.ts';

const LIST = '/admin/certificates';
const SELECTED_MAX = 1_000;
const STATES = ['active', 'expired', 'superseded', 'suspended', 'revoked'] as const;

/** All certificates that were issued. */
export function CertificatesPage() {
  const { t } = useTranslation('administration');
  const { productName, account: me } = useMe();
  const navigate = useNavigate();
  const { certificateId } = useParams({ strict: false });
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filters: Record<string, string> = Object.fromEntries(
    ['search', 'state', 'expires'].flatMap((name) =>
      typeof search[name] === 'string' ? [[name, search[name]]] : [],
    ),
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [revoking, setRevoking] = useState(false);
  const { rows, count, onRange, failed } = useWindows<CertificatesView, CertificateItem>(
    'certificates',
    '/api/administration/certificates',
    filters,
    (view) => view.certificates,
  );
  const columns = useCertificateColumns();
  const go = (to: string, change: Record<string, string> = {}) => {
    const kept = Object.entries({ ...filters, ...change }).filter(([, value]) => value !== '');
    void navigate({ to, search: Object.fromEntries(kept) });
  };
  const toggle = (key: string) => {
    const next = new Set(selected);
    if (!next.delete(key) && next.size < SELECTED_MAX) next.add(key);
    setSelected(next);
  };
  return (
    <ListWithPanel
      panel={
        typeof certificateId === 'string'
          ? {
              key: certificateId,
              title: t('columns.certificate'),
              content: <CertificatePanel key={certificateId} id={certificateId} />,
              onClose: () => go(LIST),
            }
          : undefined
      }
    >
      <PageTitle title={t('certificates')} productName={productName} />
      {failed !== undefined && count === undefined ? (
        <LoadFault error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <DataTable
          id="access-certificates"
          label={t('certificates')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          openKey={typeof certificateId === 'string' ? certificateId : undefined}
          onOpen={({ id }) => go(`${LIST}/${id}`)}
          onRange={onRange}
          {...(me.role === 'administrator' ? { selection: { keys: selected, onToggle: toggle } } : {})}
          empty={<EmptyState title={t('emptyCertificates')} text={t('emptyText')} />}
          toolbar={
            <div className={classes.tools}>
              <TextInput
                size="sm"
                type="search"
                aria-label={t('search')}
                placeholder={t('searchCertificates')}
                value={filters.search ?? ''}
                onChange={(event) => go(LIST, { search: event.currentTarget.value })}
              />
              <NativeSelect
                size="sm"
                aria-label={t('columns.certificate')}
                value={filters.expires === undefined ? (filters.state ?? '') : `within-${filters.expires}`}
                onChange={({ currentTarget: { value } }) =>
                  go(
                    LIST,
                    value.startsWith('within-')
                      ? { expires: value.slice(7), state: '' }
                      : { state: value, expires: '' },
                  )
                }
                data={[
                  { value: '', label: t('any') },
                  ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
                  ...[7, 14, 30, 90].map((days) => ({
                    value: `within-${days}`,
                    label: `${t('filter.expires')} ${t('filter.within', { count: days })}`,
                  })),
                ]}
              />
              {selected.size > 0 && (
                <Button size="sm" variant="default" onClick={() => setRevoking(true)}>
                  {t('act.revokeMany', { count: selected.size })}
                </Button>
              )}
              <span className={classes.found} role="status">
                {count !== undefined && t('found', { count })}
              </span>
            </div>
          }
        />
      )}
      {revoking && (
        <RevokeManyDialog
          ids={[...selected]}
          onClose={() => {
            setRevoking(false);
            setSelected(new Set());
          }}
        />
      )}
    </ListWithPanel>
  );
}

function useCertificateColumns(): readonly Column<CertificateItem>[] {
  const { t } = useTranslation('administration');
  return [
    {
      id: 'login',
      title: t('columns.login'),
      width: 'grow',
      shown: 'always',
      render: ({ login }) => login,
    },
    {
      id: 'name',
      title: t('columns.name'),
      width: 'grow',
      onlyWide: true,
      render: ({ displayName }) => displayName,
    },
    {
      id: 'state',
      title: t('columns.certificate'),
      width: 15,
      render: (certificate) => <StateMark certificate={certificate} />,
    },
    {
      id: 'serial',
      title: t('columns.serial'),
      width: 9,
      onlyWide: true,
      render: ({ serialNumber }) => `…${serialTail(serialNumber).replace('…', '')}`,
    },
    {
      id: 'issued',
      title: t('columns.issued'),
      width: 8,
      onlyWide: true,
      render: ({ issuedAt }) => formatDate(issuedAt),
    },
    {
      id: 'until',
      title: t('columns.until'),
      width: 9,
      onlyWide: true,
      render: ({ notAfter }) => formatDate(notAfter),
    },
  ];
}
