import { useSearch } from '@tanstack/react-router';
import type { RefusalReason } from '../../../src/portal/contract.ts';
import { ContentSkeleton } from '../faults/page-skeleton.tsx';
import { findHome } from '../find-home.ts';
import { Layout } from '../layout.tsx';
import { throwFault, useCertificate, useRefusal, useSession } from '../queries.ts';
import { type Account, SignedIn } from '../signed-in.tsx';
import { CertificateContent } from './certificate-content.tsx';

/** The download page: after a refusal (`?decision=…`) with the application it came from, else for any. */
export function CertificatePage() {
  return <SignedIn>{(account) => <Certificate account={account} />}</SignedIn>;
}

function Certificate({ account }: { readonly account: Account }) {
  const { decision, application: asked } = useSearch({ from: '/certificate' });
  const session = useSession();
  const { applications } = session;
  const certificate = useCertificate();
  // Only for the application's name: without it the page works for all of them.
  const refusal = useRefusal(decision, decision !== undefined);
  if (certificate.data === undefined || refusal.isLoading) {
    throwFault(certificate.error);
    return (
      <Layout>
        <ContentSkeleton />
      </Layout>
    );
  }
  const refused = refusal.data?.application;
  const only = applications.length === 1 ? applications[0] : undefined;
  const application = refused ?? only;
  return (
    <Layout applicationName={application?.name}>
      <CertificateContent
        account={account}
        view={certificate.data}
        applications={refused === undefined ? applications : [refused]}
        refusedHere={isToInstallHere(refusal.data?.reason)}
        pollError={certificate.error}
        homeUrl={findHome({ session, asked, refusal: refusal.data }).url}
      />
    </Layout>
  );
}

function isToInstallHere(reason: RefusalReason | undefined): boolean {
  return reason === 'certificate-mismatch' || reason === 'certificate-not-presented';
}
