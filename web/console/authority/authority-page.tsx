import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AuthorityView, IssuerView } from '../../../src/console/authority/contract.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { CopyableCommand } from '../copyable-command.tsx';
import { CopyableHex } from '../copyable-hex.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { Facts } from '../panel/facts.tsx';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { DataTable } from '../table/data-table.tsx';
import { rowsOf } from '../table/row-source.ts';
import classes from './authority.module.css';
import { useAuthority } from './authority-api.ts';
import { IssuerState, useIssuerColumns } from './use-issuer-columns.tsx';
import { WarningList } from './warning-list.tsx';

/** Issuers, keys and lists. */
export function AuthorityPage() {
  const { t } = useTranslation('authority');
  const { productName } = useMe();
  const { issuerId } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useAuthority();
  const columns = useIssuerColumns();
  const view = query.data;
  const open = view?.issuers.find(({ id }) => id === issuerId);
  return (
    <ListWithPanel
      panel={
        typeof issuerId === 'string' && view !== undefined
          ? {
              key: issuerId,
              title: open?.subject ?? t('gone'),
              content: open && <IssuerFacts issuer={open} />,
              onClose: () => void navigate({ to: '/admin/authority' }),
            }
          : undefined
      }
    >
      <div className={classes.head}>
        <PageTitle title={t('title')} productName={productName} />
        <p className={classes.lead}>{t('lead')}</p>
        {view !== undefined && <State view={view} />}
      </div>
      {query.isError && view === undefined ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div className={classes.table}>
          <DataTable
            id="authority"
            label={t('title')}
            columns={columns}
            rows={rowsOf(view?.issuers)}
            keyOf={({ id }) => id}
            openKey={typeof issuerId === 'string' ? issuerId : undefined}
            onOpen={({ id }) => void navigate({ to: `/admin/authority/${id}` })}
            // There is always one: the server makes it at its first start.
            empty={null}
          />
        </div>
      )}
      {view !== undefined && <Cards view={view} />}
    </ListWithPanel>
  );
}

function State({ view: { warnings, requestedAt } }: { readonly view: AuthorityView }) {
  const { t } = useTranslation('authority');
  return (
    <>
      <WarningList warnings={warnings} />
      {requestedAt !== null && (
        <Notice tone="accent" title={t('requested', { at: formatDateTime(requestedAt) })}>
          <p>{t('requestedText')}</p>
          <CopyableCommand command={t('commands.install')} />
        </Notice>
      )}
      {warnings.length === 0 && (
        <Notice tone="valid" title={t('fine')}>
          <p>{t('fineText')}</p>
        </Notice>
      )}
    </>
  );
}

const RESPONDER_TONES = { answers: 'valid', silent: 'invalid', none: 'unknown' } as const;

function Cards({ view: { server, responder } }: { readonly view: AuthorityView }) {
  const { t } = useTranslation('authority');
  return (
    <div className={classes.cards}>
      <section className={classes.card}>
        <h2>{t('server')}</h2>
        <Facts
          items={[
            { name: t('subject'), value: server.subject },
            { name: t('serverUntil'), value: formatDate(server.notAfter) },
            { name: t('serverHosts'), value: server.hosts.join(', ') },
          ]}
        />
      </section>
      <section className={classes.card}>
        <h2>{t('responder')}</h2>
        <StatusMark tone={RESPONDER_TONES[responder.state]} word={t(`responderStates.${responder.state}`)} />
        {responder.url !== null && <Facts items={[{ name: t('address'), value: responder.url }]} />}
      </section>
      <section className={classes.card}>
        <h2>{t('rotate')}</h2>
        <p>{t('rotateText')}</p>
        <CopyableCommand command="propusk ca rotate" />
        <p>{t('corporateText')}</p>
        <CopyableCommand command={t('commands.request')} />
        <CopyableCommand command={t('commands.install')} />
        <p>{t('looked')}</p>
        <CopyableCommand command="propusk doctor" />
      </section>
    </div>
  );
}

function IssuerFacts({ issuer }: { readonly issuer: IssuerView }) {
  const { t } = useTranslation('authority');
  return (
    <Facts
      items={[
        { name: t('columns.state'), value: <IssuerState issuer={issuer} /> },
        { name: t('subject'), value: `${issuer.subject}, ${t(`roles.${issuer.role}`)}` },
        {
          name: t('serial'),
          value: <CopyableHex hex={issuer.serialNumber} what={t('serial')} whole />,
        },
        {
          name: t('fingerprint'),
          value: <CopyableHex hex={issuer.sha256Fingerprint} what={t('fingerprint')} whole />,
        },
        { name: t('from'), value: formatDate(issuer.notBefore) },
        { name: t('columns.until'), value: formatDate(issuer.notAfter) },
        { name: t('columns.key'), value: issuer.hasKey ? t('keyHere') : t('keyAway') },
        { name: t('columns.certificates'), value: String(issuer.certificates) },
        {
          name: t('columns.list'),
          value: issuer.list
            ? t(issuer.list.isOverdue ? 'listOverdue' : 'list', {
                number: issuer.list.number,
                until: formatDateTime(issuer.list.nextUpdate),
              })
            : t('listNone'),
        },
        { name: t('listAddress'), value: issuer.listUrl },
      ]}
    />
  );
}
