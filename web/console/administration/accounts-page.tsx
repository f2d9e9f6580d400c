import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AccountItem, AccountsView } from '../../../src/console/administration/contract.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel, type Panel } from '../panel/list-with-panel.tsx';
import { DataTable } from '../table/data-table.tsx';
import { AccountPanel } from './account-panel.tsx';
import classes from './administration.module.css';
import { CreateForm } from './create-form.tsx';
import { useAccountColumns } from './use-account-columns.tsx';
import { useWindows } from './use-windows.ts';

const LIST = '/admin/accounts';
const FILTERS = ['search', 'certificate', 'expires', 'signedIn', 'status', 'sort', 'direction'] as const;
type Filters = Partial<Record<(typeof FILTERS)[number], string>>;

/** Everybody: search, filters, details at the right. Filters stand in the address. */
export function AccountsPage() {
  const { t } = useTranslation(['administration', 'console']);
  const { productName, account: me } = useMe();
  const navigate = useNavigate();
  const { accountId } = useParams({ strict: false });
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filters: Filters = Object.fromEntries(
    FILTERS.flatMap((name) => (typeof search[name] === 'string' ? [[name, search[name]]] : [])),
  );
  const { rows, count, onRange, failed } = useWindows<AccountsView, AccountItem>(
    'accounts',
    '/api/administration/accounts',
    filters,
    (view) => view.accounts,
  );
  const columns = useAccountColumns();
  const go = (to: string, change: Filters = {}) => {
    const next = { ...filters, ...change };
    const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== ''));
    void navigate({ to, search: kept, replace: to === LIST && accountId === undefined });
  };
  const set = (change: Filters) => go(LIST, change);
  const close = () => go(LIST);
  const panel: Panel | undefined =
    typeof accountId !== 'string'
      ? undefined
      : accountId === 'new'
        ? { key: 'new', title: t('createTitle'), content: <CreateForm onDone={close} />, onClose: close }
        : {
            key: accountId,
            title: t('panel.title'),
            content: <AccountPanel key={accountId} id={accountId} />,
            onClose: close,
          };
  return (
    <ListWithPanel panel={panel}>
      <div className={classes.head}>
        <PageTitle title={t('accounts')} productName={productName} />
        <div className={classes.acts}>
          <Button onClick={() => go(`${LIST}/new`)}>{t('create')}</Button>
          {me.role === 'administrator' && (
            <>
              <Button variant="default" renderRoot={(props) => <Link to="/admin/import" {...props} />}>
                {t('importAct')}
              </Button>
              <Button variant="default" component="a" href="/api/administration/accounts.csv" download>
                {t('exportAct')}
              </Button>
            </>
          )}
          <Button variant="default" renderRoot={(props) => <Link to="/admin/roles" {...props} />}>
            {t('rolesAct')}
          </Button>
        </div>
      </div>
      {failed !== undefined && count === undefined ? (
        <LoadFault error={failed.error} onRetry={() => void failed.refetch()} />
      ) : (
        <DataTable
          id="accounts"
          label={t('accounts')}
          columns={columns}
          rows={rows}
          keyOf={({ id }) => id}
          openKey={panel?.key}
          onOpen={({ id }) => go(`${LIST}/${id}`)}
          onRange={onRange}
          sorting={
            filters.sort === undefined
              ? { column: 'login', direction: 'ascending' }
              : {
                  column: filters.sort,
                  direction: filters.direction === 'descending' ? 'descending' : 'ascending',
                }
          }
          onSort={({ column, direction }) => set({ sort: column, direction })}
          empty={
            <EmptyState
              title={t('emptyTitle')}
              text={t('emptyText')}
              action={
                <Button variant="default" onClick={() => void navigate({ to: LIST })}>
                  {t('filter.reset')}
                </Button>
              }
            />
          }
          toolbar={
            <div className={classes.tools}>
              <TextInput
                size="sm"
                type="search"
                aria-label={t('search')}
                placeholder={t('searchHint')}
                value={filters.search ?? ''}
                onChange={(event) => set({ search: event.currentTarget.value })}
              />
              <NativeSelect
                size="sm"
                aria-label={t('filter.certificate')}
                value={filters.expires ? `within-${filters.expires}` : (filters.certificate ?? '')}
                onChange={({ currentTarget: { value } }) =>
                  set(
                    value.startsWith('within-')
                      ? { expires: value.slice(7), certificate: '' }
                      : { certificate: value, expires: '' },
                  )
                }
                data={[
                  { value: '', label: `${t('filter.certificate')}: ${t('any')}` },
                  ...(['none', 'active', 'expired', 'suspended', 'revoked'] as const).map((value) => ({
                    value,
                    label: t(`state.${value}`),
                  })),
                  ...[7, 14, 30, 90].map((count) => ({
                    value: `within-${count}`,
                    label: `${t('filter.expires')} ${t('filter.within', { count })}`,
                  })),
                ]}
              />
              <NativeSelect
                size="sm"
                aria-label={t('filter.people')}
                value={filters.status ?? filters.signedIn ?? ''}
                onChange={({ currentTarget: { value } }) =>
                  set({
                    status: value === 'blocked' ? value : '',
                    signedIn: value === 'never' ? value : '',
                  })
                }
                data={[
                  { value: '', label: `${t('filter.people')}: ${t('any')}` },
                  { value: 'never', label: t('filter.never') },
                  { value: 'blocked', label: t('filter.blocked') },
                ]}
              />
              <span className={classes.found} role="status">
                {count !== undefined && t('found', { count })}
              </span>
            </div>
          }
        />
      )}
    </ListWithPanel>
  );
}
