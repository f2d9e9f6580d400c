import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StepList } from '../../ui/step-list.tsx';

/**
 * Nothing that a server sends makes Firefox forget a choice; only the person can. A certificate was presented, so there
 * is a choice to forget, and the steps come before the button.
 */
export function FirefoxForgetFirst({ subject }: { readonly subject: string }) {
  const { t } = useTranslation();
  return (
    <Notice tone="attention" title={t('firefox.title')}>
      <StepList
        dense
        steps={[
          t('firefox.steps.settings'),
          t('firefox.steps.decisions'),
          t('firefox.steps.again', { subject }),
        ]}
      />
    </Notice>
  );
}

/** Nothing was presented: Firefox asks by itself, unless «Отмена» was pressed before. */
export function FirefoxDidNotAsk({ applicationName }: { readonly applicationName: string }) {
  const { t } = useTranslation();
  return (
    <Disclosure title={t('firefox.asked')}>
      <p>{t('firefox.text')}</p>
      <StepList
        steps={[
          t('firefox.steps.settings'),
          t('firefox.steps.decisions'),
          t('firefox.steps.restart', { application: applicationName }),
        ]}
      />
    </Disclosure>
  );
}
