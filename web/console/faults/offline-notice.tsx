import { onlineManager } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import classes from './offline-notice.module.css';

export function OfflineNotice() {
  const { t } = useTranslation('console');
  const isOnline = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  if (isOnline) return null;
  return (
    <div className={classes.place}>
      <Notice tone="attention" role="status" title={t('offline.title')}>
        {t('offline.text')}
      </Notice>
    </div>
  );
}
