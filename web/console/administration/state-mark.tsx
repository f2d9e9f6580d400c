import { useTranslation } from 'react-i18next';
import type { CertificateItem } from '../../../src/console/administration/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { StatusMark } from '../../ui/status-mark.tsx';

const TONES = {
  active: 'valid',
  expired: 'attention',
  superseded: 'unknown',
  suspended: 'attention',
  revoked: 'invalid',
} as const;

/** A certificate's state in words, with its end. */
export function StateMark({
  certificate,
}: {
  readonly certificate: Pick<CertificateItem, 'state' | 'notAfter'> | null;
}) {
  const { t } = useTranslation('administration');
  if (certificate === null) return <StatusMark tone="unknown" word={t('state.none')} />;
  const { state, notAfter } = certificate;
  const reason = state === 'active' ? t('until', { date: formatDate(notAfter) }) : undefined;
  return <StatusMark tone={TONES[state]} word={t(`state.${state}`)} reason={reason} />;
}
