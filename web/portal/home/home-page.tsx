import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { AccountRow } from '../account-row.tsx';
import { ExpiryNotice } from '../expiry-notice.tsx';
import { ContentSkeleton } from '../faults/page-skeleton.tsx';
import { InstructionLinks } from '../instruction-links.tsx';
import { Layout } from '../layout.tsx';
import { throwFault, useCertificate, useSession } from '../queries.ts';
import { type Account, SignedIn } from '../signed-in.tsx';
import { ApplicationList } from './application-list.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { DeletionReminder } from './deletion-reminder.tsx';
import classes from './home-page.module.css';

export function HomePage() {
  return <SignedIn>{(account) => <Home account={account} />}</SignedIn>;
}

function Home({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { applications, productName } = useSession();
  const certificate = useCertificate();
  if (certificate.data === undefined) {
    throwFault(certificate.error);
    return (
      <Layout>
        <ContentSkeleton />
      </Layout>
    );
  }
  const view = certificate.data;
  const canEnter = view.state === 'active';
  const list = <ApplicationList key="applications" applications={applications} canEnter={canEnter} />;
  const card = <CertificateCard key="certificate" view={view} account={account} />;
  return (
    <Layout>
      <div className={classes.page}>
        <PageTitle title={t('home.title')} productName={productName} />
        <AccountRow account={account} />
        <ExpiryNotice view={view} />
        {/* What there is to do comes first: enter where that is possible, else get the certificate. */}
        {canEnter && view.presentedBefore ? [list, card] : [card, list]}
        <DeletionReminder view={view} />
        <div className={classes.foot}>
          <InstructionLinks />
        </div>
      </div>
    </Layout>
  );
}
