import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RefusalReason } from '../../../src/portal/contract.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { ownBrowser, ownSystem } from '../instructions/own-guide.ts';
import { usePortal } from '../portal-context.tsx';
import { helpSection } from './help-section.ts';
import classes from './refusal-help.module.css';

interface RefusalHelpProps {
  readonly reason: RefusalReason;
  readonly say: string;
  /** Left out where the page shows the contact already. */
  readonly withContact: boolean;
}

export function RefusalHelp({ reason, say, withContact }: RefusalHelpProps) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  const system = ownSystem(reader);
  const browser = ownBrowser(system, undefined, reader);
  return (
    <section className={classes.help}>
      <h2 className={classes.title}>{t('refusal.notHelped')}</h2>
      <Link
        to="/instructions/$system"
        params={{ system }}
        search={{ browser }}
        hash={helpSection(reason, system, browser)}
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
