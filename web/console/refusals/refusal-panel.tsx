import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RefusalView, TraceStep } from '../../../src/console/refusals/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { CopyableHex } from '../copyable-hex.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { Facts } from '../panel/facts.tsx';
import { useDeliveryFailure } from '../use-delivery-failure.ts';
import { reasonOf } from './reason-key.ts';
import { RefusalFixes } from './refusal-fixes.tsx';
import classes from './refusals.module.css';
import { useRefusal } from './refusals-api.ts';

/** Why, whether it would be so now, and what to do. */
export function RefusalPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation('refusals');
  const query = useRefusal(id);
  if (query.isError && query.data === undefined) {
    return problemCode(query.error) === 'not-found' ? (
      <Notice tone="quiet" title={t('gone')}>
        <p>{t('goneText')}</p>
      </Notice>
    ) : (
      <LoadFault error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data === undefined) return <Skeleton height={320} />;
  const refusal = query.data;
  const reason = reasonOf(refusal.reason);
  return (
    <>
      <Notice tone="invalid" title={t(`reasons.${reason}`, { code: refusal.reason })}>
        <p>{t(`advice.${reason}`)}</p>
      </Notice>
      <NowNotice refusal={refusal} />
      <RefusalFixes refusal={refusal} />
      <RefusalFacts refusal={refusal} />
      <section className={classes.part}>
        <h3 className={classes.partTitle}>{t('trace')}</h3>
        <p className={classes.dimmed}>{t('traceLead')}</p>
        <Trace steps={refusal.trace} />
      </section>
      <div className={classes.links}>
        <Link to={`/admin/accounts/${refusal.account.id}`}>{t('openAccount')}</Link>
        <Link to="/admin/journal" search={{ login: refusal.account.login }}>
          {t('openJournal')}
        </Link>
      </div>
    </>
  );
}

function NowNotice({ refusal: { now, enteredAt } }: { readonly refusal: RefusalView }) {
  const { t } = useTranslation('refusals');
  if (enteredAt !== null) {
    return <Notice tone="valid" title={t('entered', { at: formatDateTime(enteredAt) })} />;
  }
  if (now.outcome === 'permit') {
    return (
      <Notice tone="valid" title={t('nowPermit')}>
        <p>{t('nowPermitText')}</p>
      </Notice>
    );
  }
  const code = now.reason ?? '';
  return (
    <Notice tone="attention" title={t('nowDeny')}>
      <p>{t('nowDenyText', { reason: t(`reasons.${reasonOf(code)}`, { code }) })}</p>
    </Notice>
  );
}

function Trace({ steps }: { readonly steps: readonly TraceStep[] }) {
  const { t } = useTranslation('refusals');
  return (
    <ol className={classes.trace}>
      {steps.map(({ question, answer }) => (
        <li key={question} className={classes.step} data-answer={answer}>
          <span>{t(`questions.${reasonOf(question)}`, { code: question })}</span>
          <span>{t(answer === 'holds' ? 'yes' : 'no')}</span>
        </li>
      ))}
    </ol>
  );
}

function RefusalFacts({ refusal }: { readonly refusal: RefusalView }) {
  const { t } = useTranslation('refusals');
  const failureOf = useDeliveryFailure();
  const { account, presented, certificate, delivery } = refusal;
  const hex = (name: string, value: string) => ({ name, value: <CopyableHex hex={value} what={name} /> });
  return (
    <Facts
      items={[
        { name: t('facts.account'), value: `${account.login} · ${account.displayName}` },
        { name: t('facts.when'), value: formatDateTime(refusal.at) },
        { name: t('facts.address'), value: refusal.address },
        { name: t('facts.application'), value: refusal.application },
        ...(refusal.returnPath === null ? [] : [{ name: t('facts.path'), value: refusal.returnPath }]),
        { name: t('facts.presented'), value: presented === null ? t('nothing') : presented.subject },
        ...(presented === null
          ? []
          : [
              {
                name: t('facts.owner'),
                value:
                  presented.owner === null
                    ? t('facts.notOurs')
                    : `${presented.owner.login} · ${presented.owner.displayName}`,
              },
              hex(t('facts.presentedSerial'), presented.serialNumber),
              hex(t('facts.presentedFingerprint'), presented.sha256Fingerprint),
            ]),
        ...(certificate === null
          ? [{ name: t('facts.own'), value: t('facts.ownNone') }]
          : [
              hex(t('facts.ownNumber'), certificate.serialNumber),
              {
                name: t('facts.validity'),
                value: `${formatDate(certificate.notBefore)} – ${formatDate(certificate.notAfter)}`,
              },
            ]),
        ...(delivery === null
          ? []
          : [
              {
                name: t('facts.delivery'),
                value: t(`deliveryStates.${delivery.status}`, {
                  at: formatDateTime(delivery.at),
                  attempts: delivery.attempts,
                  failure: delivery.failure === null ? '—' : failureOf(delivery.failure),
                }),
              },
            ]),
        ...(refusal.userAgent === null ? [] : [{ name: t('facts.userAgent'), value: refusal.userAgent }]),
      ]}
    />
  );
}
