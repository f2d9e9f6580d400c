import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { useConsole } from '../console-context.tsx';
import { useMe } from '../me.ts';
import { useNotices } from '../notices.tsx';
import { ListWithPanel } from '../panel/list-with-panel.tsx';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';

const EMPTY = { current: '', wanted: '', again: '' };

/** One's own password. */
export function PasswordPage() {
  const { t } = useTranslation('administration');
  const { http } = useConsole();
  const { productName } = useMe();
  const notify = useNotices();
  const [value, setValue] = useState(EMPTY);
  const change = useMutation({
    mutationFn: () =>
      http.send<undefined>('POST', '/api/administration/password', {
        body: { current: value.current, wanted: value.wanted },
      }),
    onSuccess: () => {
      setValue(EMPTY);
      notify({ text: t('own.changed') });
    },
  });
  const differs = value.again !== '' && value.again !== value.wanted;
  const field = (name: keyof typeof EMPTY, autoComplete: string, error?: string | false) => (
    <PasswordInput
      label={t(`own.${name}`)}
      {...(name === 'wanted' ? { description: t('own.rules') } : {})}
      required
      maxLength={1024}
      autoComplete={autoComplete}
      value={value[name]}
      error={error}
      onChange={(event) => setValue({ ...value, [name]: event.currentTarget.value })}
    />
  );
  return (
    <ListWithPanel panel={undefined}>
      <PageTitle title={t('own.title')} productName={productName} />
      <p className={classes.lead}>{t('own.lead')}</p>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!differs && !change.isPending) change.mutate();
        }}
      >
        <AdminProblem error={change.error} />
        {field('current', 'current-password')}
        {field('wanted', 'new-password')}
        {field('again', 'new-password', differs && t('own.differs'))}
        <Button type="submit" loading={change.isPending}>
          {t('own.act')}
        </Button>
      </form>
    </ListWithPanel>
  );
}
