import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { Layout } from '../layout.tsx';
import { useSession } from '../queries.ts';
import classes from '../sign-in/sign-in-page.module.css';
import { type WishSearch, wishedAddress } from '../wish.ts';
import { PasswordForm } from './password-form.tsx';

/** After a sign-in with a password that somebody else handed over: a password of one's own, before anything else. */
export function PasswordPage({ wish }: { readonly wish: WishSearch }) {
  const { t } = useTranslation();
  const { account, productName } = useSession();
  const next = wishedAddress(wish);
  if (account === null) return <Navigate to="/sign-in" search={wish} replace />;
  if (account.password === 'own' && next === undefined) return <Navigate to="/" replace />;
  return (
    <Layout>
      <div className={classes.page}>
        <div>
          <PageTitle title={t('password.title')} productName={productName} takesFocus={false} />
          <p className={classes.why}>{t('password.why', { login: account.login })}</p>
        </div>
        <PasswordForm login={account.login} next={next ?? '/'} />
        <Disclosure title={t('password.help')}>
          <p className={classes.forgotten}>{t('password.helpText')}</p>
          <AdministratorContact />
        </Disclosure>
      </div>
    </Layout>
  );
}
