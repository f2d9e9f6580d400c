import { useTranslation } from 'react-i18next';
import type { SessionItem } from '../../../src/console/sessions/contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import { useDeviceName } from './device.ts';
import { useEndOthers, useEndSession } from './sessions-api.ts';

export type EndSubject =
  | { readonly kind: 'one'; readonly session: SessionItem }
  | { readonly kind: 'others' };

interface EndDialogProps {
  readonly subject: EndSubject;
  readonly onClose: (outcome: 'ended' | 'left') => void;
}

/** Asks before a session ends, and says that it has. */
export function EndDialog({ subject, onClose }: EndDialogProps) {
  const { t } = useTranslation(['sessions', 'console']);
  const notify = useNotices();
  const nameOf = useDeviceName();
  const endOne = useEndSession();
  const endOthers = useEndOthers();
  const done = (text: string) => {
    notify({ text });
    onClose('ended');
  };
  const common = { no: t('cancel', { ns: 'console' }), onNo: () => onClose('left'), tone: 'danger' } as const;
  if (subject.kind === 'others') {
    return (
      <ConfirmDialog
        {...common}
        title={t('endOthersTitle')}
        yes={t('endOthersAct')}
        isBusy={endOthers.isPending}
        onYes={() =>
          endOthers.mutate(undefined, {
            onSuccess: ({ ended }) => done(t('endedOthers', { count: ended })),
          })
        }
      >
        <p>{t('endOthersText')}</p>
        <ActionProblem error={endOthers.error} />
      </ConfirmDialog>
    );
  }
  const device = nameOf(subject.session.device);
  return (
    <ConfirmDialog
      {...common}
      title={t('endTitle', { device })}
      yes={t('endAct')}
      isBusy={endOne.isPending}
      onYes={() => endOne.mutate(subject.session.id, { onSuccess: () => done(t('ended', { device })) })}
    >
      <p>{t('endText')}</p>
      <ActionProblem error={endOne.error} />
    </ConfirmDialog>
  );
}
