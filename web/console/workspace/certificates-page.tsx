import { Button, Group } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateItem } from '../../../src/console/workspace/contract.ts';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { useCertificatePanel } from './certificate-panel.tsx';
import { useFilters } from './filters.ts';
import { GroupHeadingContent } from './group-heading.tsx';
import { type GroupHeading, groupRows } from './grouped-rows.ts';
import { wordsOf } from './hits.ts';
import { ImportButton } from './import-button.tsx';
import { ListTools } from './list-tools.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { SelectionTools } from './selection-tools.tsx';
import { useCertificateColumns } from './use-certificate-columns.tsx';
import { useCertificates, useGroups } from './workspace-api.ts';
import { WorkspaceHead } from './workspace-head.tsx';

const STORES = ['personal', 'others', 'authorities'] as const;
type ListRow = CertificateItem | GroupHeading;
const isHeading = (row: ListRow): row is GroupHeading => 'kind' in row;

/** The certificates of one store, or of all. */
export function CertificatesPage() {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const { sha256 } = useParams({ strict: false });
  const state = useFilters();
  const { filters, sorting, group, set } = state;
  const list = useGroupedCertificates(filters, group);
  const columns = useListColumns(filters.q);
  const store = STORES.find((each) => each === filters.store) ?? 'all';
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<readonly string[]>();
  const search = { ...filters, ...(group && { group }) };
  const close = () => void navigate({ to: '/certificates', search });
  const panel = useCertificatePanel(typeof sha256 === 'string' ? sha256 : undefined, {
    onClose: close,
    onRemove: (one) => setRemoving([one]),
  });
  const toggle = (key: string) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  return (
    <ListWithPanel panel={panel}>
      <WorkspaceHead store={store} />
      {list.error !== undefined && list.error !== null ? (
        <LoadFault error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <DataTable
          id="certificates"
          label={t('title')}
          columns={columns}
          rows={list.rows}
          onRange={list.onRange}
          keyOf={(row) => (isHeading(row) ? `group ${row.group.value}` : row.sha256)}
          headingOf={(row) =>
            isHeading(row) && group !== undefined ? (
              <GroupHeadingContent by={group} group={row.group} onChoose={set} />
            ) : undefined
          }
          openKey={panel?.key}
          onOpen={(row) => {
            if (!isHeading(row)) void navigate({ to: `/certificates/${row.sha256}`, search });
          }}
          selection={{ keys: selected, onToggle: toggle }}
          sorting={sorting}
          onSort={({ column, direction }) => set({ sort: column, direction })}
          empty={
            state.isNarrowed ? (
              <EmptyState
                title={t('empty.found')}
                text={t(store === 'all' ? 'empty.foundText' : 'empty.foundInStore')}
                action={
                  <Group gap="sm">
                    {store !== 'all' && (
                      <Button onClick={() => set({ store: undefined })}>{t('empty.everywhere')}</Button>
                    )}
                    <Button variant="default" onClick={state.clear}>
                      {t('filters.clear')}
                    </Button>
                  </Group>
                }
              />
            ) : (
              <EmptyState title={t(`empty.${store}`)} text={t('empty.text')} action={<ImportButton />} />
            )
          }
          toolbar={
            selected.size > 0 ? (
              <SelectionTools
                selected={selected}
                filters={filters}
                onSelect={setSelected}
                onRemove={() => setRemoving([...selected])}
              />
            ) : (
              <ListTools {...state} />
            )
          }
        />
      )}
      {removing !== undefined && (
        <RemoveDialog
          sha256s={removing}
          onClose={(outcome) => {
            setRemoving(undefined);
            if (outcome === 'left') return;
            setSelected(new Set());
            if (panel !== undefined && removing.includes(panel.key)) close();
          }}
        />
      )}
    </ListWithPanel>
  );
}

/** The rows as they are shown: with a heading above each group, where there are groups. */
function useGroupedCertificates(
  filters: ReturnType<typeof useFilters>['filters'],
  group: ReturnType<typeof useFilters>['group'],
) {
  const certificates = useCertificates(group === undefined ? filters : { ...filters, group });
  const { sort: _sort, direction: _direction, ...found } = filters;
  const groups = useGroups(found, group);
  const { rows, onRange } = certificates;
  const grouped = useMemo(() => groupRows(rows, groups.data?.groups), [rows, groups.data]);
  const onGroupedRange = useCallback(
    (first: number, last: number) => onRange(grouped.dataIndexOf(first), grouped.dataIndexOf(last)),
    [onRange, grouped],
  );
  if (group === undefined) return certificates;
  return {
    rows: grouped,
    onRange: onGroupedRange,
    error: certificates.error ?? groups.error,
    refetch: () => Promise.all([certificates.refetch(), groups.refetch()]),
  };
}

function useListColumns(search: string | undefined): readonly Column<ListRow>[] {
  const words = useMemo(() => wordsOf(search), [search]);
  const columns = useCertificateColumns(words);
  return columns.map((column) => ({
    ...column,
    render: (row: ListRow) => (isHeading(row) ? null : column.render(row)),
  }));
}
