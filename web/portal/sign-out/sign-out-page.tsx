import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { Navigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { Statement } from '../../ui/statement.tsx';
import { useSignOut } from '../actions.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { findHome } from '../find-home.ts';
import { Layout } from '../layout.tsx';
import { StayButton } from '../menu/stay-button.tsx';
import { useSession } from '../queries.ts';

/** Asked for by an application's link: a link alone signs nobody out. Whoever is out already need not sign in for it. */
export function SignOutPage() {
  const { account } = useSession();
  return account === null ? <Navigate to="/signed-out" replace /> : <SignOut />;
}

function SignOut() {
  const { t } = useTranslation();
  const { application: asked } = useSearch({ from: '/sign-out' });
  const session = useSession();
  const { application, url: homeUrl } = findHome({ session, asked });
  const signOut = useSignOut();
  return (
    <Layout applicationName={asked === undefined ? undefined : application?.name}>
      <Statement
        icon={<IconLogout size={48} stroke={1.5} aria-hidden="true" />}
        title={<PageTitle title={t('signOut.title')} productName={session.productName} />}
        text={t('signOut.text')}
        action={
          <>
            <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
              {t('common.signOut')}
            </Button>
            <StayButton
              label={t('signOut.stay')}
              homeUrl={homeUrl}
              cameFromApplication={asked !== undefined}
            />
          </>
        }
      />
      <ActionProblem error={signOut.error} />
    </Layout>
  );
}
