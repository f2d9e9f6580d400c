import { Button } from '@mantine/core';
import { IconCloud, IconDeviceDesktop, IconDots, IconMail, IconUsb } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import classes from './deletion-advice.module.css';
import { isFileDeleted, rememberFileDeleted } from './deletion-memory.ts';
import { Step } from './step.tsx';

const PLACES = [
  ['computer', IconDeviceDesktop],
  ['stick', IconUsb],
  ['cloud', IconCloud],
  ['mail', IconMail],
  ['other', IconDots],
] as const;

interface DeletionAdviceProps {
  readonly view: CertificateView;
  readonly after: 'installation' | 'entry';
}

/** Step 5: shown with the installation, and again first thing after the first entry, until the person says it is done. */
export function DeletionAdvice({ view, after }: DeletionAdviceProps) {
  const { t } = useTranslation();
  const [done, setDone] = useState(() => isFileDeleted(view));
  if (after === 'entry' && done) {
    return <Notice tone="valid" title={t('certificate.finishedTitle')} />;
  }
  return (
    <>
      {after === 'entry' && (
        <Notice tone="valid" title={t('certificate.finishedTitle')}>
          <p>{t('certificate.finishedText')}</p>
        </Notice>
      )}
      <Step
        number={5}
        title={t('certificate.deleteTitle')}
        state={after === 'entry' ? 'now' : 'ahead'}
        id="delete"
      >
        <DeletionText />
        {after === 'entry' && (
          <Button
            onClick={() => {
              rememberFileDeleted(view);
              setDone(true);
            }}
          >
            {t('certificate.deleteDone')}
          </Button>
        )}
        <Disclosure title={t('certificate.otherComputer')}>
          <p>{t('certificate.otherComputerText')}</p>
        </Disclosure>
      </Step>
    </>
  );
}

export function DeletionText() {
  const { t } = useTranslation();
  return (
    <div className={classes.text}>
      <p>{t('certificate.deleteText')}</p>
      <ul className={classes.places}>
        {PLACES.map(([place, Icon]) => (
          <li key={place} className={classes.place}>
            <Icon className={classes.icon} size={20} stroke={1.75} aria-hidden="true" />
            {t(`certificate.deletePlaces.${place}`)}
          </li>
        ))}
      </ul>
      <p>{t('certificate.deleteBin')}</p>
      <p className={classes.warning}>{t('certificate.deleteWarning')}</p>
    </div>
  );
}
