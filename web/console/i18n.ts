import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '../../src/console/contract.ts';
import type { ConsoleSection } from './section.ts';
import { en } from './texts/en.ts';
import { ru } from './texts/ru.ts';

const REMEMBERED = 'propusk-locale';

/** The language before the server has told it: the last one used here, else Russian. */
function rememberedLocale(): Locale {
  try {
    return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'ru';
  } catch {
    // Storage may be switched off altogether.
    return 'ru';
  }
}

export async function startTexts(sections: readonly ConsoleSection[]): Promise<void> {
  const textsOf = (locale: Locale) =>
    Object.fromEntries(sections.map(({ name, texts }) => [name, texts[locale]]));
  await i18next.use(initReactI18next).init({
    resources: { ru: { console: ru, ...textsOf('ru') }, en: { console: en, ...textsOf('en') } },
    lng: rememberedLocale(),
    fallbackLng: false,
    supportedLngs: ['ru', 'en'],
    ns: ['console', ...sections.map(({ name }) => name)],
    defaultNS: 'console',
    // React escapes.
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false },
  });
  document.documentElement.lang = i18next.language;
}

export async function changeLocale(locale: Locale): Promise<void> {
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  try {
    localStorage.setItem(REMEMBERED, locale);
  } catch {
    // Only the page's first moment depends on it.
  }
}
