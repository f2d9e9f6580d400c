import { useTranslation } from 'react-i18next';
import type { JournalEntryView } from '../../../src/console/journal/contract.ts';
import { reasonOf } from '../refusals/reason-key.ts';
import { useCategory } from '../status/use-reason.ts';
import { namesEn, valuesEn } from './details-en.ts';
import { namesRu, valuesRu } from './details-ru.ts';

type Table = Readonly<Record<string, string>>;
const TABLES: Readonly<Record<'ru' | 'en', { readonly names: Table; readonly values: Table }>> = {
  ru: { names: namesRu, values: valuesRu },
  en: { names: namesEn, values: valuesEn },
};

/** Names and values of a line in words where there are words; as they are in the journal otherwise. */
export function useDetails(): (entry: JournalEntryView) => JournalEntryView['details'] {
  const { t, i18n } = useTranslation(['journal', 'status', 'refusals']);
  const categoryOf = useCategory();
  const { names, values } = TABLES[i18n.language === 'en' ? 'en' : 'ru'];
  const wordsOf = (type: string, name: string, value: string): string => {
    // A reason or a state of a newer server has no words here: it is told as it is.
    if (type === 'certificate-status-changed') {
      const key = name === 'reason' ? `reasons.${value}.title` : `states.${value}`;
      return t(key as 'states.valid', { ns: 'status', defaultValue: value });
    }
    if (type === 'certificate-revoked' && name === 'reason') {
      return t(`revocationReasons.${value}` as 'revocationReasons.superseded', {
        ns: 'status',
        defaultValue: value,
      });
    }
    if (type === 'entry-refused' && name === 'reason') {
      return t(`reasons.${reasonOf(value)}`, { ns: 'refusals', code: value });
    }
    if (name === 'category') return categoryOf(value);
    const key = `${name}.${value}`;
    return (Object.hasOwn(values, key) ? values[key] : undefined) ?? value;
  };
  return ({ type, details }) =>
    details.map(({ name, value }) => ({
      name: (Object.hasOwn(names, name) ? names[name] : undefined) ?? name,
      value: wordsOf(type, name, value),
    }));
}
