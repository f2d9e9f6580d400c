import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';

/** Which of the proofs is missing is not told to whoever may be a stranger. */
export function NotPossible() {
  const { t } = useTranslation();
  return (
    <Notice tone="invalid" role="alert" title={t('recovery.notPossibleTitle')}>
      <p>{t('recovery.notPossibleText')}</p>
    </Notice>
  );
}
