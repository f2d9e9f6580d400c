import { Button } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificateView, RefusalView } from '../../../src/portal/contract.ts';
import { ApiProblem } from '../../api/problem.ts';
import { FaultMessage } from '../faults/fault-message.tsx';
import { ContentSkeleton } from '../faults/page-skeleton.tsx';
import { Layout } from '../layout.tsx';
import { throwFault, useCertificate, useRefusal } from '../queries.ts';
import { type Account, SignedIn } from '../signed-in.tsx';
import { RefusalContent } from './refusal-content.tsx';

/** What is known of the certificate where the server cannot tell: nothing can be downloaded. */
const UNKNOWN: CertificateView = {
  state: 'none',
  current: null,
  download: 'administrator',
  file: null,
  password: null,
  replacement: 'not-possible',
  phoneHeldUntil: null,
  former: null,
  expiresSoon: false,
  presentedBefore: true,
};

export function RefusalPage() {
  return <SignedIn>{(account) => <Refusal account={account} />}</SignedIn>;
}

function Refusal({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { decision } = useSearch({ from: '/refused' });
  const refusal = useRefusal(decision);
  const certificate = useCertificate();
  const view = certificate.data ?? (isBlocked(certificate.error) ? UNKNOWN : undefined);
  const home = (
    <Button component="a" href="/">
      {t('common.home')}
    </Button>
  );

  if (refusal.error instanceof ApiProblem && refusal.error.code === 'not-found') {
    return (
      <Layout>
        <FaultMessage kind="no-refusal" action={home} />
      </Layout>
    );
  }
  if (refusal.data === undefined || view === undefined) {
    throwFault(refusal.error ?? certificate.error);
    return (
      <Layout>
        <ContentSkeleton />
      </Layout>
    );
  }
  return <RefusalFrame account={account} refusal={refusal.data} certificate={view} />;
}

function isBlocked(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'account-blocked';
}

interface RefusalFrameProps {
  readonly account: Account;
  readonly refusal: RefusalView;
  readonly certificate: CertificateView;
}

function RefusalFrame(props: RefusalFrameProps) {
  return (
    <Layout applicationName={props.refusal.application.name}>
      <RefusalContent {...props} />
    </Layout>
  );
}
