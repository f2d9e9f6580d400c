import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, EditRequest } from '../../../src/console/administration/contract.ts';
import { useConsole } from '../console-context.tsx';
import { useNotices } from '../notices.tsx';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';
import { PersonFields } from './person-fields.tsx';

interface EditFormProps {
  readonly account: AccountView;
  readonly revision: string;
  readonly onDone: () => void;
}

/** Hands back the revision that was seen when the form was opened: nothing is silently overwritten. */
export function EditForm({ account, revision, onDone }: EditFormProps) {
  const { t } = useTranslation(['administration', 'console']);
  const { http } = useConsole();
  const notify = useNotices();
  const queryClient = useQueryClient();
  const [seen] = useState(revision);
  const [person, setPerson] = useState<EditRequest>({
    displayName: account.displayName,
    phone: account.phone ?? '',
    email: account.email ?? '',
    role: account.role,
  });
  const save = useMutation({
    mutationFn: () =>
      http.send<undefined>('PUT', `/api/administration/accounts/${account.id}`, {
        body: person,
        revision: seen,
      }),
    onSuccess: () => {
      notify({ text: t('saved') });
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['accounts'] }),
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <AdminProblem error={save.error} />
      <PersonFields
        value={person}
        onChange={setPerson}
        mayChangeRole={account.may.changeRole}
        phoneHint={t('phoneHint')}
      />
      <div className={classes.acts}>
        <Button type="submit" loading={save.isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cancel', { ns: 'console' })}
        </Button>
      </div>
    </form>
  );
}
