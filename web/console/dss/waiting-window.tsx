import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptStateView, AttemptView } from '../../../src/console/dss/contract.ts';
import { formatCountdown } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useServerNow } from '../use-server-now.ts';
import { CancelButton } from './cancel-button.tsx';
import classes from './dss.module.css';
import { useAnswer } from './dss-api.ts';

type Waiting = Extract<AttemptStateView, { kind: 'waiting' }>;
type Choosing = Extract<AttemptStateView, { kind: 'choosing' }>;

/** Says what to do on the telephone while the server asks the DSS. */
export function WaitingWindow({
  attempt,
  state,
}: {
  readonly attempt: AttemptView;
  readonly state: Waiting;
}) {
  const { t } = useTranslation('dss');
  const isCode = state.method === 'sms' || state.method === 'email' || state.method === 'code';
  return (
    <section className={classes.window} aria-live="polite">
      <h2 className={classes.windowTitle}>{isCode ? t('waiting.codeTitle') : t('waiting.title')}</h2>
      <p>{t(`waiting.${state.method}`)}</p>
      {state.label !== '' && <p className={classes.lead}>{t('waiting.fromServer', { text: state.label })}</p>}
      {isCode && <CodeForm attempt={attempt} state={state} />}
      {!isCode && state.qrImage !== null && (
        <details>
          <summary>{t('waiting.offline')}</summary>
          <div className={classes.form}>
            <p>{t('waiting.offlineText')}</p>
            <img className={classes.qr} src={state.qrImage} alt={t('waiting.qrAlt')} />
            <CodeForm attempt={attempt} state={state} />
          </div>
        </details>
      )}
      <RequestFoot attempt={attempt} expiresAt={state.expiresAt} />
      <Notice tone="quiet">{t('waiting.nothing')}</Notice>
    </section>
  );
}

export function ChoosingWindow({
  attempt,
  state,
}: {
  readonly attempt: AttemptView;
  readonly state: Choosing;
}) {
  const { t } = useTranslation('dss');
  const [chosen, setChosen] = useState('');
  const answer = useAnswer(attempt.id, 'method');
  return (
    <form
      className={classes.window}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== '') answer.mutate({ refId: chosen });
      }}
    >
      <h2 className={classes.windowTitle}>{t('choosing.title')}</h2>
      <Radio.Group label={t('choosing.lead')} value={chosen} onChange={setChosen}>
        <div className={classes.form}>
          {state.methods.map(({ refId, label }) => (
            <Radio key={refId} value={refId} label={label} />
          ))}
        </div>
      </Radio.Group>
      <ActionProblem error={answer.error} />
      <div className={classes.buttons}>
        <Button type="submit" disabled={chosen === ''} loading={answer.isPending}>
          {t('choosing.choose')}
        </Button>
      </div>
      <RequestFoot attempt={attempt} expiresAt={state.expiresAt} />
    </form>
  );
}

function CodeForm({ attempt, state }: { readonly attempt: AttemptView; readonly state: Waiting }) {
  const { t } = useTranslation('dss');
  const [code, setCode] = useState('');
  const answer = useAnswer(attempt.id, 'code');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') answer.mutate({ code: code.trim() }, { onSettled: () => setCode('') });
      }}
    >
      <TextInput
        label={t('waiting.codeLabel')}
        value={code}
        maxLength={64}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={state.codeWasWrong && !answer.isPending ? t('waiting.codeWrong') : undefined}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <ActionProblem error={answer.error} />
      <div>
        <Button type="submit" disabled={code.trim() === ''} loading={answer.isPending}>
          {t('waiting.codeSend')}
        </Button>
      </div>
    </form>
  );
}

function RequestFoot({ attempt, expiresAt }: { readonly attempt: AttemptView; readonly expiresAt: string }) {
  const { t } = useTranslation('dss');
  const now = useServerNow(1_000);
  const seconds = (Date.parse(expiresAt) - now.getTime()) / 1_000;
  return (
    <>
      {/* Not announced each second. */}
      <p className={classes.left} aria-live="off">
        {t('request.left', { time: formatCountdown(seconds) })}
      </p>
      <p className={classes.lead}>{t('request.free')}</p>
      <p className={classes.number}>
        {t('request.number')}: {attempt.id}
      </p>
      <div>
        <CancelButton attemptId={attempt.id} />
      </div>
    </>
  );
}
