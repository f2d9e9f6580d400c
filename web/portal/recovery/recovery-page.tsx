import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecoveryCodeView } from '../../../src/portal/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import { ActionProblem } from '../faults/action-problem.tsx';
import { Layout } from '../layout.tsx';
import { usePortal } from '../portal-context.tsx';
import { useSession } from '../queries.ts';
import classes from '../sign-in/sign-in-page.module.css';
import { NotPossible } from './not-possible.tsx';
import { RecoveryForm } from './recovery-form.tsx';

/** A forgotten password: the certificate is presented at a gate, which leads back here with the proof in the address. */
export function RecoveryPage({ proof }: { readonly proof: string | undefined }) {
  const { t } = useTranslation();
  const { productName } = useSession();
  const [isDone, setDone] = useState(false);
  return (
    <Layout>
      <div className={classes.page}>
        <div>
          <PageTitle
            key={isDone ? 'done' : 'before'}
            title={t(isDone ? 'recovery.doneTitle' : 'recovery.title')}
            productName={productName}
          />
          <p className={classes.why}>{t(isDone ? 'recovery.done' : 'recovery.why')}</p>
        </div>
        {isDone ? (
          <Button component="a" href="/sign-in" fullWidth>
            {t('signIn.submit')}
          </Button>
        ) : proof === undefined || proof === 'none' ? (
          <PresentStep isNone={proof === 'none'} />
        ) : (
          <CodeStep proof={proof} onDone={() => setDone(true)} />
        )}
        {!isDone && (
          <div>
            <p className={classes.forgotten}>{t('recovery.otherwise')}</p>
            <AdministratorContact />
          </div>
        )}
      </div>
    </Layout>
  );
}

function PresentStep({ isNone }: { readonly isNone: boolean }) {
  const { t } = useTranslation();
  const { applications } = useSession();
  const [first] = applications;
  const address = first && new URL('/.propusk/recover', first.homeUrl).href;
  return (
    <>
      {isNone && (
        <Notice tone="attention" title={t('recovery.noneTitle')}>
          <p>{t('recovery.noneText')}</p>
        </Notice>
      )}
      {address !== undefined && (
        <Button component="a" href={address} fullWidth>
          {t(isNone ? 'recovery.again' : 'recovery.present')}
        </Button>
      )}
    </>
  );
}

function CodeStep({ proof, onDone }: { readonly proof: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const [sent, setSent] = useState<RecoveryCodeView>();
  const send = useMutation({ mutationFn: () => client.sendRecoveryCode(proof), onSuccess: setSent });
  if (send.error !== null && problemCode(send.error) === 'recovery-not-possible') return <NotPossible />;
  return (
    <>
      {sent === undefined ? (
        <Button fullWidth loading={send.isPending} onClick={() => send.mutate()}>
          {t('recovery.send')}
        </Button>
      ) : (
        <RecoveryForm proof={proof} sent={sent} onDone={onDone} />
      )}
      <ActionProblem error={send.error} />
    </>
  );
}
