import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { useSession, useSetLocale } from './queries.ts';

interface LayoutProps {
  readonly applicationName?: string | undefined;
  readonly width?: 'column' | 'wide';
  readonly children: ReactNode;
}

/** The quiet header around every page: product, application, language. */
export function Layout({ applicationName, width = 'column', children }: LayoutProps) {
  const { t } = useTranslation();
  const session = useSession();
  const setLocale = useSetLocale();
  return (
    <PageFrame
      productName={session.productName}
      applicationName={applicationName}
      skipText={t('common.skip')}
      width={width}
      end={
        <LanguageSwitch
          label={t('common.language')}
          value={session.locale}
          onChange={(locale) => void setLocale(locale)}
        />
      }
    >
      {children}
    </PageFrame>
  );
}
