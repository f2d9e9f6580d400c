import { Button } from '@mantine/core';
import { IconClock, IconDeviceDesktop, IconShieldX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { daysUntil, formatDate, formatDateTime } from '../../ui/dates.ts';
import { Emphasised } from '../../ui/emphasised.tsx';
import { InstructionLinks } from '../instruction-links.tsx';
import type { Account } from '../signed-in.tsx';
import { useServerNow } from '../use-server-now.ts';
import { ReplaceDownload } from './replace-download.tsx';
import classes from './replace-page.module.css';

const REASONS = [
  { icon: IconClock, text: 'replace.reasons.expires' },
  { icon: IconShieldX, text: 'replace.reasons.stolen' },
  { icon: IconDeviceDesktop, text: 'replace.reasons.computer' },
] as const;

interface ReplaceStartProps {
  readonly view: CertificateView;
  readonly account: Account;
  readonly homeUrl: string;
}

/** The reasons first; after «Да» the page that issues. Nothing is changed before its button is pressed. */
export function ReplaceStart({ view, account, homeUrl }: ReplaceStartProps) {
  const { t } = useTranslation();
  const [step, setStep] = useState<'reasons' | 'asked' | 'confirmed'>('reasons');
  return (
    <div className={classes.part}>
      {view.current !== null && <CurrentCertificate current={view.current} />}
      {step === 'confirmed' ? (
        <ReplaceDownload view={view} account={account} homeUrl={homeUrl} />
      ) : (
        <>
          <section>
            <h2 className={classes.heading}>{t('replace.reasonsTitle')}</h2>
            <ul className={classes.reasons}>
              {REASONS.map(({ icon: Icon, text }) => (
                <li key={text} className={classes.reason}>
                  <Icon className={classes.icon} size={22} stroke={1.75} aria-hidden="true" />
                  {t(text)}
                </li>
              ))}
            </ul>
          </section>
          <div className={classes.buttons}>
            <Button onClick={() => setStep('asked')}>{t('replace.act')}</Button>
            <Button variant="default" component="a" href={homeUrl}>
              {t('common.home')}
            </Button>
          </div>
        </>
      )}
      {step === 'asked' && (
        <ConfirmDialog
          title={t('replace.confirmTitle')}
          yes={t('replace.yes')}
          no={t('replace.no')}
          onYes={() => setStep('confirmed')}
          onNo={() => setStep('reasons')}
        >
          <p>
            <Emphasised text={t('replace.confirmText')} />
          </p>
        </ConfirmDialog>
      )}
      <div className={classes.foot}>
        <InstructionLinks />
      </div>
    </div>
  );
}

function CurrentCertificate({ current }: { readonly current: NonNullable<CertificateView['current']> }) {
  const { t } = useTranslation();
  const now = useServerNow(60_000);
  const days = current.notAfter === null ? 0 : daysUntil(current.notAfter, now);
  return (
    <div className={classes.current}>
      <p className={classes.label}>{t('replace.now')}</p>
      <p>
        <b>{current.subject}</b> · {t('home.issued', { date: formatDate(current.issuedAt) })}{' '}
        <span className={classes.serial}>…{current.serialTail}</span>
      </p>
      {current.notAfter !== null && (
        <p>
          {t('home.validUntil', { date: formatDateTime(current.notAfter) })}
          {days > 0 && ` · ${t('common.daysLeft', { count: days })}`}
        </p>
      )}
    </div>
  );
}
