import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import { isFileDeleted, rememberFileDeleted } from '../certificate/deletion-memory.ts';
import classes from './deletion-reminder.module.css';

/** From the first entry on, until the person says that the file is deleted everywhere. */
export function DeletionReminder({ view }: { readonly view: CertificateView }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(() => isFileDeleted(view));
  if (done || !view.presentedBefore || view.state !== 'active') return null;
  return (
    <Notice tone="attention" title={t('home.deleteTitle')}>
      <p>{t('home.deleteText')}</p>
      <div className={classes.actions}>
        <Button
          size="sm"
          variant="default"
          onClick={() => {
            rememberFileDeleted(view);
            setDone(true);
          }}
        >
          {t('certificate.deleteDone')}
        </Button>
        <Link to="/certificate" hash="delete">
          {t('home.deleteWhere')}
        </Link>
      </div>
    </Notice>
  );
}
