import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../src/portal/contract.ts';
import { ApiProblem, problemCode } from '../../api/problem.ts';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { PageFrame } from '../../ui/page-frame.tsx';
import { changeLocale, currentLocale } from '../i18n.ts';
import { SESSION } from '../queries.ts';
import { FaultMessage } from './fault-message.tsx';

/** What is left when the page cannot be made at all. Asks the server for nothing. */
export function FaultPage({ error, reset }: ErrorComponentProps) {
  const { t, i18n } = useTranslation();
  const queryClient = useQueryClient();
  const session = queryClient.getQueryData<SessionView>(SESSION);
  const isNetwork = error instanceof ApiProblem && error.code === 'network';
  const retry = async () => {
    await queryClient.resetQueries();
    reset();
  };
  return (
    <PageFrame
      key={i18n.language}
      productName={session?.productName ?? 'Propusk'}
      skipText={t('common.skip')}
      end={
        <LanguageSwitch
          label={t('common.language')}
          value={currentLocale()}
          onChange={(locale) => void changeLocale(locale)}
        />
      }
    >
      <FaultMessage
        kind={isNetwork ? 'network' : 'server'}
        code={problemCode(error)}
        action={<Button onClick={() => void retry()}>{t('common.retry')}</Button>}
      />
    </PageFrame>
  );
}
