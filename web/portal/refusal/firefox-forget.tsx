import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/choice.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Emphasised } from '../../ui/emphasised.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StepList } from '../../ui/step-list.tsx';
import classes from './firefox-forget.module.css';

/** How long Firefox keeps the choice, as its own window offers it; its default first. */
const KINDS = ['session', 'once', 'permanent'] as const;
type Kind = (typeof KINDS)[number];

interface FirefoxWaysProps {
  readonly subject: string;
  readonly applicationName: string;
  /** The label of the button on this page that goes to the application. */
  readonly button: string;
}

interface FirefoxForgetFirstProps extends FirefoxWaysProps {
  /** The end of the serial number, where what Firefox presents is the person's own former certificate. */
  readonly older: string | undefined;
}

/**
 * Nothing that a server sends makes Firefox forget a choice; only the person can. A certificate was presented, so there
 * is a choice to forget, and the steps come before the button. Without its certificate a choice is void: an old one,
 * which has to be removed anyway, is better deleted.
 */
export function FirefoxForgetFirst({ older, ...ways }: FirefoxForgetFirstProps) {
  const { t } = useTranslation();
  const { subject, button } = ways;
  if (older === undefined) {
    return (
      <Notice tone="attention">
        <FirefoxWays {...ways} />
      </Notice>
    );
  }
  return (
    <Notice tone="attention" title={t('firefox.olderTitle')}>
      <StepList
        dense
        steps={[
          t('firefox.steps.settings'),
          t('firefox.steps.manager'),
          t('firefox.olderDelete', { tail: older }),
          t('firefox.steps.press', { subject, button }),
        ]}
      />
      <Disclosure title={t('firefox.olderOther')}>
        <FirefoxWays {...ways} />
      </Disclosure>
    </Notice>
  );
}

/** Nothing was presented: Firefox asks by itself, unless «Отмена» was pressed before. */
export function FirefoxDidNotAsk(ways: FirefoxWaysProps) {
  const { t } = useTranslation();
  return (
    <Disclosure title={t('firefox.asked')}>
      <p>
        <Emphasised text={t('firefox.text')} />
      </p>
      <FirefoxWays {...ways} />
    </Disclosure>
  );
}

/** For each answer the way with the fewest steps; a restart only where it helps. */
function FirefoxWays({ subject, applicationName, button }: FirefoxWaysProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('session');
  const press = t('firefox.steps.press', { subject, button });
  const steps: Readonly<Record<Kind, readonly string[]>> = {
    session: [
      t('firefox.steps.restart'),
      t('firefox.steps.enter', { subject, application: applicationName }),
    ],
    once: [press],
    permanent: [t('firefox.steps.settings'), t('firefox.steps.manager'), t('firefox.steps.decisions'), press],
  };
  return (
    <div className={classes.ways} data-kind={kind}>
      <p className={classes.question} aria-hidden="true">
        {t('firefox.question')}
      </p>
      <Choice<Kind>
        label={t('firefox.question')}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(`firefox.kinds.${value}`) }))}
      />
      <StepList dense steps={steps[kind]} />
      <p className={classes.known}>{t(`firefox.known.${kind}`)}</p>
    </div>
  );
}
