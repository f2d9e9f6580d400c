import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCancel } from './dss-api.ts';

/** Ends a request; what a DSS answers afterwards is thrown away. */
export function CancelButton({ attemptId }: { readonly attemptId: string }) {
  const { t } = useTranslation('dss');
  const cancel = useCancel();
  return (
    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(attemptId)}>
      {t('request.cancel')}
    </Button>
  );
}
