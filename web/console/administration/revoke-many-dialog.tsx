import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewManyView, RevokeManyView } from '../../../src/console/administration/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useConsole } from '../console-context.tsx';
import { AdminProblem } from './admin-problem.tsx';
import classes from './administration.module.css';
import { REASONS } from './reasons.ts';

const AT_ONCE = 20;
const NAMED = 10;

interface RevokeManyDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** A preview, a typed confirmation, then one part after the other. */
export function RevokeManyDialog({ ids, onClose }: RevokeManyDialogProps) {
  const { t } = useTranslation(['administration', 'console']);
  const { http } = useConsole();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState<(typeof REASONS)[number]>('cessationOfOperation');
  const [comment, setComment] = useState('');
  const [progress, setProgress] = useState({ done: 0, failed: 0 });
  const preview = useQuery({
    queryKey: ['certificates', 'preview', ids],
    queryFn: () =>
      http.send<PreviewManyView>('POST', '/api/administration/certificates/preview', { body: { ids } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const chosen = preview.data?.certificates.filter(({ mayRevoke }) => mayRevoke) ?? [];
  const run = useMutation({
    mutationFn: async () => {
      let [done, failed] = [0, 0];
      for (let start = 0; start < chosen.length; start += AT_ONCE) {
        const body = { ids: chosen.slice(start, start + AT_ONCE).map(({ id }) => id), reason, comment };
        const path = '/api/administration/certificates/revoke-many';
        const { outcomes } = await http.send<RevokeManyView>('POST', path, { body });
        const revoked = outcomes.filter(({ outcome }) => outcome === 'revoked').length;
        done += revoked;
        failed += outcomes.length - revoked;
        setProgress({ done, failed });
      }
    },
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['certificates'] });
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  const count = chosen.length;
  if (run.isSuccess) {
    return (
      <ConfirmDialog
        key="report"
        title={t('many.result', progress)}
        yes={t('done')}
        no={t('close', { ns: 'console' })}
        onYes={onClose}
        onNo={onClose}
      >
        {null}
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      key="question"
      title={t('many.title', { count })}
      yes={t('many.act')}
      no={t('cancel', { ns: 'console' })}
      tone="danger"
      isBusy={run.isPending || preview.isPending || count === 0}
      typed={{ label: t('many.type', { count }), expected: String(count) }}
      onYes={() => run.mutate()}
      onNo={onClose}
    >
      <ul className={classes.list}>
        {chosen.slice(0, NAMED).map(({ id, login, displayName }) => (
          <li key={id}>{`${login} · ${displayName}`}</li>
        ))}
        {count > NAMED && <li>{t('many.more', { count: count - NAMED })}</li>}
      </ul>
      {ids.length > count && preview.data !== undefined && (
        <p>{t('many.skipped', { count: ids.length - count })}</p>
      )}
      <p>{t('effect', { count: preview.data?.sessions ?? 0 })}</p>
      <p>{t('revokeFinal')}</p>
      <NativeSelect
        label={t('reasonLabel')}
        value={reason}
        data={REASONS.map((value) => ({ value, label: `${t(`reason.${value}`)} (${value})` }))}
        onChange={({ currentTarget }) =>
          setReason(REASONS.find((each) => each === currentTarget.value) ?? reason)
        }
      />
      <TextInput
        label={t('comment')}
        maxLength={500}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <p role="status">{run.isPending && t('many.progress', { done: progress.done, count })}</p>
      <AdminProblem error={run.error ?? preview.error} />
    </ConfirmDialog>
  );
}
