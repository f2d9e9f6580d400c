import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { formatCountdown, formatMoment } from '../../ui/dates.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Emphasised } from '../../ui/emphasised.tsx';
import { Notice, type Tone } from '../../ui/notice.tsx';
import { useSendPassword } from '../actions.ts';
import { AdministratorContact } from '../administrator-contact.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import type { Account } from '../signed-in.tsx';
import { useServerNow } from '../use-server-now.ts';
import { type PasswordNotice, passwordNotice, resendState, type StepState } from './certificate-progress.ts';
import { Step } from './step.tsx';
import classes from './step-password.module.css';

type Password = NonNullable<CertificateView['password']>;

const TONES: Readonly<Record<PasswordNotice, Tone>> = {
  queued: 'accent',
  retrying: 'attention',
  delivered: 'valid',
  failed: 'invalid',
  gone: 'quiet',
};
const CAUSES = [
  'unreachable',
  'timeout',
  'http-status',
  'answer-not-understood',
  'credentials',
  'number-refused',
  'balance',
  'gateway-refused',
] as const;

function causeText(t: TFunction, category: string | null): string {
  const known = CAUSES.find((cause) => cause === category);
  return t(`causes.${known ?? 'unknown'}`);
}

function noticeTexts(t: TFunction, password: Password, kind: PasswordNotice, now: Date): [string, string] {
  const { phone } = password;
  const cause = causeText(t, password.failureCategory);
  switch (kind) {
    case 'queued':
      return [t('certificate.passwordQueued', { phone }), t('certificate.passwordQueuedHint')];
    case 'retrying':
      return [
        t('certificate.passwordRetrying', { phone }),
        `${nextAttemptText(t, password, now)} ${t('certificate.passwordRetryingHint', { cause })}`,
      ];
    case 'delivered': {
      const time = formatMoment(password.finishedAt ?? password.queuedAt, now);
      return [t('certificate.passwordDelivered', { phone, time }), t('certificate.passwordDeliveredHint')];
    }
    case 'failed':
      return [t('certificate.passwordFailed', { phone }), t('certificate.passwordFailedHint', { cause })];
    case 'gone':
      return [t('certificate.passwordGone'), t('certificate.passwordGoneHint')];
  }
}

function nextAttemptText(t: TFunction, { nextAttemptAt }: Password, now: Date): string {
  const seconds = nextAttemptAt === null ? 0 : (new Date(nextAttemptAt).getTime() - now.getTime()) / 1000;
  return seconds > 0
    ? t('certificate.passwordNextAttempt', { time: formatCountdown(seconds) })
    : t('certificate.passwordAttemptNow');
}

interface StepPasswordProps {
  readonly password: Password;
  readonly account: Account;
  readonly state: StepState;
}

export function StepPassword({ password, account, state }: StepPasswordProps) {
  const { t } = useTranslation();
  const now = useServerNow(1000);
  const kind = passwordNotice(password, now);
  const [title, hint] = noticeTexts(t, password, kind, now);
  return (
    <Step number={2} title={t('certificate.passwordTitle')} state={state}>
      <div aria-live="polite">
        <Notice tone={TONES[kind]} title={<Emphasised text={title} />}>
          <p>{hint}</p>
        </Notice>
      </div>
      <div className={classes.row}>
        <SendAgain password={password} now={now} />
        {kind !== 'gone' && (
          <Disclosure title={t('certificate.wrongNumber')} className={classes.wrong}>
            <p className={classes.text}>{t('certificate.wrongNumberText')}</p>
            <AdministratorContact say={t('common.sayLogin', { login: account.login })} />
          </Disclosure>
        )}
      </div>
    </Step>
  );
}

function SendAgain({ password, now }: { readonly password: Password; readonly now: Date }) {
  const { t } = useTranslation();
  const send = useSendPassword();
  const state = resendState(password, now);
  if (state === 'never') return null;
  const waitSeconds =
    password.resendAt === null ? 0 : (new Date(password.resendAt).getTime() - now.getTime()) / 1000;
  const failed = password.delivery === 'failed';
  return (
    <>
      <div className={classes.send}>
        <Button
          variant={failed ? 'filled' : 'default'}
          disabled={state === 'wait'}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {t('certificate.sendAgain')}
        </Button>
        {state === 'wait' && waitSeconds > 0 && (
          <span className={classes.countdown}>
            {t('certificate.sendAgainIn', { time: formatCountdown(waitSeconds) })}
          </span>
        )}
      </div>
      <ActionProblem error={send.error} />
    </>
  );
}
