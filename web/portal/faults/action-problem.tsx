import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { problemCode } from '../../api/problem.ts';
import { Notice } from '../../ui/notice.tsx';

function problemText(t: TFunction, code: string): string {
  switch (code) {
    case 'network':
      return `${t('fault.networkTitle')}. ${t('fault.networkText')}`;
    case 'file-gone':
      return t('fault.fileGone');
    case 'password-gone':
      return t('certificate.passwordGone');
    case 'download-not-allowed':
      return t('fault.downloadNotAllowed');
    case 'phone-held':
      return t('certificate.phoneHeldText');
    case 'phone-missing':
      return t('certificate.phoneMissingText');
    case 'message-limit':
    case 'throttled':
      return t('fault.messageLimit');
    case 'issuer-unavailable':
      return t('fault.issuerUnavailable', { code });
    default:
      return t('fault.actionFailed', { code });
  }
}

/** Beside the button whose press failed. */
export function ActionProblem({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  return <Notice tone="invalid" role="alert" title={problemText(t, problemCode(error))} />;
}
