import { Button } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListItem } from '../../../src/console/workspace/contract.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { CopyableHex } from '../copyable-hex.tsx';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { Facts } from '../panel/facts.tsx';
import { ListWithPanel, type Panel } from '../panel/list-with-panel.tsx';
import { ListContents } from '../status/list-contents.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { ImportButton } from './import-button.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import classes from './workspace.module.css';
import { useList, useLists } from './workspace-api.ts';
import { WorkspaceHead } from './workspace-head.tsx';

const NO_FILTERS = {};

/** «Списки отзыва». */
export function ListsPage() {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const { listSha256 } = useParams({ strict: false });
  const { rows, onRange, error, refetch } = useLists(NO_FILTERS);
  const [removing, setRemoving] = useState<string>();
  const close = () => void navigate({ to: '/certificates/lists' });
  const panel = useListPanel(typeof listSha256 === 'string' ? listSha256 : undefined, close, setRemoving);
  const columns: readonly Column<ListItem>[] = [
    {
      id: 'issuer',
      title: t('columns.issuer'),
      width: 'grow',
      shown: 'always',
      render: ({ issuer }) => issuer,
    },
    {
      id: 'this-update',
      title: t('columns.thisUpdate'),
      width: 9,
      render: ({ thisUpdate }) => formatDate(thisUpdate),
    },
    {
      id: 'next-update',
      title: t('columns.nextUpdate'),
      width: 9,
      render: ({ nextUpdate }) => (nextUpdate === null ? '—' : formatDate(nextUpdate)),
    },
    {
      id: 'entries',
      title: t('columns.entries'),
      width: 8,
      align: 'end',
      onlyWide: true,
      render: ({ entryCount }) => String(entryCount),
    },
    {
      id: 'number',
      title: t('columns.number'),
      width: 9,
      onlyWide: true,
      render: ({ number }) => number ?? '—',
    },
  ];
  return (
    <ListWithPanel panel={panel}>
      <WorkspaceHead store="revocation-lists" />
      {error !== undefined && error !== null ? (
        <LoadFault error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          id="revocation-lists"
          label={t('stores.revocation-lists')}
          columns={columns}
          rows={rows}
          onRange={onRange}
          keyOf={({ sha256 }) => sha256}
          openKey={panel?.key}
          onOpen={({ sha256 }) => void navigate({ to: `/certificates/lists/${sha256}` })}
          empty={<EmptyState title={t('empty.lists')} text={t('empty.text')} action={<ImportButton />} />}
        />
      )}
      {removing !== undefined && (
        <RemoveDialog
          sha256s={[removing]}
          onClose={(outcome) => {
            setRemoving(undefined);
            if (outcome === 'removed') close();
          }}
        />
      )}
    </ListWithPanel>
  );
}

function useListPanel(
  sha256: string | undefined,
  onClose: () => void,
  onRemove: (sha256: string) => void,
): Panel | undefined {
  const { t } = useTranslation('workspace');
  const { data, isError } = useList(sha256);
  if (sha256 === undefined) return undefined;
  if (isError)
    return { key: sha256, title: t('details.gone'), content: <p>{t('details.goneText')}</p>, onClose };
  if (data === undefined) return { key: `${sha256}-loading`, title: '…', content: null, onClose };
  return {
    key: sha256,
    title: data.issuer,
    onClose,
    content: (
      <>
        <div className={classes.buttons}>
          <Button
            component="a"
            size="sm"
            variant="default"
            href={`/api/workspace/lists/${sha256}/file`}
            download
          >
            {t('export.list')}
          </Button>
          <Button size="sm" variant="default" onClick={() => onRemove(sha256)}>
            {t('remove.act')}
          </Button>
        </div>
        {data.isDelta && <p>{t('details.delta')}</p>}
        <Facts
          items={[
            { name: t('columns.entries'), value: String(data.entryCount) },
            { name: t('columns.number'), value: data.number ?? '—' },
            { name: t('columns.thisUpdate'), value: formatDateTime(data.thisUpdate) },
            {
              name: t('columns.nextUpdate'),
              value: data.nextUpdate === null ? '—' : formatDateTime(data.nextUpdate),
            },
            { name: t('details.size'), value: t('details.bytes', { count: data.size }) },
            {
              name: t('columns.source'),
              value: data.sources.map((source) => t(`sources.${source}`)).join(', '),
            },
            {
              name: t('details.fingerprint'),
              value: <CopyableHex hex={sha256} what={t('details.fingerprint')} whole />,
            },
          ]}
        />
        <ListContents sha256={sha256} />
      </>
    ),
  };
}
