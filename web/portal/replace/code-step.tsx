import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplacementCodeView } from '../../../src/portal/contract.ts';
import { ApiProblem, problemCode } from '../../api/problem.ts';
import { formatCountdown } from '../../ui/dates.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Emphasised } from '../../ui/emphasised.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useSession } from '../queries.ts';
import { useServerNow } from '../use-server-now.ts';
import classes from './replace-page.module.css';
import { codeFault, readCode } from './replace-stage.ts';
import { type useReplace, useSendCode } from './use-replace.ts';

interface CodeStepProps {
  readonly phone: string;
  readonly replace: ReturnType<typeof useReplace>;
  readonly home: ReactNode;
}

/** Where the former certificate was not presented: a code from the telephone, then «Скачать сертификат». */
export function CodeStep({ phone, replace, home }: CodeStepProps) {
  const { t } = useTranslation();
  const [sent, setSent] = useState<ReplacementCodeView>();
  const send = useSendCode((view) => {
    setSent(view);
    replace.reset();
  });
  return (
    <section className={classes.part}>
      <div>
        <h2 className={classes.heading}>{t('replace.codeTitle')}</h2>
        {sent === undefined && (
          <p>
            <Emphasised text={t('replace.codeWhy', { phone })} />
          </p>
        )}
        <p>{t('replace.ownerTold')}</p>
      </div>
      {sent === undefined ? (
        <div className={classes.buttons}>
          <Button loading={send.isPending} onClick={() => send.mutate()}>
            {t('replace.codeSend')}
          </Button>
          {home}
        </div>
      ) : (
        <CodeForm sent={sent} send={send} replace={replace} home={home} />
      )}
      <ActionProblem error={send.error} />
    </section>
  );
}

interface CodeFormProps extends Omit<CodeStepProps, 'phone'> {
  readonly sent: ReplacementCodeView;
  readonly send: ReturnType<typeof useSendCode>;
}

function CodeForm({ sent, send, replace, home }: CodeFormProps) {
  const { t } = useTranslation();
  const { account } = useSession();
  const [typed, setTyped] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const now = useServerNow(1000);
  const left = (instant: string) => (new Date(instant).getTime() - now.getTime()) / 1000;
  const leftSeconds = left(sent.expiresAt);
  const waitSeconds = left(sent.resendAt);
  const { error } = replace;
  const fault =
    error === null
      ? undefined
      : codeFault(problemCode(error), error instanceof ApiProblem ? error.triesLeft : undefined);
  const code = readCode(typed);
  useEffect(() => field.current?.focus(), []);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    setSubmitted(true);
    if (code === undefined) field.current?.focus();
    else if (!replace.isPending) replace.mutate(code, { onError: () => field.current?.select() });
  }

  function faultText(): string | undefined {
    switch (fault) {
      case 'wrong':
        return t('replace.codeWrong', { count: (error instanceof ApiProblem && error.triesLeft) || 0 });
      case 'spent':
        return t('replace.codeSpent');
      case 'void':
        return t('replace.codeVoid');
      case undefined:
        return submitted && code === undefined ? t('replace.codeShort') : undefined;
    }
  }

  const needsNew = leftSeconds <= 0 || fault === 'spent' || fault === 'void';
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <div aria-live="polite">
        {fault !== 'spent' && fault !== 'void' && (
          <Notice
            tone={leftSeconds > 0 ? 'accent' : 'attention'}
            title={
              <Emphasised
                text={leftSeconds > 0 ? t('replace.codeSent', { phone: sent.phone }) : t('replace.codeOver')}
              />
            }
          />
        )}
      </div>
      <TextInput
        ref={field}
        classNames={{ input: classes.digits }}
        label={t('replace.code')}
        description={t('replace.codeHint')}
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={20}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setSubmitted(false);
        }}
        errorProps={{ role: 'alert' }}
        error={faultText()}
      />
      {leftSeconds > 0 && !needsNew && (
        <p className={classes.wait}>{t('replace.codeUntil', { time: formatCountdown(leftSeconds) })}</p>
      )}
      <div className={classes.buttons}>
        <Button
          type="submit"
          variant={needsNew ? 'default' : 'filled'}
          disabled={needsNew}
          leftSection={<IconDownload size={20} aria-hidden="true" />}
          loading={replace.isPending}
        >
          {t('certificate.download')}
        </Button>
        {home}
      </div>
      {fault === undefined && <ActionProblem error={error} />}
      <div className={classes.buttons}>
        <Button
          type="button"
          size="sm"
          variant={needsNew ? 'filled' : 'default'}
          disabled={waitSeconds > 0 && fault !== 'spent'}
          loading={send.isPending}
          onClick={() => {
            setTyped('');
            setSubmitted(false);
            send.mutate();
          }}
        >
          {t('replace.codeAgain')}
        </Button>
        {waitSeconds > 0 && fault !== 'spent' && (
          <span className={classes.wait}>
            {t('certificate.sendAgainIn', { time: formatCountdown(waitSeconds) })}
          </span>
        )}
      </div>
      <Disclosure title={t('certificate.wrongNumber')}>
        <AdministratorContact say={t('common.sayLogin', { login: account?.login ?? '' })} />
      </Disclosure>
    </form>
  );
}
