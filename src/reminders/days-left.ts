const DAY_MS = 86_400_000;

/** Days begun count whole: fourteen days before the end it is 14, in the last 24 hours 1, afterwards 0. */
export function daysLeft(notAfter: Date, now: Date): number {
  return Math.max(0, Math.ceil((notAfter.getTime() - now.getTime()) / DAY_MS));
}

const RUSSIAN_DAYS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'день', few: 'дня' };

/** `14 дней`, `1 день`; `14 days`, `1 day`. */
export function formatDays(days: number, locale: 'ru' | 'en'): string {
  const form = new Intl.PluralRules(locale).select(days);
  if (locale === 'ru') return `${days} ${RUSSIAN_DAYS[form] ?? 'дней'}`;
  return `${days} ${form === 'one' ? 'day' : 'days'}`;
}
