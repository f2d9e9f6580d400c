import { useTranslation } from 'react-i18next';
import type { FailureCode } from '../../../src/console/dss/contract.ts';
import { wordsOf } from './failure-words.ts';

/** What «События» say of a failure, the two known ones in the seed's words. */
export function useDssEventText(): (payload: Readonly<Record<string, string>>) => string {
  const { t } = useTranslation('dss');
  return ({ failure, connectionName }) => {
    // The server that wrote it may be newer; what it does not know has the common words.
    const code = (failure ?? 'answer-unexpected') as FailureCode;
    const words = wordsOf(code) ?? { kind: 'connection', title: 'title', advice: 'addressDo' };
    const text =
      words.kind === 'own'
        ? t(`failedWord.${words.word}`)
        : `${t(`failed.${words.title}`)} - ${t(`failed.${words.advice}`)}`;
    return connectionName === undefined ? `${text}.` : `${text}. (${connectionName})`;
  };
}
