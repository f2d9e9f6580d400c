import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, problemCode } from '../../api/problem.ts';
import { formatCountdown } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { usePortal } from '../portal-context.tsx';
import { type WishSearch, wishedAddress } from '../wish.ts';
import { hasCyrillic } from './keyboard-hints.ts';
import classes from './sign-in-form.module.css';
import { useCountdown } from './use-countdown.ts';

export function SignInForm({ wish }: { readonly wish: WishSearch }) {
  const { request } = wish;
  const { t } = useTranslation();
  const { client } = usePortal();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [capsLock, setCapsLock] = useState(false);
  const [submitted, setSubmitted] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const countdown = useCountdown();

  const signIn = useMutation({
    mutationFn: () => client.signIn({ login, password, ...(request !== undefined && { request }) }),
    onSuccess: ({ next }) => {
      // In place of this page: from the wished one «Вернуться» goes back to the application, not to the sign-in.
      if (wish.page === undefined) location.assign(next);
      else location.replace(wishedAddress(wish) ?? next);
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'throttled') {
        countdown.start(error.retryAfterSeconds ?? 60);
        return;
      }
      passwordField.current?.focus();
      passwordField.current?.select();
    },
  });

  useEffect(() => loginField.current?.focus(), []);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    setSubmitted(true);
    if (login.trim() === '') loginField.current?.focus();
    else if (password === '') passwordField.current?.focus();
    else if (countdown.seconds === 0 && !signIn.isPending) signIn.mutate();
  }

  const code = signIn.error === null ? undefined : problemCode(signIn.error);
  const failed = code === 'sign-in-failed' || code === 'request-invalid';
  const throttled = code === 'throttled';
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const hint = capsLock ? t('signIn.capsLock') : hasCyrillic(password) ? t('signIn.cyrillic') : undefined;
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {throttled && (
        <Notice
          tone="attention"
          role="alert"
          title={
            countdown.seconds > 0
              ? t('signIn.throttled', { time: formatCountdown(countdown.seconds) })
              : t('signIn.throttledOver')
          }
        />
      )}
      {code === 'account-blocked' && <Notice tone="invalid" role="alert" title={t('signIn.blocked')} />}
      {code !== undefined && !failed && !throttled && code !== 'account-blocked' && (
        <ActionProblem error={signIn.error} />
      )}
      <TextInput
        ref={loginField}
        label={t('signIn.login')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={256}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        error={submitted && login.trim() === '' ? t('signIn.loginEmpty') : failed}
      />
      <PasswordInput
        ref={passwordField}
        label={t('signIn.password')}
        name="password"
        autoComplete="current-password"
        maxLength={1024}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        onKeyDown={watchCapsLock}
        onKeyUp={watchCapsLock}
        onBlur={() => setCapsLock(false)}
        aria-invalid={failed || (submitted && password === '')}
        errorProps={{ role: 'alert' }}
        error={
          submitted && login.trim() !== '' && password === ''
            ? t('signIn.passwordEmpty')
            : failed && t('signIn.failed')
        }
      />
      <p className={classes.hint} role="status">
        {hint}
      </p>
      <Button type="submit" fullWidth loading={signIn.isPending} disabled={countdown.seconds > 0}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
