import { useTranslation } from 'react-i18next';
import type { StatusView } from '../../../src/console/status/contract.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { StatusMark, type StatusTone } from '../../ui/status-mark.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { FixButtons } from './fix-buttons.tsx';
import classes from './status.module.css';
import { useStatus } from './status-api.ts';
import { useCategory, useReason } from './use-reason.ts';

export const TONES: Readonly<Record<StatusView['state'], StatusTone>> = {
  checking: 'checking',
  valid: 'valid',
  'valid-expires-soon': 'attention',
  unknown: 'unknown',
  invalid: 'invalid',
};

/** State, why and what to do, for the details of a certificate. */
export function StatusBlock({ sha256 }: { readonly sha256: string }) {
  const { t } = useTranslation('status');
  const query = useStatus(sha256);
  const reasonOf = useReason();
  if (query.isError && query.data === undefined) {
    return <LoadFault error={query.error} onRetry={() => void query.refetch()} />;
  }
  const status = query.data;
  if (status === undefined) return <StatusMark tone="checking" word={t('states.checking')} />;
  const told = status.reason === null ? undefined : reasonOf(status.reason, status);
  return (
    <section className={classes.block}>
      <StatusMark
        tone={TONES[status.state]}
        word={t(`states.${status.state}`)}
        {...(told && { reason: told.title })}
      />
      {told !== undefined && (
        <>
          <p>{told.what}</p>
          <p>
            <strong>{t('todo')}: </strong>
            {told.todo}
          </p>
        </>
      )}
      {status.fixes.length > 0 && <FixButtons fixes={status.fixes} sha256={sha256} />}
      {status.checkedAt !== null && (
        <p className={classes.dimmed}>
          {t('checkedAt', { at: formatDateTime(status.checkedAt) })}. {t('legal')}
        </p>
      )}
    </section>
  );
}

/** The addresses in the certificates of the chain, and what came from them. */
export function Addresses({ status }: { readonly status: StatusView }) {
  const { t } = useTranslation('status');
  const categoryOf = useCategory();
  if (status.addresses.length + status.skippedUrls.length === 0) return null;
  return (
    <div>
      <h3 className={classes.heading}>{t('addresses.title')}</h3>
      <ul className={classes.addresses}>
        {status.addresses.map(({ url, outcome, category, lastAt, nextAt, durationMs }) => (
          <li key={url}>
            <span className={classes.url}>{url}</span>
            <span className={classes.dimmed}>
              {outcome === 'waiting'
                ? t('addresses.waiting')
                : outcome === 'fetched'
                  ? t('addresses.fetched', {
                      at: lastAt === null ? '–' : formatDateTime(lastAt),
                      seconds: ((durationMs ?? 0) / 1000).toFixed(1),
                    })
                  : t('addresses.failed', { category: categoryOf(category), at: formatDateTime(nextAt) })}
            </span>
          </li>
        ))}
        {status.skippedUrls.map((url) => (
          <li key={url}>
            <span className={classes.url}>{url}</span>
            <span className={classes.dimmed}>{t('addresses.skipped')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
