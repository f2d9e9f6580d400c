import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { type RefusalCode, setRefused, useRefused } from '../refused.ts';

const TEXTS = {
  'sign-in-required': 'fault.refusedSession',
  'account-blocked': 'fault.refusedBlocked',
} as const;

function textOf(code: RefusalCode) {
  return code === 'sign-in-required' || code === 'account-blocked' ? TEXTS[code] : 'fault.refusedCertificate';
}

/**
 * The gate has refused a request of a page that was open. Nothing moves by itself, because there may be something on it
 * that was not saved; to go on is to ask for the same address again, which the gate leads to the portal and back.
 */
export function RefusedDialog() {
  const { t } = useTranslation('console');
  const code = useRefused();
  if (code === undefined) return null;
  return (
    <ConfirmDialog
      title={t('fault.refusedTitle')}
      yes={t('fault.refusedGo')}
      no={t('fault.refusedStay')}
      onYes={() => location.reload()}
      onNo={() => setRefused(undefined)}
    >
      <p>{t(textOf(code))}</p>
      <p>{t('fault.refusedKeep')}</p>
    </ConfirmDialog>
  );
}
