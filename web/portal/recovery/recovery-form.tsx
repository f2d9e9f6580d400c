import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryCodeView } from '../../../src/portal/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { usePortal } from '../portal-context.tsx';
import classes from '../sign-in/sign-in-form.module.css';
import { NotPossible } from './not-possible.tsx';

const MIN_CHARACTERS = 10;

interface RecoveryFormProps {
  readonly proof: string;
  readonly sent: RecoveryCodeView;
  readonly onDone: () => void;
}

/** The code from the message and the new password, together: neither is of use without the other. */
export function RecoveryForm({ proof, sent, onDone }: RecoveryFormProps) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const codeField = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  useEffect(() => codeField.current?.focus(), []);
  const recover = useMutation({
    mutationFn: () => client.recoverPassword({ proof, code, password }),
    onSuccess: onDone,
    onError: (error) => (problemCode(error) === 'password-invalid' ? first : codeField).current?.focus(),
  });
  const fault = recover.error === null ? undefined : problemCode(recover.error);
  const isNoCode = !/^\D*(?:\d\D*){8}$/.test(code);
  const isShort = [...password].length < MIN_CHARACTERS;
  const differs = password !== again;

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    setSubmitted(true);
    if (isNoCode) codeField.current?.focus();
    else if (isShort) first.current?.focus();
    else if (differs) second.current?.focus();
    else if (!recover.isPending) recover.mutate();
  }

  if (fault === 'recovery-not-possible') return <NotPossible />;
  const common = {
    autoComplete: 'new-password',
    maxLength: 1024,
    visibilityToggleFocusable: true,
    visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword') },
    errorProps: { role: 'alert' },
  } as const;
  const isOwnFault = fault === 'recovery-code-wrong' || fault === 'password-invalid';
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p role="status">{t('recovery.sent', sent)}</p>
      {!isOwnFault && <ActionProblem error={recover.error} />}
      {/* For password managers: whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={sent.login} readOnly hidden />
      <TextInput
        ref={codeField}
        label={t('recovery.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        value={code}
        errorProps={{ role: 'alert' }}
        onChange={(event) => {
          setCode(event.currentTarget.value);
          if (recover.isError) recover.reset();
        }}
        error={
          fault === 'recovery-code-wrong'
            ? t('recovery.codeWrong')
            : submitted && isNoCode && t('recovery.codeDigits')
        }
      />
      <PasswordInput
        {...common}
        ref={first}
        label={t('password.new')}
        description={t('password.rules')}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          if (recover.isError) recover.reset();
        }}
        error={
          fault === 'password-invalid' ? t('recovery.refused') : submitted && isShort && t('password.short')
        }
      />
      <PasswordInput
        {...common}
        ref={second}
        label={t('password.again')}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={submitted && !isShort && differs && t('password.differs')}
      />
      <Button type="submit" fullWidth loading={recover.isPending}>
        {t('recovery.submit')}
      </Button>
    </form>
  );
}
