import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, CreatedView } from '../../../src/console/administration/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useConsole } from '../console-context.tsx';
import { useNotices } from '../notices.tsx';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';

export type AccountAct = 'block' | 'reset';

interface AskAccountProps {
  readonly act: AccountAct;
  readonly account: AccountView;
  readonly revision: string;
  readonly onClose: () => void;
}

/** Asks before an account is blocked or its password reset; shows the first password once. */
export function AskAccount({ act, account, revision, onClose }: AskAccountProps) {
  const { t } = useTranslation(['administration', 'console']);
  const { http } = useConsole();
  const notify = useNotices();
  const queryClient = useQueryClient();
  const [delivery, setDelivery] = useState('shown');
  const { login } = account;
  const base = `/api/administration/accounts/${account.id}`;
  const run = useMutation({
    mutationFn: () =>
      act === 'block'
        ? http.send<CreatedView | undefined>('POST', `${base}/block`, { revision })
        : http.send<CreatedView | undefined>('POST', `${base}/password`, { revision, body: { delivery } }),
    onSuccess: (made) => {
      if (act === 'block') notify({ text: t('blocked', { login }) });
      else if (made?.password === null) notify({ text: t('passwordSent') });
      if (made?.password == null) onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const password = run.data?.password;
  if (typeof password === 'string') {
    return (
      <ConfirmDialog
        key="password"
        title={t('passwordTitle', { login })}
        yes={t('print')}
        no={t('done')}
        onYes={() => print()}
        onNo={onClose}
      >
        <p>{t('passwordOnce')}</p>
        <code className={classes.password}>{password}</code>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      key="question"
      title={t(act === 'block' ? 'blockTitle' : 'resetTitle', { login })}
      yes={t(`act.${act}`)}
      no={t('cancel', { ns: 'console' })}
      tone="danger"
      isBusy={run.isPending}
      onYes={() => run.mutate()}
      onNo={onClose}
    >
      <p>{t(act === 'block' ? 'blockText' : 'resetText')}</p>
      {act === 'reset' && (
        <NativeSelect
          label={t('field.delivery')}
          value={delivery}
          onChange={({ currentTarget }) => setDelivery(currentTarget.value)}
          data={[
            { value: 'shown', label: t('field.shown') },
            ...(account.canSend ? [{ value: 'sms', label: t('field.sms') }] : []),
          ]}
        />
      )}
      <AdminProblem error={run.error} />
    </ConfirmDialog>
  );
}
