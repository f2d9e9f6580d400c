import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewPeriod, OverviewView } from '../../../src/console/overview/contract.ts';
import { Choice } from '../../ui/choice.tsx';
import { daysUntil, formatDate, formatMoment } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { StatusMark, type StatusTone } from '../../ui/status-mark.tsx';
import { WarningList } from '../authority/warning-list.tsx';
import { useConsole } from '../console-context.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { useMe } from '../me.ts';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { useDeliveryFailure } from '../use-delivery-failure.ts';
import { useServerNow } from '../use-server-now.ts';
import classes from './overview.module.css';
import { useOverview } from './overview-api.ts';
import { RefusalsCard } from './refusals-card.tsx';

const PERIODS = ['day', 'fortnight'] as const satisfies readonly OverviewPeriod[];
/** Headers have whole seconds, and an answer takes its time. */
const CLOCK_MAX_MS = 60_000;

/** How things stand. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const { productName } = useMe();
  const [period, setPeriod] = useState<OverviewPeriod>('day');
  const query = useOverview(period);
  return (
    <ListWithPanel panel={undefined}>
      <div className={classes.head}>
        <PageTitle title={t('title')} productName={productName} />
        <Choice
          label={t('period')}
          value={period}
          onChange={setPeriod}
          options={PERIODS.map((each) => ({ value: each, label: t(`periods.${each}`) }))}
        />
      </div>
      {query.data !== undefined ? (
        <Content view={query.data} />
      ) : query.isError ? (
        <LoadFault error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={480} />
      )}
    </ListWithPanel>
  );
}

function Content({ view }: { readonly view: OverviewView }) {
  return (
    <>
      <Attention view={view} />
      <div className={classes.cards}>
        <PresentCard view={view} />
        <CertificatesCard view={view} />
        <ExpiringCard view={view} />
        <MessagesCard view={view} />
        <RefusalsCard view={view} />
      </div>
    </>
  );
}

function Attention({ view: { warnings, lateReceivers } }: { readonly view: OverviewView }) {
  const { t } = useTranslation('overview');
  const { http } = useConsole();
  const now = useServerNow();
  const offsetMs = Math.abs(http.clockOffsetMs());
  return (
    <>
      <WarningList warnings={warnings} />
      {lateReceivers.map(({ receiver, behind, since, failure }) => (
        <Notice
          key={receiver}
          tone="attention"
          title={t('late.title', { receiver, count: behind, since: formatMoment(since, now) })}
        >
          <p>{t(`late.${failure ?? 'waiting'}`)}</p>
          <p>{t('late.kept')}</p>
        </Notice>
      ))}
      {offsetMs > CLOCK_MAX_MS && (
        <Notice tone="attention" title={t('clock', { minutes: Math.round(offsetMs / 60_000) })} />
      )}
    </>
  );
}

interface CardProps {
  readonly title: string;
  readonly number: number;
  readonly unit?: string;
  readonly children: ReactNode;
}

function Card({ title, number, unit, children }: CardProps) {
  return (
    <section className={classes.card}>
      <h2>{title}</h2>
      <p className={classes.figure}>
        <span className={classes.number}>{number}</span>
        {unit !== undefined && <span className={classes.dimmed}>{unit}</span>}
      </p>
      {children}
    </section>
  );
}

function PresentCard({ view: { present } }: { readonly view: OverviewView }) {
  const { t } = useTranslation('overview');
  const now = useServerNow();
  const { people, sessions, newest } = present;
  return (
    <Card title={t('present')} number={people} unit={t('sessions', { count: sessions })}>
      {newest.length === 0 ? (
        <p className={classes.dimmed}>{t('nobody')}</p>
      ) : (
        <ul className={classes.lines}>
          {newest.map(({ accountId, login, displayName, lastSeenAt, address }) => (
            <li key={`${accountId} ${lastSeenAt} ${address}`} className={classes.line}>
              <Link to={`/admin/accounts/${accountId}`} title={`${displayName} · ${address}`}>
                {login}
              </Link>
              <span>{formatMoment(lastSeenAt, now)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const STATES = [
  ['active', 'valid'],
  ['expired', 'attention'],
  ['suspended', 'attention'],
  ['revoked', 'invalid'],
] as const satisfies readonly (readonly [string, StatusTone])[];

function CertificatesCard({ view: { certificates, accounts } }: { readonly view: OverviewView }) {
  const { t } = useTranslation('overview');
  return (
    <Card title={t('certificates')} number={certificates.active} unit={t('states.active')}>
      <ul className={classes.lines}>
        {STATES.slice(1).map(([state, tone]) => (
          <li key={state} className={classes.line}>
            <StatusMark tone={certificates[state] === 0 ? 'unknown' : tone} word={t(`states.${state}`)} />
            <span>{certificates[state]}</span>
          </li>
        ))}
      </ul>
      <p className={classes.dimmed}>
        {t('accounts')}: {accounts.active} · {t('accountsWithout', { count: accounts.withoutCertificate })} ·{' '}
        {t('accountsBlocked', { count: accounts.blocked })}
      </p>
    </Card>
  );
}

function ExpiringCard({ view: { expiring } }: { readonly view: OverviewView }) {
  const { t } = useTranslation(['overview', 'console']);
  const now = useServerNow();
  return (
    <Card title={t('expiring')} number={expiring.in7} unit={t('in7')}>
      <p className={classes.dimmed}>{t('in30', { count: expiring.in30 })}</p>
      {expiring.first.length === 0 ? (
        <p className={classes.dimmed}>{t('noneExpiring')}</p>
      ) : (
        <ul className={classes.lines}>
          {expiring.first.map(({ id, accountId, login, displayName, notAfter }) => (
            <li key={id} className={classes.line}>
              <Link to={`/admin/accounts/${accountId}`} title={displayName}>
                {login}
              </Link>
              <span title={formatDate(notAfter)}>
                {t('account.daysLeft', { ns: 'console', count: Math.max(0, daysUntil(notAfter, now)) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function MessagesCard({ view: { messages } }: { readonly view: OverviewView }) {
  const { t } = useTranslation('overview');
  const failureOf = useDeliveryFailure();
  const { delivered, waiting, failed, failures } = messages;
  return (
    <Card title={t('messages')} number={delivered} unit={t('delivered')}>
      <ul className={classes.lines}>
        <li className={classes.line}>
          <StatusMark tone={waiting === 0 ? 'unknown' : 'checking'} word={t('waiting')} />
          <span>{waiting}</span>
        </li>
        <li className={classes.line}>
          <StatusMark tone={failed === 0 ? 'unknown' : 'invalid'} word={t('failed')} />
          <span>{failed}</span>
        </li>
        {failures.map((failure) => (
          <li key={failure.category} className={classes.dimmed}>
            {t('failure', { ...failure, category: failureOf(failure.category) })}
          </li>
        ))}
      </ul>
      {failed === 0 && <p className={classes.dimmed}>{t('allDelivered')}</p>}
    </Card>
  );
}
