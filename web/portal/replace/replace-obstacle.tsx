import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import { AdministratorContact } from '../administrator-contact.tsx';
import type { Account } from '../signed-in.tsx';
import { Focused } from './focused.tsx';
import classes from './replace-page.module.css';
import { ReplaceStart } from './replace-start.tsx';

function Home({ homeUrl }: { readonly homeUrl: string }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" component="a" href={homeUrl}>
      {t('common.home')}
    </Button>
  );
}

export function NothingToReplace({ homeUrl }: { readonly homeUrl: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.part}>
      <Notice tone="quiet" title={t('replace.nothingTitle')}>
        <p>{t('replace.nothingText')}</p>
      </Notice>
      <div className={classes.buttons}>
        <Button renderRoot={(props) => <Link to="/certificate" {...props} />}>{t('home.get')}</Button>
        <Home homeUrl={homeUrl} />
      </div>
    </div>
  );
}

interface JustIssuedProps {
  readonly view: CertificateView;
  readonly account: Account;
  readonly homeUrl: string;
}

/** Within the ten minutes a lost file is downloaded again; replacing is there for whom it is stolen. */
export function JustIssued({ view, account, homeUrl }: JustIssuedProps) {
  const { t } = useTranslation();
  const [goesOn, setGoesOn] = useState(false);
  if (goesOn) {
    return (
      <Focused>
        <ReplaceStart view={view} account={account} homeUrl={homeUrl} />
      </Focused>
    );
  }
  return (
    <div className={classes.part}>
      <Notice tone="quiet" title={t('replace.another')}>
        <p>{t('replace.anotherText')}</p>
      </Notice>
      <div className={classes.buttons}>
        <Button renderRoot={(props) => <Link to="/certificate" {...props} />}>
          {t('replace.anotherLink')}
        </Button>
        <Home homeUrl={homeUrl} />
        <Button variant="subtle" onClick={() => setGoesOn(true)}>
          {t('replace.act')}
        </Button>
      </div>
    </div>
  );
}

interface NotReplaceableProps {
  readonly why: 'phone-missing' | 'administrator';
  readonly account: Account;
  readonly homeUrl: string;
}

export function NotReplaceable({ why, account, homeUrl }: NotReplaceableProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.part}>
      {why === 'phone-missing' ? (
        <Notice tone="attention" title={t('certificate.phoneMissingTitle')}>
          <p>{t('certificate.phoneMissingText')}</p>
        </Notice>
      ) : (
        <Notice tone="attention" title={t('replace.notNowTitle')}>
          <p>{t('replace.notNowText')}</p>
        </Notice>
      )}
      <AdministratorContact say={t('common.sayLogin', { login: account.login })} />
      <div className={classes.buttons}>
        <Home homeUrl={homeUrl} />
      </div>
    </div>
  );
}
