import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView, RevokeRequest } from '../../../src/console/administration/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { serialTail } from '../../ui/hex-value.ts';
import { useConsole } from '../console-context.tsx';
import { useNotices } from '../notices.tsx';
import { AdminProblem } from './admin-problem.tsx';
import { REASONS } from './reasons.ts';

export type CertificateAct = 'revoke' | 'suspend' | 'resume';

interface RevokeDialogProps {
  readonly act: CertificateAct;
  readonly certificate: CertificateView;
  readonly onClose: () => void;
}

const DONE = { revoke: 'revoked', suspend: 'suspended', resume: 'resumed' } as const;

/** Asks before a certificate is revoked, suspended or resumed, and says what happens to open connections. */
export function RevokeDialog({ act, certificate, onClose }: RevokeDialogProps) {
  const { t } = useTranslation(['administration', 'console']);
  const { http } = useConsole();
  const notify = useNotices();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState<(typeof REASONS)[number]>('cessationOfOperation');
  const [comment, setComment] = useState('');
  const { login } = certificate;
  const run = useMutation({
    mutationFn: () => {
      const base = `/api/administration/certificates/${certificate.id}`;
      if (act === 'resume') return http.send<undefined>('POST', `${base}/resume`, { body: { comment } });
      const body: RevokeRequest = { reason: act === 'suspend' ? 'certificateHold' : reason, comment };
      return http.send<undefined>('POST', `${base}/revoke`, { body });
    },
    onSuccess: () => {
      notify({ text: t(DONE[act], { login }) });
      onClose();
    },
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['certificates'] });
      await queryClient.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  return (
    <ConfirmDialog
      title={t(`${act}Title`, { login, tail: serialTail(certificate.serialNumber).replace('…', '') })}
      yes={t(`act.${act}`)}
      no={t('cancel', { ns: 'console' })}
      tone={act === 'resume' ? 'plain' : 'danger'}
      isBusy={run.isPending}
      onYes={() => run.mutate()}
      onNo={onClose}
    >
      {act === 'resume' ? (
        <p>{t('resumeText')}</p>
      ) : (
        <>
          <p>{t('effect', { count: certificate.sessions })}</p>
          <p>{t(act === 'revoke' ? 'revokeFinal' : 'suspendText')}</p>
        </>
      )}
      {act === 'revoke' && (
        <NativeSelect
          label={t('reasonLabel')}
          value={reason}
          data={REASONS.map((value) => ({ value, label: `${t(`reason.${value}`)} (${value})` }))}
          onChange={({ currentTarget }) =>
            setReason(REASONS.find((each) => each === currentTarget.value) ?? reason)
          }
        />
      )}
      <TextInput
        label={t('comment')}
        maxLength={500}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <AdminProblem error={run.error} />
    </ConfirmDialog>
  );
}
