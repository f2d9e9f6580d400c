import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FailureCode } from '../../../src/console/dss/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import { wordsOf } from './failure-words.ts';

interface FailureNoticeProps {
  readonly failure: FailureCode;
  /** Of the request, for technical support. */
  readonly requestId?: string;
  readonly role?: 'alert';
}

/** What did not work, in the seed's words where it has them; what it was exactly, and what to do. */
export function FailureNotice({ failure, requestId, role }: FailureNoticeProps) {
  const { t } = useTranslation('dss');
  const words = wordsOf(failure);
  return (
    <Notice
      tone="invalid"
      role={role}
      title={words.kind === 'own' ? t(`failedWord.${words.word}`) : t(`failed.${words.title}`)}
    >
      {words.kind === 'connection' && <p>{capitalised(t(`failed.${words.advice}`))}.</p>}
      <p>{t(`failure.${failure}`)}</p>
      {words.kind === 'connection' && words.advice === 'addressDo' && <p>{t('failed.ownNetwork')}</p>}
      {requestId !== undefined && (
        <p>
          {t('request.number')}: <code>{requestId}</code>
        </p>
      )}
      <p>
        <Anchor renderRoot={(props) => <Link to="/journal" {...props} />}>{t('failed.journal')}</Anchor>
      </p>
    </Notice>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
