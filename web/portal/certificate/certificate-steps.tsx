import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationView, CertificateView } from '../../../src/portal/contract.ts';
import { type BrowserFamily, browserFamily } from '../client/this-client.ts';
import type { GuideSystem } from '../instructions/blocks.ts';
import { ownSystem } from '../instructions/own-guide.ts';
import { usePortal } from '../portal-context.tsx';
import type { Account } from '../signed-in.tsx';
import { type Progress, stepState } from './certificate-progress.ts';
import { defaultExtension } from './file-choice.ts';
import { StepDownload } from './step-download.tsx';
import { StepEnter } from './step-enter.tsx';
import { StepInstall } from './step-install.tsx';
import { StepPassword } from './step-password.tsx';

interface CertificateStepsProps {
  readonly account: Account;
  readonly view: CertificateView;
  readonly applications: readonly ApplicationView[];
  readonly progress: Progress;
}

/** The four steps. The chosen system is theirs together: it decides the file's extension and the instructions. */
export function CertificateSteps({ account, view, applications, progress }: CertificateStepsProps) {
  const { t } = useTranslation();
  const { reader, savedFile } = usePortal();
  const [chosenSystem, setSystem] = useState<GuideSystem>();
  const [chosenFamily, setFamily] = useState<BrowserFamily>();
  const system = chosenSystem ?? ownSystem(reader);
  const family = chosenFamily ?? browserFamily(reader);
  const extension = defaultExtension(system);
  const subject = view.current?.subject ?? account.login;
  const file =
    savedFile ??
    (view.file === null ? t('certificate.anyFile', { extension }) : `${view.file.name}.${extension}`);
  return (
    <>
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
            names={{ file, subject }}
          />
          <StepEnter
            state={stepState(progress, 'enter')}
            isNext={progress === 'install'}
            applications={applications}
            subject={subject}
          />
        </>
      )}
    </>
  );
}
