import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { formatDate } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { ownSystem } from '../instructions/own-guide.ts';
import { usePortal } from '../portal-context.tsx';

/** Which of two certificates of the same name is the old one, and where it is to be removed. */
export function FormerCertificate({ view }: { readonly view: CertificateView }) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  const { former, current } = view;
  if (former === null || current === null) return null;
  return (
    <Notice tone="attention" title={t('replace.formerTitle')}>
      <p>{t('replace.formerWhich', { date: formatDate(former.issuedAt), tail: former.serialTail })}</p>
      <p>{t('replace.formerWhere', { date: formatDate(current.issuedAt), tail: current.serialTail })}</p>
      <p>
        <Link to="/instructions/$system" params={{ system: ownSystem(reader) }} hash="remove">
          {t('replace.formerHow')}
        </Link>
      </p>
    </Notice>
  );
}
