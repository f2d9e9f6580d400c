import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { LocaleCode } from '../../src/portal/contract.ts';
import { en } from './texts/en.ts';
import { ru } from './texts/ru.ts';

const REMEMBERED = 'propusk-locale';

/** The language before the server has told it: the last one used here, else Russian. */
function rememberedLocale(): LocaleCode {
  try {
    return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'ru';
  } catch {
    // Storage may be switched off altogether.
    return 'ru';
  }
}

export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { ru: { portal: ru }, en: { portal: en } },
    lng: rememberedLocale(),
    fallbackLng: false,
    supportedLngs: ['ru', 'en'],
    ns: ['portal'],
    defaultNS: 'portal',
    // React escapes.
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false },
  });
  document.documentElement.lang = i18next.language;
}

export async function changeLocale(locale: LocaleCode): Promise<void> {
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  try {
    localStorage.setItem(REMEMBERED, locale);
  } catch {
    // Only the page's first moment depends on it.
  }
}

export function currentLocale(): LocaleCode {
  return i18next.language === 'en' ? 'en' : 'ru';
}
