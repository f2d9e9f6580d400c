import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { Statement } from '../../ui/statement.tsx';
import { useSignOut } from '../actions.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { Layout } from '../layout.tsx';
import { useSession } from '../queries.ts';
import { SignedIn } from '../signed-in.tsx';

/** Asked for by an application's link: a link alone signs nobody out. */
export function SignOutPage() {
  return <SignedIn>{() => <SignOut />}</SignedIn>;
}

function SignOut() {
  const { t } = useTranslation();
  const { productName } = useSession();
  const signOut = useSignOut();
  return (
    <Layout>
      <Statement
        icon={<IconLogout size={48} stroke={1.5} aria-hidden="true" />}
        title={<PageTitle title={t('signOut.title')} productName={productName} />}
        text={t('signOut.text')}
        action={
          <>
            <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
              {t('common.signOut')}
            </Button>
            <Button variant="default" onClick={() => history.back()}>
              {t('signOut.stay')}
            </Button>
          </>
        }
      />
      <ActionProblem error={signOut.error} />
    </Layout>
  );
}
