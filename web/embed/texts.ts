import type { Language } from './menu-data.ts';

export interface Texts {
  readonly menuOf: string;
  readonly validUntil: string;
  readonly replace: string;
  readonly certificates: string;
  readonly chooseAgain: string;
  readonly signOut: string;
  readonly move: string;
  readonly minimise: string;
  readonly restore: string;
  readonly closed: string;
  readonly noticeTitle: string;
  readonly noticeText: string;
  readonly later: string;
  readonly openAgain: string;
  readonly kept: string;
  readonly newTab: string;
  readonly here: string;
  readonly hereWarning: string;
  readonly back: string;
  readonly code: string;
  readonly reload: string;
  readonly lastDay: string;
  /** By the plural category of the number (Unicode CLDR). */
  readonly daysLeft: Partial<Record<Intl.LDMLPluralRule, string>>;
}

export const TEXTS: Readonly<Record<Language, Texts>> = {
  ru: {
    menuOf: 'Учётная запись {} и сертификат',
    validUntil: 'Сертификат действителен до\u00a0{}',
    replace: 'Заменить сертификат',
    certificates: 'Мои сертификаты',
    chooseAgain: 'Выбрать другой сертификат',
    signOut: 'Выйти',
    move: 'Перенести в другой угол',
    minimise: 'Свернуть до значка',
    restore: 'Показывать логин',
    closed: 'Вход закрыт',
    noticeTitle: 'Срок сертификата скоро закончится',
    noticeText: 'Замените его заранее: это займёт несколько минут, а работать можно дальше.',
    later: 'Напомнить завтра',
    openAgain: 'Вход снова открыт, можно продолжать',
    kept: 'Всё, что вы ввели на этой странице, осталось на месте.',
    newTab:
      'Откроется новая вкладка. Когда вход снова будет открыт, вернитесь сюда: это окно закроется само.',
    here: 'Перейти в этой вкладке',
    hereWarning: 'несохранённое на странице пропадёт',
    back: 'Вернуться к странице',
    code: 'Код для поддержки: {}',
    reload: 'Обновить страницу',
    lastDay: 'сегодня последний день',
    daysLeft: {
      one: 'остался {} день',
      few: 'осталось {} дня',
      many: 'осталось {} дней',
      other: 'осталось {} дня',
    },
  },
  en: {
    menuOf: 'Account {} and certificate',
    validUntil: 'Certificate valid until\u00a0{}',
    replace: 'Replace the certificate',
    certificates: 'My certificates',
    chooseAgain: 'Choose another certificate',
    signOut: 'Sign out',
    move: 'Move to another corner',
    minimise: 'Shrink to an icon',
    restore: 'Show the login',
    closed: 'Access closed',
    noticeTitle: 'Your certificate expires soon',
    noticeText: 'Replace it in good time: it takes a few minutes, and your work can go on meanwhile.',
    later: 'Remind me tomorrow',
    openAgain: 'You have access again and can go on',
    kept: 'Everything you have typed on this page is still there.',
    newTab: 'A new tab opens. Come back here once you have access again: this window closes by itself.',
    here: 'Go there in this tab',
    hereWarning: 'what is not saved on the page is lost',
    back: 'Back to the page',
    code: 'Code for support: {}',
    reload: 'Reload the page',
    lastDay: 'today is the last day',
    daysLeft: { one: '{} day left', other: '{} days left' },
  },
};

export function fill(text: string, value: string): string {
  return text.replace('{}', () => value);
}

export function formatDaysLeft(language: Language, days: number): string {
  const { daysLeft, lastDay } = TEXTS[language];
  if (days <= 0) return lastDay;
  const form = daysLeft[new Intl.PluralRules(language).select(days)] ?? daysLeft.other ?? '{}';
  return fill(form, String(days));
}

/** The page's own language where it is one of ours, then the browser's, then the installation's. */
export function chooseLanguage(
  pageLanguage: string,
  browserLanguages: readonly string[],
  fallback: Language,
): Language {
  for (const tag of [pageLanguage, ...browserLanguages]) {
    const language = tag.toLowerCase().split('-', 1)[0];
    if (language === 'ru' || language === 'en') return language;
  }
  return fallback;
}
