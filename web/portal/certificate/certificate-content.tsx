import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationView, CertificateView } from '../../../src/portal/contract.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import type { DesktopSystem } from '../../ui/system-pictogram.tsx';
import { AccountRow } from '../account-row.tsx';
import { type BrowserFamily, browserFamily, desktopSystem } from '../client/this-client.ts';
import { InstructionLinks } from '../instruction-links.tsx';
import { usePortal } from '../portal-context.tsx';
import { useSession } from '../queries.ts';
import type { Account } from '../signed-in.tsx';
import classes from './certificate-content.module.css';
import { certificateProgress, stepState } from './certificate-progress.ts';
import { DeletionAdvice } from './deletion-advice.tsx';
import { defaultExtension } from './file-choice.ts';
import { ProgressLine } from './progress-line.tsx';
import { StepDownload } from './step-download.tsx';
import { StepEnter } from './step-enter.tsx';
import { StepInstall } from './step-install.tsx';
import { StepPassword } from './step-password.tsx';

interface CertificateContentProps {
  readonly account: Account;
  readonly view: CertificateView;
  readonly applications: readonly ApplicationView[];
  readonly homeUrl: string;
}

export function CertificateContent({ account, view, applications, homeUrl }: CertificateContentProps) {
  const { t } = useTranslation();
  const { productName } = useSession();
  const { reader, savedFile } = usePortal();
  const [system, setSystem] = useState<DesktopSystem>(desktopSystem(reader));
  const [family, setFamily] = useState<BrowserFamily>(browserFamily(reader));
  const progress = certificateProgress(view);
  const extension = defaultExtension(system);
  const fileName = savedFile ?? `${view.file?.name ?? account.login}.${extension}`;
  const only = applications.length === 1 ? applications[0] : undefined;
  return (
    <div className={classes.content} data-progress={progress}>
      <PageTitle
        title={
          only === undefined ? t('certificate.title') : t('certificate.titleIn', { application: only.name })
        }
        productName={productName}
      />
      <AccountRow account={account} />
      <ProgressLine progress={progress} />
      {progress === 'finished' && <DeletionAdvice view={view} after="entry" />}
      <StepDownload view={view} system={system} account={account} state={stepState(progress, 'download')} />
      {progress !== 'download' && (
        <>
          {view.password !== null && (
            <StepPassword
              password={view.password}
              account={account}
              state={stepState(progress, 'password')}
            />
          )}
          <StepInstall
            state={stepState(progress, 'install')}
            system={system}
            family={family}
            onSystem={setSystem}
            onFamily={setFamily}
            names={{ file: fileName, subject: view.current?.subject ?? account.login }}
          />
          <StepEnter
            state={stepState(progress, 'enter')}
            applications={applications}
            subject={view.current?.subject ?? account.login}
          />
          {progress !== 'finished' && <DeletionAdvice view={view} after="installation" />}
        </>
      )}
      <div className={classes.foot}>
        <Button variant="default" component="a" href={homeUrl}>
          {t('common.home')}
        </Button>
        <InstructionLinks />
      </div>
    </div>
  );
}
