import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { Statement } from '../../ui/statement.tsx';
import { Layout } from '../layout.tsx';
import { useSession } from '../queries.ts';

export function SignedOutPage() {
  const { t } = useTranslation();
  const { productName, account } = useSession();
  if (account !== null) return <Navigate to="/" replace />;
  return (
    <Layout>
      <Statement
        icon={<IconCircleCheck size={48} stroke={1.5} aria-hidden="true" />}
        title={<PageTitle title={t('signOut.doneTitle')} productName={productName} />}
        text={t('signOut.doneText')}
        action={
          <Button component="a" href="/sign-in">
            {t('signOut.signInAgain')}
          </Button>
        }
      />
    </Layout>
  );
}
