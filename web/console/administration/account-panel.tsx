import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../src/console/administration/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { useConsole } from '../console-context.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { PageSkeleton } from '../faults/page-skeleton.tsx';
import { useNotices } from '../notices.tsx';
import { Facts } from '../panel/facts.tsx';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';
import { type AccountAct, AskAccount } from './ask-account.tsx';
import { EditForm } from './edit-form.tsx';
import { StateMark } from './state-mark.tsx';

/** One account: what is known, and what the one who looks may do. */
export function AccountPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation('administration');
  const { http } = useConsole();
  const query = useQuery({
    queryKey: ['accounts', 'one', id],
    queryFn: ({ signal }) =>
      http.getRevised<AccountView>(`/api/administration/accounts/${encodeURIComponent(id)}`, signal),
  });
  if (query.isError) {
    return ['account-not-found', 'request-invalid'].includes(problemCode(query.error)) ? (
      <p>{t('panel.gone')}</p>
    ) : (
      <LoadFault error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data === undefined) return <PageSkeleton />;
  return <Details account={query.data.value} revision={query.data.revision} />;
}

interface DetailsProps {
  readonly account: AccountView;
  readonly revision: string;
}

function Details({ account, revision }: DetailsProps) {
  const { t } = useTranslation('administration');
  const { http } = useConsole();
  const notify = useNotices();
  const queryClient = useQueryClient();
  const [mode, setMode] = useState<'shown' | 'edited' | AccountAct>('shown');
  const { login, may, certificate } = account;
  const base = `/api/administration/accounts/${account.id}`;
  const simple = useMutation({
    mutationFn: ({ path }: { readonly path: string; readonly text: string }) =>
      http.send<undefined>('POST', `${base}/${path}`, { revision }),
    onSuccess: (_, { text }) => notify({ text }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['accounts'] }),
  });
  if (mode === 'edited') {
    return <EditForm account={account} revision={revision} onDone={() => setMode('shown')} />;
  }
  return (
    <>
      <Facts
        items={[
          { name: t('columns.login'), value: login },
          { name: t('columns.name'), value: account.displayName },
          { name: t('columns.role'), value: t(`role.${account.role}`) },
          { name: t('columns.status'), value: t(`status.${account.status}`) },
          { name: t('panel.phone'), value: account.phone ?? t('panel.none') },
          { name: t('panel.email'), value: account.email ?? t('panel.noEmail') },
          { name: t('panel.password'), value: t(`panel.passwordState.${account.password}`) },
          { name: t('columns.certificate'), value: <StateMark certificate={certificate} /> },
          {
            name: t('columns.signedIn'),
            value: account.signedInAt === null ? t('never') : formatDateTime(account.signedInAt),
          },
          { name: t('panel.sessions'), value: account.sessions },
        ]}
      />
      {account.phoneHeldUntil !== null && (
        <Notice tone="attention" title={t('panel.held', { time: formatDateTime(account.phoneHeldUntil) })} />
      )}
      <AdminProblem error={simple.error} />
      <div className={classes.acts}>
        {may.edit && <Button onClick={() => setMode('edited')}>{t('act.edit')}</Button>}
        {may.resetPassword && (
          <Button variant="default" onClick={() => setMode('reset')}>
            {t('act.reset')}
          </Button>
        )}
        {may.block &&
          (account.status === 'active' ? (
            <Button variant="default" onClick={() => setMode('block')}>
              {t('act.block')}
            </Button>
          ) : (
            <Button
              variant="default"
              onClick={() => simple.mutate({ path: 'unblock', text: t('unblocked', { login }) })}
            >
              {t('act.unblock')}
            </Button>
          ))}
        {may.confirmPhone && (
          <Button
            variant="default"
            onClick={() => simple.mutate({ path: 'confirm-phone', text: t('confirmed') })}
          >
            {t('act.confirmPhone')}
          </Button>
        )}
        {may.allowDownload && (
          <Button
            variant="default"
            onClick={() => simple.mutate({ path: 'allow-download', text: t('allowed', { login }) })}
          >
            {t('act.allow')}
          </Button>
        )}
      </div>
      {certificate !== null && (
        <Link to={`/admin/certificates/${certificate.id}`}>{t('act.certificate')}</Link>
      )}
      {(mode === 'block' || mode === 'reset') && (
        <AskAccount act={mode} account={account} revision={revision} onClose={() => setMode('shown')} />
      )}
    </>
  );
}
