import { Navigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { PageSkeleton } from '../faults/page-skeleton.tsx';
import { Layout } from '../layout.tsx';
import { useSession } from '../queries.ts';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in-page.module.css';

export function SignInPage({ request }: { readonly request: string | undefined }) {
  const { t } = useTranslation();
  const session = useSession();
  if (session.account !== null) {
    return request === undefined ? <Navigate to="/" replace /> : <Continue request={request} />;
  }
  const only = session.applications.length === 1 ? session.applications[0] : undefined;
  const application = session.entry ?? (request === undefined ? undefined : only);
  return (
    <Layout applicationName={application?.name}>
      <div className={classes.page}>
        <div>
          <PageTitle title={t('signIn.title')} productName={session.productName} takesFocus={false} />
          <p className={classes.why}>
            {application === undefined
              ? t('signIn.whyNone')
              : t('signIn.why', { application: application.name })}
          </p>
        </div>
        <SignInForm request={request} />
        <Disclosure title={t('signIn.forgotten')}>
          <p className={classes.forgotten}>{t('signIn.forgottenText')}</p>
          <AdministratorContact />
        </Disclosure>
      </div>
    </Layout>
  );
}

/** Signed in meanwhile, perhaps in another tab: the server leads on to the application. */
function Continue({ request }: { readonly request: string }) {
  useEffect(() => location.replace(`/enter?request=${encodeURIComponent(request)}`), [request]);
  return <PageSkeleton />;
}
