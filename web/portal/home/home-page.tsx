import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { AccountRow } from '../account-row.tsx';
import { DeletionAdvice } from '../certificate/deletion-advice.tsx';
import { isFileDeleted } from '../certificate/deletion-memory.ts';
import { ContentSkeleton } from '../faults/page-skeleton.tsx';
import { InstructionLinks } from '../instruction-links.tsx';
import { Layout } from '../layout.tsx';
import { useCertificate, useSession } from '../queries.ts';
import { type Account, SignedIn } from '../signed-in.tsx';
import { CertificateCard } from './certificate-card.tsx';
import classes from './home-page.module.css';

export function HomePage() {
  return <SignedIn>{(account) => <Home account={account} />}</SignedIn>;
}

function Home({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const { applications, productName } = useSession();
  const certificate = useCertificate();
  if (certificate.error !== null && certificate.data === undefined) throw certificate.error;
  if (certificate.data === undefined) {
    return (
      <Layout>
        <ContentSkeleton />
      </Layout>
    );
  }
  const view = certificate.data;
  const toDelete = view.presentedBefore && view.state === 'active' && !isFileDeleted(view);
  return (
    <Layout>
      <div className={classes.page}>
        <PageTitle
          title={t('home.title', { name: account.displayName || account.login })}
          productName={productName}
        />
        <AccountRow account={account} />
        <CertificateCard view={view} />
        <section>
          <h2 className={classes.title}>{t('home.applications')}</h2>
          {applications.length === 0 ? (
            <p className={classes.none}>{t('home.applicationsNone')}</p>
          ) : (
            <ul className={classes.applications}>
              {applications.map(({ id, name, homeUrl }) => (
                <li key={id} className={classes.application}>
                  <span className={classes.name}>{name}</span>
                  <Button
                    component="a"
                    href={homeUrl}
                    size="sm"
                    className={classes.open}
                    variant={view.state === 'active' ? 'filled' : 'default'}
                    rightSection={<IconArrowRight size={18} aria-hidden="true" />}
                    aria-label={`${t('home.open')}: ${name}`}
                  >
                    {t('home.open')}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </section>
        {toDelete && <DeletionAdvice view={view} after="entry" />}
        <div className={classes.foot}>
          <InstructionLinks />
        </div>
      </div>
    </Layout>
  );
}
