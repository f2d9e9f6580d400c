import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { AccountRow } from '../account-row.tsx';
import { PhoneHeld } from '../certificate/phone-held.tsx';
import { ContentSkeleton } from '../faults/page-skeleton.tsx';
import { findHome } from '../find-home.ts';
import { Layout } from '../layout.tsx';
import { throwFault, useCertificate, useRefusal, useSession } from '../queries.ts';
import { type Account, SignedIn } from '../signed-in.tsx';
import { ReplaceDone } from './replace-done.tsx';
import { JustIssued, NothingToReplace, NotReplaceable } from './replace-obstacle.tsx';
import classes from './replace-page.module.css';
import { replaceStage } from './replace-stage.ts';
import { ReplaceStart } from './replace-start.tsx';

/** «Заменить сертификат»: from the own pages, an application's menu, or a refusal (`?decision=…`). */
export function ReplacePage() {
  return <SignedIn>{(account) => <Replace account={account} />}</SignedIn>;
}

function Replace({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { decision, application: asked } = useSearch({ from: '/replace' });
  const session = useSession();
  const certificate = useCertificate();
  const refusal = useRefusal(decision, decision !== undefined);
  const view = certificate.data;
  if (view === undefined || refusal.isLoading) {
    throwFault(certificate.error);
    return (
      <Layout>
        <ContentSkeleton />
      </Layout>
    );
  }
  const { application, url: homeUrl } = findHome({ session, asked, refusal: refusal.data });
  const stage = replaceStage(view, account.phone);
  return (
    <Layout applicationName={application?.name}>
      <div className={classes.page} data-stage={stage}>
        {/* A page of its own once it is done: its heading takes the focus of the button that is gone. */}
        <PageTitle
          key={stage === 'done' ? 'done' : 'before'}
          title={t(stage === 'done' ? 'replace.doneTitle' : 'replace.title')}
          productName={session.productName}
        />
        <AccountRow account={account} />
        {stage === 'start' && <ReplaceStart view={view} account={account} homeUrl={homeUrl} />}
        {stage === 'done' && (
          <ReplaceDone view={view} application={application} homeUrl={homeUrl} account={account} />
        )}
        {stage === 'just-issued' && <JustIssued view={view} account={account} homeUrl={homeUrl} />}
        {stage === 'nothing' && <NothingToReplace homeUrl={homeUrl} />}
        {stage === 'phone-held' && <PhoneHeld until={view.phoneHeldUntil} account={account} />}
        {(stage === 'phone-missing' || stage === 'administrator') && (
          <NotReplaceable why={stage} account={account} homeUrl={homeUrl} />
        )}
      </div>
    </Layout>
  );
}
