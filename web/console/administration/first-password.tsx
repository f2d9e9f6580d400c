import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CreatedView } from '../../../src/console/administration/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import classes from './administration.module.css';

interface FirstPasswordProps {
  readonly made: CreatedView;
  readonly onDone: () => void;
}

/** Shown once, to be printed or read out. */
export function FirstPassword({ made, onDone }: FirstPasswordProps) {
  const { t } = useTranslation('administration');
  if (made.password === null) {
    return (
      <>
        <Notice tone="valid" role="status" title={t('passwordSent')} />
        <div className={classes.acts}>
          <Button onClick={onDone}>{t('done')}</Button>
        </div>
      </>
    );
  }
  return (
    <>
      <Notice tone="attention" role="status" title={t('passwordTitle', { login: made.login })}>
        <p>{t('passwordOnce')}</p>
      </Notice>
      <code className={classes.password}>{made.password}</code>
      <div className={classes.acts}>
        <Button onClick={onDone}>{t('done')}</Button>
        <Button variant="default" onClick={() => print()}>
          {t('print')}
        </Button>
      </div>
    </>
  );
}
