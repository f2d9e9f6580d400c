import { useTranslation } from 'react-i18next';
import type { JournalEntryView } from '../../../src/console/journal/contract.ts';
import { useCategory } from '../status/use-reason.ts';

const NAMES = ['from', 'to', 'reason', 'url', 'category', 'count', 'source', 'format', 'address'] as const;
const STATES = ['checking', 'valid', 'valid-expires-soon', 'unknown', 'invalid'] as const;

/** Names and values of a line in words where there are words; as they are in the journal otherwise. */
export function useDetails(): (entry: JournalEntryView) => JournalEntryView['details'] {
  const { t } = useTranslation(['journal', 'status']);
  const categoryOf = useCategory();
  return ({ type, details }) =>
    details.map(({ name, value }) => {
      const known = NAMES.find((each) => each === name);
      const state = STATES.find((each) => each === value);
      const isState = type === 'certificate-status-changed' && state !== undefined;
      return {
        name: known === undefined ? name : t(`names.${known}`),
        value: isState
          ? t(`states.${state}`, { ns: 'status' })
          : name === 'category'
            ? categoryOf(value)
            : value,
      };
    });
}
