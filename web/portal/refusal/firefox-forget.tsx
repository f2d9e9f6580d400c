import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Emphasised } from '../../ui/emphasised.tsx';
import { StepList } from '../../ui/step-list.tsx';

interface FirefoxForgetProps {
  readonly applicationName: string;
  readonly open?: boolean;
}

/** Nothing that a server sends makes Firefox forget a choice; only the person can. */
export function FirefoxForget({ applicationName, open = true }: FirefoxForgetProps) {
  const { t } = useTranslation();
  return (
    <Disclosure title={t('firefox.title')} open={open}>
      <p>{t('firefox.text')}</p>
      <StepList
        steps={[
          t('firefox.steps.settings'),
          t('firefox.steps.privacy'),
          t('firefox.steps.decisions'),
          t('firefox.steps.restart', { application: applicationName }),
        ]}
      />
      <p>
        <Emphasised text={t('firefox.fallback')} />
      </p>
    </Disclosure>
  );
}
