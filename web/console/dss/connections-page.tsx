import { Anchor, Button } from '@mantine/core';
import { IconCloudDownload } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../src/console/dss/contract.ts';
import { formatDateTime, formatMoment } from '../../ui/dates.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { EmptyState } from '../empty-state.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { rowsOf } from '../table/row-source.ts';
import { useServerNow } from '../use-server-now.ts';
import { ConnectionPanel } from './connection-panel.tsx';
import classes from './dss.module.css';
import { useConnections } from './dss-api.ts';

const TONES = { 'signed-in': 'valid', 'sign-in-needed': 'unknown', error: 'invalid' } as const;

/** My connections to CryptoPro DSS. */
export function ConnectionsPage() {
  const { t } = useTranslation('dss');
  const { productName } = useMe();
  const { connectionId } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useConnections();
  const columns = useConnectionColumns();
  const connections = query.data?.connections;
  const close = () => void navigate({ to: '/dss' });
  const add = (
    <Button
      leftSection={<IconCloudDownload size={20} aria-hidden="true" />}
      renderRoot={(props) => <Link to="/dss/new" {...props} />}
    >
      {t('import')}
    </Button>
  );
  const open = connections?.find(({ id }) => id === connectionId);
  const panel =
    connectionId === undefined || connections === undefined
      ? undefined
      : {
          key: connectionId,
          title: open?.name ?? t('panel.gone'),
          content:
            open === undefined ? (
              <p>{t('panel.goneText')}</p>
            ) : (
              <ConnectionPanel connection={open} onGone={close} />
            ),
          onClose: close,
        };
  return (
    <ListWithPanel panel={panel}>
      <div className={classes.head}>
        <PageTitle title={t('title')} productName={productName} />
        <p className={classes.lead}>
          {t('lead')}{' '}
          <Anchor renderRoot={(props) => <Link to="/dss/help/certificate" {...props} />}>{t('help')}</Anchor>
        </p>
      </div>
      {query.isError && connections === undefined ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          id="dss-connections"
          label={t('title')}
          columns={columns}
          rows={rowsOf(connections)}
          keyOf={({ id }) => id}
          openKey={panel?.key}
          onOpen={({ id }) => void navigate({ to: `/dss/connections/${id}` })}
          empty={<EmptyState title={t('empty.title')} text={t('empty.text')} action={add} />}
          toolbar={connections !== undefined && connections.length > 0 && add}
        />
      )}
    </ListWithPanel>
  );
}

function useConnectionColumns(): readonly Column<ConnectionView>[] {
  const { t } = useTranslation('dss');
  const now = useServerNow();
  return [
    { id: 'name', title: t('columns.name'), width: 'grow', shown: 'always', render: ({ name }) => name },
    {
      id: 'state',
      title: t('columns.state'),
      width: 15,
      shown: 'always',
      render: ({ state, failedAt }) => (
        <StatusMark
          tone={TONES[state]}
          word={t(`state.${state}`)}
          reason={failedAt === null ? undefined : t('state.since', { when: formatMoment(failedAt, now) })}
        />
      ),
    },
    { id: 'login', title: t('columns.login'), width: 10, onlyWide: true, render: ({ login }) => login },
    {
      id: 'certificates',
      title: t('columns.certificates'),
      width: 8,
      align: 'end',
      onlyWide: true,
      render: ({ certificates }) =>
        String(certificates.filter(({ vanishedAt }) => vanishedAt === null).length),
    },
    {
      id: 'refreshed',
      title: t('columns.refreshed'),
      width: 11,
      onlyWide: true,
      render: ({ refreshedAt }) => (refreshedAt === null ? t('never') : formatDateTime(refreshedAt)),
    },
    {
      id: 'server',
      title: t('columns.server'),
      width: 16,
      shown: 'later',
      onlyWide: true,
      render: ({ dssServer }) => dssServer,
    },
  ];
}
