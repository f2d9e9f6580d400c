import { Button } from '@mantine/core';
import { IconMapQuestion, IconPlugConnectedX, IconServerOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemCode } from '../../api/problem.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Statement } from '../../ui/statement.tsx';
import { isRefusal } from '../refused.ts';
import classes from './fault-message.module.css';
import { PageSkeleton } from './page-skeleton.tsx';

interface LoadFaultProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** In place of something that could not be loaded. What the gate refuses is said by a window over the page. */
export function LoadFault({ error, onRetry }: LoadFaultProps) {
  const { t } = useTranslation('console');
  if (isRefusal(error)) return <PageSkeleton />;
  const code = problemCode(error);
  const isNetwork = code === 'network';
  const Icon = isNetwork ? IconPlugConnectedX : IconServerOff;
  return (
    <div className={classes.fault}>
      <Statement
        icon={<Icon size={48} stroke={1.5} aria-hidden="true" />}
        title={<h2 className={classes.title}>{t(isNetwork ? 'fault.networkTitle' : 'fault.serverTitle')}</h2>}
        text={
          code === 'role-required' ? t('fault.role') : t(isNetwork ? 'fault.networkText' : 'fault.serverText')
        }
        detail={isNetwork ? undefined : t('fault.code', { code })}
        action={<Button onClick={onRetry}>{t('retry')}</Button>}
      />
    </div>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation('console');
  return (
    <div className={classes.fault}>
      <Statement
        icon={<IconMapQuestion size={48} stroke={1.5} aria-hidden="true" />}
        title={<PageTitle title={t('fault.notFoundTitle')} productName="Propusk" />}
        text={t('fault.notFoundText')}
        action={
          <Button component="a" href="/">
            {t('fault.home')}
          </Button>
        }
      />
    </div>
  );
}
