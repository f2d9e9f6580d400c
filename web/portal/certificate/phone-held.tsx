import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../ui/dates.ts';
import { Notice } from '../../ui/notice.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import type { Account } from '../signed-in.tsx';

interface PhoneHeldProps {
  readonly until: string | null;
  readonly account: Account;
}

/** The number was changed: nothing is sent to it yet, so that the owner of the former one can object. */
export function PhoneHeld({ until, account }: PhoneHeldProps) {
  const { t } = useTranslation();
  return (
    <>
      <Notice tone="attention" title={t('certificate.phoneHeldTitle')}>
        <p>
          {until === null
            ? t('certificate.phoneHeldText')
            : t('certificate.phoneHeldUntil', { time: formatDateTime(until) })}
        </p>
      </Notice>
      <AdministratorContact say={t('common.sayLogin', { login: account.login })} />
    </>
  );
}
