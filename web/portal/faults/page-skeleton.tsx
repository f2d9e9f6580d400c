import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './page-skeleton.module.css';

/** The outline of a page that is on its way: the places stay where the content will be. */
export function ContentSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.content} aria-busy="true">
      <span className={classes.hidden} role="status">
        {t('common.loading')}
      </span>
      <Skeleton height={48} width={48} />
      <Skeleton height={32} width="60%" />
      <Skeleton height={112} />
      <Skeleton height={32} width="80%" />
      <Skeleton height={42} width={224} />
    </div>
  );
}

export function PageSkeleton() {
  return (
    <>
      <div className={classes.header} />
      <div className={classes.main}>
        <ContentSkeleton />
      </div>
    </>
  );
}
