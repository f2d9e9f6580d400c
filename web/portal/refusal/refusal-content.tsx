import { useTranslation } from 'react-i18next';
import type { CertificateView, RefusalView } from '../../../src/portal/contract.ts';
import { formatDateTime } from '../../ui/dates.ts';
import { Emphasised } from '../../ui/emphasised.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { AccountRow } from '../account-row.tsx';
import { browserFamily } from '../client/this-client.ts';
import { InstructionLinks } from '../instruction-links.tsx';
import { usePortal } from '../portal-context.tsx';
import { useSession } from '../queries.ts';
import type { Account } from '../signed-in.tsx';
import { ShownCertificates } from './compared-certificates.tsx';
import { FirefoxForgetFirst } from './firefox-forget.tsx';
import { RefusalActions } from './refusal-actions.tsx';
import classes from './refusal-content.module.css';
import { RefusalHelp } from './refusal-help.tsx';
import { RefusalIcon } from './refusal-icon.tsx';
import { RefusalObstacle } from './refusal-obstacle.tsx';
import { REFUSAL_NUMBERS, refusalOffer } from './refusal-offer.ts';

interface RefusalContentProps {
  readonly account: Account;
  readonly refusal: RefusalView;
  readonly certificate: CertificateView;
}

/** What happened, what to do now, what if that does not help: in this order. */
export function RefusalContent({ account, refusal, certificate }: RefusalContentProps) {
  const { t } = useTranslation();
  const { productName } = useSession();
  const { reader } = usePortal();
  const { reason, presented, expected } = refusal;
  const offer = refusalOffer(reason, certificate.download, certificate.presentedBefore);
  const code = REFUSAL_NUMBERS[reason];
  const forgetsFirst =
    reason === 'certificate-mismatch' && presented !== null && browserFamily(reader) === 'firefox';
  const next = t(`refusal.reasons.${reason}.next`, {
    subject: account.login,
    notBefore: expected === null ? '' : formatDateTime(expected.notBefore),
  });
  return (
    <div className={classes.content} data-reason={reason}>
      <div className={classes.icon}>
        <RefusalIcon reason={reason} />
      </div>
      <PageTitle title={t(`refusal.reasons.${reason}.title`)} productName={productName} />
      <div className={classes.message}>
        <p className={classes.text}>{t(`refusal.reasons.${reason}.text`)}</p>
        <p className={classes.code}>
          {t('refusal.code', { code })} · {formatDateTime(refusal.at)}
        </p>
      </div>
      <AccountRow account={account} withSignOut={offer.primary !== 'sign-out'} />
      <ShownCertificates reason={reason} presented={presented} expected={expected} />
      {offer.obstacle !== undefined && (
        <RefusalObstacle obstacle={offer.obstacle} say={t('common.sayTo', { login: account.login, code })} />
      )}
      {forgetsFirst && (
        <FirefoxForgetFirst
          subject={account.login}
          applicationName={refusal.application.name}
          button={t('refusal.chooseAnother')}
          older={presented.subject === account.login ? presented.serialTail : undefined}
        />
      )}
      {offer.obstacle !== 'phone-missing' && !forgetsFirst && (
        <p className={classes.next}>
          <Emphasised text={next} />
          {offer.primary === 'download' && account.phone !== null && (
            <> {t('refusal.passwordComes', { phone: account.phone })}</>
          )}
        </p>
      )}
      <RefusalActions offer={offer} refusal={refusal} certificate={certificate} />
      <div className={classes.foot}>
        <RefusalHelp
          reason={reason}
          say={t('common.sayTo', { login: account.login, code })}
          withContact={offer.obstacle === undefined}
        />
        <InstructionLinks />
      </div>
    </div>
  );
}
