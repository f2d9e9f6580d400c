import { useTranslation } from 'react-i18next';
import { algorithmNamesEn, fieldNamesEn } from './field-names-en.ts';
import { algorithmNamesRu, fieldNamesRu } from './field-names-ru.ts';
import { notImportableEn } from './not-importable-en.ts';
import { notImportableRu } from './not-importable-ru.ts';

type Table = Readonly<Record<string, string>>;
type Names = { readonly [Kind in 'fields' | 'algorithms' | 'notImportable']: Table };

const NAMES: Readonly<Record<'ru' | 'en', Names>> = {
  ru: { fields: fieldNamesRu, algorithms: algorithmNamesRu, notImportable: notImportableRu },
  en: { fields: fieldNamesEn, algorithms: algorithmNamesEn, notImportable: notImportableEn },
};

/** Names of what certificates are made of; what has none is called by its object identifier. */
export function useNames() {
  const { i18n } = useTranslation('workspace');
  const names = NAMES[i18n.language === 'en' ? 'en' : 'ru'];
  const lookUp = (table: Table, key: string) => (Object.hasOwn(table, key) ? (table[key] ?? key) : key);
  return {
    field: (key: string) => lookUp(names.fields, key),
    algorithm: (key: string) => {
      const bits = /^rsa-(\d+)$/.exec(key)?.[1];
      return bits === undefined ? lookUp(names.algorithms, key) : `RSA ${bits}`;
    },
    notImportable: (what: string) =>
      lookUp(names.notImportable, Object.hasOwn(names.notImportable, what) ? what : 'unknown'),
  };
}
