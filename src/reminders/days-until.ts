const DAY_MS = 86_400_000;

/**
 * Days as people count them, from date to date: 14 where it ends on the 6th of December and today is the 22nd of
 * November, 0 on the last day, negative afterwards.
 *
 * @param timeZone IANA name or an offset: whose dates are meant; the server's own by default
 */
export function daysUntil(end: Date, now: Date, timeZone?: string): number {
  // Swedish dates are those of ISO 8601.
  const dates = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const midnight = (at: Date) => Date.parse(`${dates.format(at)}T00:00:00Z`);
  return (midnight(end) - midnight(now)) / DAY_MS;
}

const RUSSIAN_DAYS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'день', few: 'дня' };

/** `через 14 дней`, `завтра`, `сегодня`; `in 14 days`, `tomorrow`, `today`. */
export function formatWhen(days: number, locale: 'ru' | 'en'): string {
  if (days <= 0) return locale === 'ru' ? 'сегодня' : 'today';
  if (days === 1) return locale === 'ru' ? 'завтра' : 'tomorrow';
  if (locale === 'en') return `in ${days} days`;
  return `через ${days} ${RUSSIAN_DAYS[new Intl.PluralRules('ru').select(days)] ?? 'дней'}`;
}
