import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { Layout } from '../layout.tsx';
import { useSession } from '../queries.ts';
import { SignInForm } from './sign-in-form.tsx';
import classes from './sign-in-page.module.css';

export function SignInPage({ request }: { readonly request: string | undefined }) {
  const { t } = useTranslation();
  const session = useSession();
  if (session.account !== null && request === undefined) return <Navigate to="/" replace />;
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
