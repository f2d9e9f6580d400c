import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../src/portal/contract.ts';
import { daysUntil, formatDateTime } from '../ui/dates.ts';
import { Notice } from '../ui/notice.tsx';
import classes from './expiry-notice.module.css';
import { useServerNow } from './use-server-now.ts';

/** From the first reminder on until the certificate is replaced: when it ends, and the way to the next one. */
export function ExpiryNotice({ view }: { readonly view: CertificateView }) {
  const { t } = useTranslation();
  const now = useServerNow(60_000);
  const notAfter = view.current?.notAfter;
  if (!view.expiresSoon || notAfter === undefined || notAfter === null) return null;
  return (
    <Notice tone="attention" title={titleText(t, daysUntil(notAfter, now))}>
      <p>{t('home.expiresText', { date: formatDateTime(notAfter) })}</p>
      {view.replacement !== 'not-possible' && (
        <div className={classes.actions}>
          <Button variant="default" renderRoot={(props) => <Link to="/replace" {...props} />}>
            {t('replace.act')}
          </Button>
        </div>
      )}
    </Notice>
  );
}

function titleText(t: TFunction, days: number): string {
  if (days <= 0) return t('home.expiresToday');
  if (days === 1) return t('home.expiresTomorrow');
  return t('home.expires', { count: days });
}
