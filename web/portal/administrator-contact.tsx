import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './administrator-contact.module.css';
import { useSession } from './queries.ts';

/** Whom to ask and with which words. */
export function AdministratorContact({ say }: { readonly say?: string | undefined }) {
  const { t } = useTranslation();
  const { administratorContact } = useSession();
  return (
    <div className={classes.contact}>
      <IconPhone className={classes.icon} size={20} stroke={1.75} aria-hidden="true" />
      <div>
        <p className={classes.label}>{t('common.administrator')}</p>
        <p className={classes.text}>
          {administratorContact === '' ? t('common.askAdministrator') : administratorContact}
        </p>
        {say !== undefined && <p className={classes.say}>{say}</p>}
      </div>
    </div>
  );
}
