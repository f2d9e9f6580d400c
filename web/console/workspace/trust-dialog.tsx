import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatDate } from '../../ui/dates.ts';
import { groupHex } from '../../ui/hex-value.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { useNotices } from '../notices.tsx';
import { Facts } from '../panel/facts.tsx';
import classes from './workspace.module.css';
import { useTrust } from './workspace-api.ts';

interface TrustDialogProps {
  readonly authority: {
    readonly sha256: string;
    readonly owner: string;
    /** Null: not known. */
    readonly notBefore: string | null;
    readonly notAfter: string;
  };
  readonly scope: 'own' | 'everybody';
  readonly onClose: () => void;
}

/** Who it is, its fingerprint and dates, and what trusting means, before an authority is trusted. */
export function TrustDialog({ authority, scope, onClose }: TrustDialogProps) {
  const { t } = useTranslation(['workspace', 'console']);
  const notify = useNotices();
  const trust = useTrust();
  const { sha256, owner, notBefore, notAfter } = authority;
  const withdraw = () => trust.mutate({ sha256, act: 'distrust', scope });
  const install = () =>
    trust.mutate(
      { sha256, act: 'trust', scope },
      {
        onSuccess: () => {
          onClose();
          notify({ text: t('trust.installed'), onUndo: withdraw });
        },
      },
    );
  return (
    <ConfirmDialog
      title={t('trust.ask')}
      yes={scope === 'own' ? t('trust.act') : t('trust.actEverybody')}
      no={t('cancel', { ns: 'console' })}
      isBusy={trust.isPending}
      onNo={onClose}
      onYes={install}
    >
      <Facts
        items={[
          { name: t('columns.owner'), value: owner },
          {
            name: t('details.fingerprint'),
            value: <code className={classes.long}>{groupHex(sha256)}</code>,
          },
          {
            name: t('columns.notAfter'),
            value: [notBefore, notAfter].flatMap((at) => (at === null ? [] : [formatDate(at)])).join(' – '),
          },
        ]}
      />
      <p>{t('trust.askText')}</p>
      {scope === 'everybody' && <p>{t('trust.forEverybody')}</p>}
      <ActionProblem error={trust.error} />
    </ConfirmDialog>
  );
}
