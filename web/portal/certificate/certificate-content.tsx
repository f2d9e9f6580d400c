import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApplicationView, CertificateView } from '../../../src/portal/contract.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { AccountRow } from '../account-row.tsx';
import { ExpiryNotice } from '../expiry-notice.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { InstructionLinks } from '../instruction-links.tsx';
import { useSession } from '../queries.ts';
import { FormerCertificate } from '../replace/former-certificate.tsx';
import type { Account } from '../signed-in.tsx';
import classes from './certificate-content.module.css';
import { certificateProgress } from './certificate-progress.ts';
import { CertificateSteps } from './certificate-steps.tsx';
import { DeletionAdvice } from './deletion-advice.tsx';
import { ProgressLine } from './progress-line.tsx';

interface CertificateContentProps {
  readonly account: Account;
  readonly view: CertificateView;
  readonly applications: readonly ApplicationView[];
  readonly refusedHere: boolean;
  /** The state shown is the last one known: asking again has failed. */
  readonly pollError: Error | null;
  readonly homeUrl: string;
}

export function CertificateContent(props: CertificateContentProps) {
  const { account, view, applications, refusedHere, pollError, homeUrl } = props;
  const { t } = useTranslation();
  const { productName } = useSession();
  const progress = certificateProgress(view, refusedHere);
  const only = applications.length === 1 ? applications[0] : undefined;
  const steps = (
    <CertificateSteps account={account} view={view} applications={applications} progress={progress} />
  );
  return (
    <div className={classes.content} data-progress={progress}>
      <PageTitle
        title={
          only === undefined ? t('certificate.title') : t('certificate.titleIn', { application: only.name })
        }
        productName={productName}
      />
      <AccountRow account={account} />
      <ExpiryNotice view={view} />
      <ActionProblem error={pollError} />
      <ProgressLine progress={progress} />
      {progress === 'finished' ? (
        <>
          <DeletionAdvice view={view} after="entry" />
          <Disclosure title={t('certificate.stepsAgain')} open={location.hash === '#lost'}>
            <div className={classes.steps}>{steps}</div>
          </Disclosure>
        </>
      ) : (
        <>
          {steps}
          {progress !== 'download' && <DeletionAdvice view={view} after="installation" />}
        </>
      )}
      <FormerCertificate view={view} />
      <div className={classes.foot}>
        <Button variant="default" component="a" href={homeUrl}>
          {t('common.home')}
        </Button>
        <InstructionLinks />
      </div>
    </div>
  );
}
