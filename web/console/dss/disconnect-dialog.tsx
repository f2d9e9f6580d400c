import { Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView } from '../../../src/console/dss/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import classes from './dss.module.css';
import { useDisconnect } from './dss-api.ts';

interface DisconnectDialogProps {
  readonly connection: ConnectionView;
  readonly onClose: (outcome: 'disconnected' | 'left') => void;
}

/** What happens to its certificates is chosen, never guessed. */
export function DisconnectDialog({ connection, onClose }: DisconnectDialogProps) {
  const { t } = useTranslation('dss');
  const notify = useNotices();
  const disconnect = useDisconnect(connection.id);
  const [certificates, setCertificates] = useState<'kept' | 'removed'>('kept');
  return (
    <ConfirmDialog
      title={t('disconnect.title', { name: connection.name })}
      yes={t('disconnect.act')}
      no={t('cancel', { ns: 'console' })}
      tone="danger"
      isBusy={disconnect.isPending}
      onNo={() => onClose('left')}
      onYes={() =>
        disconnect.mutate(certificates, {
          onSuccess: () => {
            notify({ text: t('disconnect.done', { name: connection.name }) });
            onClose('disconnected');
          },
        })
      }
    >
      <p>{t('disconnect.text')}</p>
      <Radio.Group
        value={certificates}
        onChange={(value) => setCertificates(value === 'removed' ? 'removed' : 'kept')}
      >
        <div className={classes.form}>
          <Radio value="kept" label={t('disconnect.keep')} />
          <Radio value="removed" label={t('disconnect.remove')} />
        </div>
      </Radio.Group>
      <ActionProblem error={disconnect.error} />
    </ConfirmDialog>
  );
}
