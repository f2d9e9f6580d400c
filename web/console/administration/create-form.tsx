import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  CreatedView,
  CreateRequest,
  EditRequest,
} from '../../../src/console/administration/contract.ts';
import { useConsole } from '../console-context.tsx';
import { useMe } from '../me.ts';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';
import { FirstPassword } from './first-password.tsx';
import { PersonFields } from './person-fields.tsx';

/** A new account, and its first password. */
export function CreateForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('administration');
  const { http } = useConsole();
  const { account: me } = useMe();
  const queryClient = useQueryClient();
  const [login, setLogin] = useState('');
  const [person, setPerson] = useState<EditRequest>({ displayName: '', phone: '', email: '', role: 'user' });
  const [delivery, setDelivery] = useState<CreateRequest['delivery']>('shown');
  const create = useMutation({
    mutationFn: () => {
      const body: CreateRequest = { login, ...person, delivery };
      return http.send<CreatedView>('POST', '/api/administration/accounts', { body });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['accounts'] }),
  });
  if (create.data !== undefined) return <FirstPassword made={create.data} onDone={onDone} />;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!create.isPending) create.mutate();
      }}
    >
      <AdminProblem error={create.error} />
      <TextInput
        label={t('field.login')}
        value={login}
        required
        autoComplete="off"
        onChange={(event) => setLogin(event.currentTarget.value)}
      />
      <PersonFields value={person} onChange={setPerson} mayChangeRole={me.role === 'administrator'} />
      <NativeSelect
        label={t('field.delivery')}
        value={delivery}
        data={[
          { value: 'shown', label: t('field.shown') },
          { value: 'sms', label: t('field.sms') },
        ]}
        onChange={({ currentTarget }) => setDelivery(currentTarget.value === 'sms' ? 'sms' : 'shown')}
      />
      <Button type="submit" loading={create.isPending}>
        {t('create')}
      </Button>
    </form>
  );
}
