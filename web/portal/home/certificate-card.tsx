import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCertificateOff,
  IconCircleCheck,
  IconCircleX,
  IconClock,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { daysUntil, formatDate, formatDateTime } from '../../ui/dates.ts';
import { AdministratorContact } from '../administrator-contact.tsx';
import type { Account } from '../signed-in.tsx';
import { useServerNow } from '../use-server-now.ts';
import classes from './certificate-card.module.css';
import { type ShownState, shownState } from './certificate-state.ts';

const STATES = {
  none: { icon: IconCertificateOff, tone: 'unknown' },
  active: { icon: IconCircleCheck, tone: 'valid' },
  soon: { icon: IconAlertTriangle, tone: 'attention' },
  'not-yet-valid': { icon: IconClock, tone: 'attention' },
  expired: { icon: IconCircleX, tone: 'invalid' },
  revoked: { icon: IconCircleX, tone: 'invalid' },
  suspended: { icon: IconCircleX, tone: 'invalid' },
} as const satisfies Record<ShownState, unknown>;

interface CertificateCardProps {
  readonly view: CertificateView;
  readonly account: Account;
}

/** My certificate: state in a word, an icon and a reason, until when, and the way on. */
export function CertificateCard({ view, account }: CertificateCardProps) {
  const { t } = useTranslation();
  const now = useServerNow(60_000);
  const state = shownState(view);
  const { icon: Icon, tone } = STATES[state];
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>{t('home.certificate')}</h2>
      <p className={classes.state} data-tone={tone}>
        <Icon size={22} stroke={1.75} aria-hidden="true" />
        <b>{t(`home.state.${state}`)}</b>
      </p>
      {view.current !== null && <Dates current={view.current} now={now} isActive={view.state === 'active'} />}
      {state !== 'active' && state !== 'soon' && <p>{t(`home.stateHint.${state}`)}</p>}
      {view.state === 'active' && !view.presentedBefore && <p>{t('home.notInstalled')}</p>}
      <div className={classes.action}>
        <CardAction view={view} account={account} />
        {/* Where it ends soon, the notice above has the button. */}
        {view.replacement !== 'not-possible' && state !== 'soon' && (
          <Link to="/replace">{t('replace.act')}</Link>
        )}
      </div>
    </section>
  );
}

function CardAction({ view, account }: CertificateCardProps) {
  const { t } = useTranslation();
  switch (view.download) {
    case 'new':
    case 'phone-missing':
    case 'phone-held':
      return <Button renderRoot={(props) => <Link to="/certificate" {...props} />}>{t('home.get')}</Button>;
    case 'again':
    case 'file-gone':
      return <Link to="/certificate">{t('home.steps')}</Link>;
    case 'administrator':
      return <AdministratorContact say={t('common.sayLogin', { login: account.login })} />;
  }
}

interface DatesProps {
  readonly isActive: boolean;
  readonly current: NonNullable<CertificateView['current']>;
  readonly now: Date;
}

function Dates({ current, now, isActive }: DatesProps) {
  const { t } = useTranslation();
  const days = current.notAfter === null ? 0 : daysUntil(current.notAfter, now);
  return (
    <p className={classes.dates}>
      {t('home.issued', { date: formatDate(current.issuedAt) })},{' '}
      <span className={classes.serial}>…{current.serialTail}</span>
      {current.notAfter !== null && (
        <>
          <br />
          {t('home.validUntil', { date: formatDateTime(current.notAfter) })}
          {isActive && days > 0 && ` · ${t('common.daysLeft', { count: days })}`}
        </>
      )}
    </p>
  );
}
