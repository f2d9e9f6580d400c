import { Link, Navigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { PageSkeleton } from '../faults/page-skeleton.tsx';
import { Layout } from '../layout.tsx';
import { useSession } from '../queries.ts';
import { type WishSearch, wishedAddress } from '../wish.ts';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in-page.module.css';

export function SignInPage({ wish }: { readonly wish: WishSearch }) {
  const { t } = useTranslation();
  const session = useSession();
  if (session.account !== null) {
    const address = wishedAddress(wish);
    return address === undefined ? <Navigate to="/" replace /> : <Continue address={address} />;
  }
  const only = session.applications.length === 1 ? session.applications[0] : undefined;
  const application = session.entry ?? (wish.request === undefined ? undefined : only);
  return (
    <Layout applicationName={application?.name}>
      <div className={classes.page}>
        <div>
          <PageTitle title={t('signIn.title')} productName={session.productName} takesFocus={false} />
          <p className={classes.why}>
            {wish.page !== undefined
              ? t(`signIn.whyPage.${wish.page}`)
              : application === undefined
                ? t('signIn.whyNone')
                : t('signIn.why', { application: application.name })}
          </p>
        </div>
        <SignInForm wish={wish} />
        <Disclosure title={t('signIn.forgotten')}>
          <p className={classes.forgotten}>{t('signIn.forgottenText')}</p>
          <p className={classes.forgotten}>
            <Link to="/recover">{t('recovery.link')}</Link>
          </p>
          <AdministratorContact />
        </Disclosure>
      </div>
    </Layout>
  );
}

/** Signed in meanwhile, perhaps in another tab: the way goes on. */
function Continue({ address }: { readonly address: string }) {
  useEffect(() => location.replace(address), [address]);
  return <PageSkeleton />;
}
