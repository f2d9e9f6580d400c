import { Button, Checkbox, PasswordInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttemptView } from '../../../src/console/dss/contract.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { CancelButton } from './cancel-button.tsx';
import classes from './dss.module.css';
import { useAnswer } from './dss-api.ts';

interface PasswordStepProps {
  readonly attempt: AttemptView;
  readonly wasWrong: boolean;
}

/** Shown without a word of error the first time: that the server wants a password is nobody's mistake. */
export function PasswordStep({ attempt, wasWrong }: PasswordStepProps) {
  const { t } = useTranslation('dss');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const answer = useAnswer(attempt.id, 'password');
  return (
    <form
      className={classes.window}
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '') answer.mutate({ password, remember }, { onSettled: () => setPassword('') });
      }}
    >
      <h2 className={classes.windowTitle}>{t('password.title')}</h2>
      <p className={classes.lead}>{t('password.lead', { login: attempt.connection.login })}</p>
      <PasswordInput
        label={t('password.label')}
        value={password}
        maxLength={1024}
        autoComplete="off"
        autoFocus
        error={wasWrong && !answer.isPending ? t('password.wrong') : undefined}
        {...(wasWrong ? { description: t('password.wrongHint') } : {})}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Checkbox
        size="md"
        label={t('password.remember')}
        description={t('password.rememberHint')}
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      <ActionProblem error={answer.error} />
      <div className={classes.buttons}>
        <Button type="submit" loading={answer.isPending} disabled={password === ''}>
          {t('password.connect')}
        </Button>
        {!attempt.connection.isStored && (
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/dss/new" search={{ from: attempt.id }} {...props} />}
          >
            {t('password.back')}
          </Button>
        )}
        <CancelButton attemptId={attempt.id} />
      </div>
    </form>
  );
}
