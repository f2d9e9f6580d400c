import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CertificateView, RefusalView } from '../../../src/portal/contract.ts';
import { useChooseAgain, useDownload, useSignOut } from '../actions.ts';
import { defaultExtension } from '../certificate/file-choice.ts';
import { DeviceAdvice } from '../client/device-advice.tsx';
import { browserFamily } from '../client/this-client.ts';
import { ActionProblem } from '../faults/action-problem.tsx';
import { ownSystem } from '../instructions/own-guide.ts';
import { usePortal } from '../portal-context.tsx';
import { useCertificate } from '../queries.ts';
import { FirefoxDidNotAsk } from './firefox-forget.tsx';
import classes from './refusal-actions.module.css';
import type { Action, RefusalOffer } from './refusal-offer.ts';

const LABELS = {
  download: 'certificate.download',
  'choose-another': 'refusal.chooseAnother',
  installed: 'refusal.installed',
  'not-installed-yet': 'refusal.notInstalledYet',
  'file-lost': 'refusal.fileLost',
  'check-again': 'certificate.checkAgain',
  home: 'common.home',
  'sign-out': 'common.signOut',
} as const satisfies Record<Action, string>;

interface RefusalActionsProps {
  readonly offer: RefusalOffer;
  readonly refusal: RefusalView;
  readonly certificate: CertificateView;
}

/** One primary button, «На главную» beside it, the rest as links. */
export function RefusalActions({ offer, refusal, certificate }: RefusalActionsProps) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  const navigate = useNavigate();
  const chooseAgain = useChooseAgain();
  const signOut = useSignOut();
  const query = useCertificate();
  const toDownloadPage = (hash?: string) =>
    navigate({
      to: '/certificate',
      search: { decision: refusal.decision },
      ...(hash !== undefined && { hash }),
    });
  // Kept for ten minutes; then only a new certificate helps.
  const findFile = () =>
    certificate.replacement === 'not-possible' || certificate.download === 'again'
      ? toDownloadPage('lost')
      : navigate({ to: '/replace', search: { decision: refusal.decision } });
  const download = useDownload(() => void toDownloadPage());

  const acts: Readonly<Record<Action, () => void>> = {
    download: () =>
      download.mutate({
        issue: certificate.download === 'new',
        format: 'compatible',
        extension: defaultExtension(ownSystem(reader)),
      }),
    'choose-another': () => chooseAgain.mutate(refusal.application.id),
    installed: () => chooseAgain.mutate(refusal.application.id),
    'not-installed-yet': () => void toDownloadPage(),
    'file-lost': () => void findFile(),
    'check-again': () => void query.refetch(),
    home: () => location.assign(refusal.returnUrl),
    'sign-out': () => signOut.mutate(),
  };
  const busy: Partial<Record<Action, boolean>> = {
    download: download.isPending,
    'check-again': query.isFetching,
    [offer.primary === 'installed' ? 'installed' : 'choose-another']: chooseAgain.isPending,
    'sign-out': signOut.isPending,
  };
  const choosesAgain = offer.primary === 'choose-another' || offer.primary === 'installed';
  const links = offer.secondary.filter((action) => action !== 'home');
  return (
    <div className={classes.actions}>
      {offer.primary === 'download' && <DeviceAdvice />}
      <ActionProblem error={download.error ?? chooseAgain.error ?? signOut.error} />
      <div className={classes.buttons}>
        <Button loading={busy[offer.primary] ?? false} onClick={acts[offer.primary]}>
          {t(LABELS[offer.primary])}
        </Button>
        {offer.primary !== 'home' && (
          <Button variant="default" component="a" href={refusal.returnUrl}>
            {t('common.home')}
          </Button>
        )}
      </div>
      {choosesAgain && (
        <Fallback
          refusal={refusal}
          subject={certificate.current?.subject ?? ''}
          button={t(LABELS[offer.primary])}
        />
      )}
      {links.length > 0 && (
        <ul className={classes.links}>
          {links.map((action) => (
            <li key={action}>
              <button type="button" className={classes.link} onClick={acts[action]}>
                {t(LABELS[action])}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface FallbackProps {
  readonly refusal: RefusalView;
  readonly subject: string;
  readonly button: string;
}

/** What to do when the browser did not ask after all. Where Firefox needs steps first, they stand above the button. */
function Fallback({ refusal, subject, button }: FallbackProps) {
  const { t } = useTranslation();
  const { reader } = usePortal();
  if (browserFamily(reader) === 'chromium') {
    return <p className={classes.fallback}>{t('refusal.restartFallback')}</p>;
  }
  if (refusal.reason === 'certificate-mismatch') return null;
  return <FirefoxDidNotAsk applicationName={refusal.application.name} subject={subject} button={button} />;
}
