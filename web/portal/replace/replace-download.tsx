import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { Emphasised } from '../../ui/emphasised.tsx';
import { Notice } from '../../ui/notice.tsx';
import { DeviceAdvice } from '../client/device-advice.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import type { Account } from '../signed-in.tsx';
import { CodeStep } from './code-step.tsx';
import { Focused } from './focused.tsx';
import classes from './replace-page.module.css';
import { useReplace } from './use-replace.ts';

interface ReplaceDownloadProps {
  readonly view: CertificateView;
  readonly account: Account;
  readonly homeUrl: string;
}

/** After the confirmation: «Скачать сертификат» issues, «На главную» leaves everything as it is. */
export function ReplaceDownload({ view, account, homeUrl }: ReplaceDownloadProps) {
  const { t } = useTranslation();
  const replace = useReplace();
  const home = (
    <Button variant="default" component="a" href={homeUrl}>
      {t('common.home')}
    </Button>
  );
  const phone = account.phone ?? '';
  return (
    <>
      <Focused>
        <Notice tone="attention">
          <p>
            <Emphasised text={t('replace.downloadText')} />
          </p>
          <p>
            <Emphasised text={t('replace.passwordComes', { phone })} />
          </p>
        </Notice>
      </Focused>
      <DeviceAdvice />
      {view.replacement === 'code' ? (
        <CodeStep phone={phone} replace={replace} home={home} />
      ) : (
        <>
          <div className={classes.buttons}>
            <Button
              leftSection={<IconDownload size={20} aria-hidden="true" />}
              loading={replace.isPending}
              onClick={() => replace.mutate(undefined)}
            >
              {t('certificate.download')}
            </Button>
            {home}
          </div>
          <ActionProblem error={replace.error} />
        </>
      )}
    </>
  );
}
