import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/console/administration/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { formatDate, formatDateTime } from '../../ui/dates.ts';
import { useConsole } from '../console-context.tsx';
import { CopyableHex } from '../copyable-hex.tsx';
import { LoadFault } from '../faults/fault-message.tsx';
import { PageSkeleton } from '../faults/page-skeleton.tsx';
import { useNotices } from '../notices.tsx';
import { Facts } from '../panel/facts.tsx';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';
import { reasonKey } from './reason-key.ts';
import { type CertificateAct, RevokeDialog } from './revoke-dialog.tsx';
import { StateMark } from './state-mark.tsx';

/** One certificate: what it is, whose, its path, and what may be done with it. */
export function CertificatePanel({ id }: { readonly id: string }) {
  const { t } = useTranslation('administration');
  const { http } = useConsole();
  const notify = useNotices();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<CertificateAct>();
  const query = useQuery({
    queryKey: ['certificates', 'one', id],
    queryFn: ({ signal }) =>
      http.get<CertificateView>(`/api/administration/certificates/${encodeURIComponent(id)}`, signal),
  });
  const view = query.data;
  const allow = useMutation({
    mutationFn: () =>
      http.send<undefined>('POST', `/api/administration/accounts/${view?.accountId}/allow-download`),
    onSuccess: () => notify({ text: t('allowed', { login: view?.login }) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['certificates'] }),
  });
  if (query.isError) {
    return ['certificate-not-found', 'request-invalid'].includes(problemCode(query.error)) ? (
      <p>{t('certificatePanel.gone')}</p>
    ) : (
      <LoadFault error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (view === undefined) return <PageSkeleton />;
  const { may, state } = view;
  const isLive = state === 'active' || state === 'suspended' || state === 'expired';
  return (
    <>
      <Facts
        items={[
          {
            name: t('certificatePanel.owner'),
            value: (
              <Link to={`/admin/accounts/${view.accountId}`}>{`${view.login} · ${view.displayName}`}</Link>
            ),
          },
          { name: t('columns.certificate'), value: <StateMark certificate={view} /> },
          ...(view.revocationReason === null
            ? []
            : [
                {
                  name: t('certificatePanel.reason'),
                  value: `${t(reasonKey(view.revocationReason), { code: view.revocationReason })} (${view.revocationReason}), ${formatDateTime(view.statusChangedAt)}`,
                },
              ]),
          {
            name: t('certificatePanel.validity'),
            value: `${formatDateTime(view.notBefore)} — ${formatDateTime(view.notAfter)}`,
          },
          {
            name: t('certificatePanel.first'),
            value:
              view.firstPresentedAt === null
                ? t('certificatePanel.notYet')
                : formatDateTime(view.firstPresentedAt),
          },
          { name: t('certificatePanel.sessions'), value: view.sessions },
          {
            name: t('certificatePanel.serial'),
            value: <CopyableHex hex={view.serialNumber} what={t('certificatePanel.serial')} whole />,
          },
          {
            name: t('certificatePanel.fingerprint'),
            value: <CopyableHex hex={view.sha256Fingerprint} what={t('certificatePanel.fingerprint')} />,
          },
          {
            name: t('certificatePanel.path'),
            value: (
              <ol className={classes.list}>
                <li>{view.login}</li>
                {view.path.map(({ subject, notAfter, serialNumber }) => (
                  <li key={serialNumber}>{`${subject}, ${t('until', { date: formatDate(notAfter) })}`}</li>
                ))}
              </ol>
            ),
          },
        ]}
      />
      <AdminProblem error={allow.error} />
      <div className={classes.acts}>
        {may.revoke && isLive && <Button onClick={() => setAsked('revoke')}>{t('act.revoke')}</Button>}
        {may.revoke && state === 'active' && (
          <Button variant="default" onClick={() => setAsked('suspend')}>
            {t('act.suspend')}
          </Button>
        )}
        {may.revoke && state === 'suspended' && (
          <Button variant="default" onClick={() => setAsked('resume')}>
            {t('act.resume')}
          </Button>
        )}
        {may.allowDownload && (
          <Button onClick={() => allow.mutate()} loading={allow.isPending}>
            {t('act.allow')}
          </Button>
        )}
      </div>
      {may.allowDownload && <p className={classes.lead}>{t('allowText')}</p>}
      {asked !== undefined && (
        <RevokeDialog act={asked} certificate={view} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
