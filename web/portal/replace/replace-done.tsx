import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationView, CertificateView } from '../../../src/portal/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import { StepList } from '../../ui/step-list.tsx';
import { InstructionLinks } from '../instruction-links.tsx';
import { usePortal } from '../portal-context.tsx';
import type { Account } from '../signed-in.tsx';
import { Focused } from './focused.tsx';
import { FormerCertificate } from './former-certificate.tsx';
import classes from './replace-page.module.css';
import { ReplaceStart } from './replace-start.tsx';

interface ReplaceDoneProps {
  readonly view: CertificateView;
  readonly account: Account;
  readonly application: ApplicationView | undefined;
  readonly homeUrl: string;
}

/** The new one is issued: the four steps, and which certificate is the old one. */
export function ReplaceDone({ view, account, application, homeUrl }: ReplaceDoneProps) {
  const { t } = useTranslation();
  const { savedFile } = usePortal();
  const [again, setAgain] = useState(false);
  if (again) {
    return (
      <Focused>
        <ReplaceStart view={view} account={account} homeUrl={homeUrl} />
      </Focused>
    );
  }
  const steps = [
    t('replace.steps.install'),
    t('replace.steps.restart'),
    application === undefined
      ? t('replace.steps.chooseAny')
      : t('replace.steps.choose', { application: application.name }),
    t('replace.steps.remove'),
  ];
  return (
    <div className={classes.part}>
      <Notice
        tone="valid"
        title={
          savedFile === undefined ? t('replace.doneIssued') : t('replace.doneSaved', { file: savedFile })
        }
      >
        <p>{t('replace.doneText')}</p>
      </Notice>
      <StepList steps={steps} />
      <FormerCertificate view={view} />
      <div className={classes.buttons}>
        <Button renderRoot={(props) => <Link to="/certificate" {...props} />}>
          {t('replace.toInstallation')}
        </Button>
        <Button variant="default" component="a" href={homeUrl}>
          {t('common.home')}
        </Button>
        {view.download === 'file-gone' && view.replacement !== 'not-possible' && (
          <Button variant="subtle" onClick={() => setAgain(true)}>
            {t('replace.again')}
          </Button>
        )}
      </div>
      <div className={classes.foot}>
        <InstructionLinks />
      </div>
    </div>
  );
}
