import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Layout } from '../layout.tsx';
import { FaultMessage } from './fault-message.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Layout>
      <FaultMessage
        kind="not-found"
        action={
          <Button component="a" href="/">
            {t('common.home')}
          </Button>
        }
      />
    </Layout>
  );
}
