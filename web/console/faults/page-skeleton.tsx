import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './page-skeleton.module.css';

/** The outline of a page that is on its way. */
export function PageSkeleton() {
  const { t } = useTranslation('console');
  return (
    <div className={classes.page} aria-busy="true">
      <span className={classes.hidden} role="status">
        {t('loading')}
      </span>
      <Skeleton height={32} width="40%" />
      <Skeleton height={44} />
      <Skeleton height={44} />
      <Skeleton height={44} />
    </div>
  );
}
