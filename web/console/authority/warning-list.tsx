import { useTranslation } from 'react-i18next';
import type { AuthorityWarning } from '../../../src/console/authority/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';

const URGENT: readonly AuthorityWarning['code'][] = [
  'issuer-ended',
  'server-certificate-ended',
  'server-certificate-ends-soon',
  'list-overdue',
  'responder-silent',
];

/** What has to be done about the authority and the server's certificate. */
export function WarningList({ warnings }: { readonly warnings: readonly AuthorityWarning[] }) {
  const { t } = useTranslation('authority');
  return warnings.map(({ code, subject, at }) => (
    <Notice
      key={`${code} ${subject}`}
      tone={URGENT.includes(code) ? 'invalid' : 'attention'}
      title={t(`warnings.${code}`, { subject, at: at === null ? '' : formatDate(at) })}
    />
  ));
}
