import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { formatMoment, minutesUntil } from '../../ui/dates.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDownload } from '../actions.ts';
import { AdministratorContact } from '../administrator-contact.tsx';
import { clientAdvice } from '../client/client-advice.ts';
import { DeviceAdvice } from '../client/device-advice.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import type { GuideSystem } from '../instructions/blocks.ts';
import { usePortal } from '../portal-context.tsx';
import { useCertificate } from '../queries.ts';
import type { Account } from '../signed-in.tsx';
import { useServerNow } from '../use-server-now.ts';
import type { StepState } from './certificate-progress.ts';
import { defaultExtension } from './file-choice.ts';
import { FileFormatChoice } from './file-format-choice.tsx';
import { PhoneHeld } from './phone-held.tsx';
import { Step } from './step.tsx';
import classes from './step-download.module.css';

interface StepDownloadProps {
  readonly view: CertificateView;
  readonly system: GuideSystem;
  readonly account: Account;
  readonly state: StepState;
}

export function StepDownload(props: StepDownloadProps) {
  const { t } = useTranslation();
  return (
    <Step number={1} title={t('certificate.downloadTitle')} state={props.state}>
      <DownloadBody {...props} />
    </Step>
  );
}

function DownloadBody({ view, system, account }: StepDownloadProps) {
  const { t } = useTranslation();
  switch (view.download) {
    case 'new':
      return <NewFile system={system} account={account} />;
    case 'again':
      return view.file === null ? null : <SameFile file={view.file} system={system} />;
    case 'file-gone':
      return (
        <>
          <Notice tone="quiet" title={t('certificate.fileGoneTitle')}>
            <p>{t('certificate.fileGoneText')}</p>
          </Notice>
          <Disclosure title={t('certificate.fileLost')} id="lost" open={location.hash === '#lost'}>
            {view.replacement === 'not-possible' ? (
              <>
                <p>{t('certificate.fileLostAsk')}</p>
                <AdministratorContact say={t('common.sayLogin', { login: account.login })} />
              </>
            ) : (
              <>
                <p>{t('certificate.fileLostText')}</p>
                <Link to="/replace">{t('replace.act')}</Link>
              </>
            )}
          </Disclosure>
        </>
      );
    case 'phone-missing':
      return <PhoneMissing account={account} />;
    case 'phone-held':
      return <PhoneHeld until={view.phoneHeldUntil} account={account} />;
    case 'administrator':
      return (
        <>
          <Notice tone="attention" title={t('certificate.administratorTitle')}>
            <p>{t('certificate.administratorText')}</p>
          </Notice>
          <AdministratorContact say={t('common.sayLogin', { login: account.login })} />
        </>
      );
  }
}

function NewFile({ system, account }: Omit<StepDownloadProps, 'view' | 'state'>) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  const download = useDownload();
  return (
    <>
      <p>{t('certificate.why')}</p>
      <DeviceAdvice />
      <p>
        {t('certificate.downloadNew', { phone: account.phone ?? '' })} {t('certificate.downloadNewHint')}
      </p>
      <Button
        leftSection={<IconDownload size={20} aria-hidden="true" />}
        loading={download.isPending}
        onClick={() =>
          download.mutate({ issue: true, format: 'compatible', extension: defaultExtension(system) })
        }
      >
        {t('certificate.download')}
      </Button>
      <ActionProblem error={download.error} />
      {clientAdvice(reader) === 'none' && <DeviceAdvice askElsewhere />}
    </>
  );
}

interface SameFileProps {
  readonly file: NonNullable<CertificateView['file']>;
  readonly system: GuideSystem;
}

function SameFile({ file, system }: SameFileProps) {
  const { t } = useTranslation();
  const { savedFile } = usePortal();
  const download = useDownload();
  const now = useServerNow(5000);
  const extension = defaultExtension(system);
  const name = savedFile ?? `${file.name}.${extension}`;
  const until = t('certificate.availableUntil', { time: formatMoment(file.availableUntil, now) });
  const minutes = minutesUntil(file.availableUntil, now);
  return (
    <>
      <Notice
        tone={savedFile === undefined ? 'quiet' : 'valid'}
        title={t(savedFile === undefined ? 'certificate.ready' : 'certificate.downloaded', { file: name })}
      >
        <p>{t('certificate.whereIsIt')}</p>
        <div className={classes.again}>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
            loading={download.isPending}
            onClick={() => download.mutate({ issue: false, format: 'compatible', extension })}
          >
            {t('certificate.downloadAgain')}
          </Button>
          <span className={classes.until}>
            {until}
            {minutes > 0 && ` · ${t('common.minutesLeft', { count: minutes })}`}
          </span>
        </div>
      </Notice>
      <ActionProblem error={download.error} />
      <FileFormatChoice system={system} />
    </>
  );
}

function PhoneMissing({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const certificate = useCertificate();
  return (
    <>
      <Notice tone="attention" title={t('certificate.phoneMissingTitle')}>
        <p>{t('certificate.phoneMissingText')}</p>
      </Notice>
      <AdministratorContact say={t('common.sayLogin', { login: account.login })} />
      <Button loading={certificate.isFetching} onClick={() => void certificate.refetch()}>
        {t('certificate.checkAgain')}
      </Button>
    </>
  );
}
