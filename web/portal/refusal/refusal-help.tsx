import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { browserFamily, desktopSystem } from '../client/this-client.ts';
import { usePortal } from '../portal-context.tsx';
import classes from './refusal-help.module.css';

interface RefusalHelpProps {
  readonly say: string;
  /** Left out where the page shows the contact already. */
  readonly withContact: boolean;
}

export function RefusalHelp({ say, withContact }: RefusalHelpProps) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  return (
    <section className={classes.help}>
      <h2 className={classes.title}>{t('refusal.notHelped')}</h2>
      <Link
        to="/instructions/$system"
        params={{ system: desktopSystem(reader) }}
        hash={browserFamily(reader) === 'firefox' ? 'firefox' : 'install'}
        className={classes.link}
      >
        {t('refusal.browserInstruction')}
      </Link>
      {withContact && (
        <Disclosure title={t('refusal.whomToCall')} className={classes.contact}>
          <AdministratorContact say={say} />
        </Disclosure>
      )}
    </section>
  );
}
