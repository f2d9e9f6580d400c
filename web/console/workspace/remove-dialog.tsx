import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import { useRemove, useRestore } from './workspace-api.ts';

interface RemoveDialogProps {
  readonly sha256s: readonly string[];
  readonly onClose: (outcome: 'removed' | 'left') => void;
}

/** Says what is lost before it goes, and offers it back afterwards. */
export function RemoveDialog({ sha256s, onClose }: RemoveDialogProps) {
  const { t } = useTranslation(['workspace', 'console']);
  const notify = useNotices();
  const remove = useRemove();
  const restore = useRestore();
  const onRemoved = (removed: readonly string[]) => {
    const onUndo = () =>
      restore.mutate(removed, {
        onSuccess: ({ restored }) => notify({ text: t('remove.restored', { count: restored }) }),
      });
    notify({ text: t('remove.done', { count: removed.length }), ...(removed.length > 0 && { onUndo }) });
    onClose('removed');
  };
  return (
    <ConfirmDialog
      title={t('remove.title', { count: sha256s.length })}
      yes={t('remove.act')}
      no={t('cancel', { ns: 'console' })}
      tone="danger"
      isBusy={remove.isPending}
      onNo={() => onClose('left')}
      onYes={() => remove.mutate(sha256s, { onSuccess: (removed) => onRemoved(removed.sha256s) })}
    >
      <p>{t('remove.text')}</p>
      <ActionProblem error={remove.error} />
    </ConfirmDialog>
  );
}
