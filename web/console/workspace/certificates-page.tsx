import { Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { DataTable } from '../table/data-table.tsx';
import { useCertificatePanel } from './certificate-panel.tsx';
import { type GroupBy, useFilters } from './filters.ts';
import { GroupBar } from './group-bar.tsx';
import { ImportButton } from './import-button.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { useCertificateColumns } from './use-certificate-columns.tsx';
import classes from './workspace.module.css';
import { useCertificates, useExport, useFoundKeys } from './workspace-api.ts';
import { WorkspaceHead } from './workspace-head.tsx';

const SEARCH_DELAY_MS = 200;
const STORES = ['personal', 'others', 'authorities'] as const;

/** The certificates of one store, or of all. */
export function CertificatesPage() {
  const { t } = useTranslation('workspace');
  const navigate = useNavigate();
  const { sha256 } = useParams({ strict: false });
  const { filters, sorting, group, set } = useFilters();
  const { rows, onRange, error, refetch } = useCertificates(filters);
  const columns = useCertificateColumns();
  const store = STORES.find((each) => each === filters.store) ?? 'all';
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<readonly string[]>();
  const search = { ...filters, ...(group && { group }) };
  const close = () => void navigate({ to: '/certificates', search });
  const panel = useCertificatePanel(typeof sha256 === 'string' ? sha256 : undefined, {
    onClose: close,
    onRemove: (one) => setRemoving([one]),
  });
  const { store: _store, sort: _sort, direction: _direction, ...narrowing } = filters;
  const isNarrowed = Object.keys(narrowing).length > 0;
  const toggle = (key: string) =>
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });

  return (
    <ListWithPanel panel={panel}>
      <WorkspaceHead store={store} />
      {group !== undefined && <GroupBar filters={filters} by={group} onChoose={set} />}
      {error !== undefined && error !== null ? (
        <LoadFault error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          id="certificates"
          label={t('title')}
          columns={columns}
          rows={rows}
          onRange={onRange}
          keyOf={(row) => row.sha256}
          openKey={panel?.key}
          onOpen={(row) => void navigate({ to: `/certificates/${row.sha256}`, search })}
          selection={{ keys: selected, onToggle: toggle }}
          sorting={sorting}
          onSort={({ column, direction }) => set({ sort: column, direction })}
          empty={
            isNarrowed ? (
              <EmptyState
                title={t('empty.found')}
                text={t('empty.foundText')}
                action={
                  <Button variant="default" onClick={() => void navigate({ to: '/certificates' })}>
                    {t('filters.clear')}
                  </Button>
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
              <div className={classes.tools}>
                <SearchField value={filters.q ?? ''} onSearch={(q) => set({ q })} />
                <NativeSelect
                  size="sm"
                  aria-label={t('filters.ends')}
                  value={filters.ends ?? ''}
                  onChange={(event) => set({ ends: event.currentTarget.value })}
                  data={[
                    { value: '', label: t('filters.anyEnd') },
                    { value: 'soon', label: t('filters.soon') },
                    { value: 'expired', label: t('filters.expired') },
                    { value: 'later', label: t('filters.later') },
                  ]}
                />
                <NativeSelect
                  size="sm"
                  aria-label={t('filters.group')}
                  value={group ?? ''}
                  onChange={(event) => {
                    const value = event.currentTarget.value as GroupBy | '';
                    set({ group: value, issuer: undefined, organisation: undefined, algorithm: undefined });
                  }}
                  data={[
                    { value: '', label: t('filters.noGroup') },
                    { value: 'issuer', label: t('filters.byIssuer') },
                    { value: 'organisation', label: t('filters.byOrganisation') },
                    { value: 'algorithm', label: t('filters.byAlgorithm') },
                  ]}
                />
              </div>
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

interface SelectionToolsProps {
  readonly selected: ReadonlySet<string>;
  readonly filters: Readonly<Record<string, string>>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly onRemove: () => void;
}

function SelectionTools({ selected, filters, onSelect, onRemove }: SelectionToolsProps) {
  const { t } = useTranslation('workspace');
  const findKeys = useFoundKeys();
  const exporting = useExport();
  const formats =
    selected.size === 1 ? (['der', 'pem', 'chain', 'p7b'] as const) : (['zip', 'p7b', 'pem'] as const);
  return (
    <div className={classes.tools}>
      <b>{t('selected', { count: selected.size })}</b>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <Button size="sm" variant="default" loading={exporting.isPending}>
            {t('export.act')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} onClick={() => exporting.mutate({ sha256s: [...selected], format })}>
              {t(`export.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button size="sm" variant="default" onClick={onRemove}>
        {t('remove.act')}
      </Button>
      <Button
        size="sm"
        variant="subtle"
        onClick={() =>
          void findKeys(filters).then(
            ({ sha256s }) => onSelect(new Set(sha256s)),
            () => {},
          )
        }
      >
        {t('selectAll')}
      </Button>
      <Button size="sm" variant="subtle" onClick={() => onSelect(new Set())}>
        {t('clearSelection')}
      </Button>
    </div>
  );
}
