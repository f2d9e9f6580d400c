import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemCode } from '../../api/problem.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { usePortal } from '../portal-context.tsx';
import classes from '../sign-in/sign-in-form.module.css';

const MIN_CHARACTERS = 10;

interface PasswordFormProps {
  readonly login: string;
  /** Where it goes on: an address of the portal. */
  readonly next: string;
}

export function PasswordForm({ login, next }: PasswordFormProps) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const change = useMutation({
    mutationFn: () => client.changePassword(password),
    onSuccess: () => location.replace(next),
    onError: () => first.current?.focus(),
  });
  const isShort = [...password].length < MIN_CHARACTERS;
  const differs = password !== again;

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    setSubmitted(true);
    if (isShort) first.current?.focus();
    else if (differs) second.current?.focus();
    else if (!change.isPending) change.mutate();
  }

  const isRefused = change.error !== null && problemCode(change.error) === 'password-invalid';
  const common = {
    autoComplete: 'new-password',
    maxLength: 1024,
    visibilityToggleFocusable: true,
    visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword') },
    errorProps: { role: 'alert' },
  } as const;
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {change.error !== null && !isRefused && <ActionProblem error={change.error} />}
      {/* For password managers: whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
      <PasswordInput
        {...common}
        ref={first}
        label={t('password.new')}
        description={t('password.rules')}
        value={password}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
          if (change.isError) change.reset();
        }}
        error={isRefused ? t('password.refused') : submitted && isShort && t('password.short')}
      />
      <PasswordInput
        {...common}
        ref={second}
        label={t('password.again')}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={submitted && !isShort && differs && t('password.differs')}
      />
      <Button type="submit" fullWidth loading={change.isPending}>
        {t('password.submit')}
      </Button>
    </form>
  );
}
