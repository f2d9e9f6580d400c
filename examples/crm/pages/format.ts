import type { Language } from './texts.ts';

const LOCALES: Readonly<Record<Language, string>> = { ru: 'ru-RU', en: 'en-GB' };
const MINUTE_MS = 60_000;

/** As people say it: the time for today, «вчера», else the date. */
export function formatMoment(moment: Date, now: Date, language: Language): string {
  const time = new Intl.DateTimeFormat(LOCALES[language], { hour: '2-digit', minute: '2-digit' }).format(
    moment,
  );
  const relative = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
  const minutes = Math.round((now.getTime() - moment.getTime()) / MINUTE_MS);
  if (minutes >= 0 && minutes < 60) return relative.format(-minutes, 'minute');
  const days = dayNumber(now) - dayNumber(moment);
  if (days === 0) return `${relative.format(0, 'day')}, ${time}`;
  if (days === 1) return `${relative.format(-1, 'day')}, ${time}`;
  return formatDate(moment, language);
}

function formatDate(moment: Date, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'short' }).format(moment);
}

export function formatFull(moment: Date, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeStyle: 'short' }).format(moment);
}

/** Decimal units, as file managers show them. */
export function formatSize(bytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power);
}

/** «Иванов Иван» → «Иванов И.», which is what fits into a column. */
export function shortenName(name: string): string {
  const [family = '', given] = name.split(' ');
  return given ? `${family} ${given[0]}.` : family;
}

export function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');
}

/** The same colour for the same person everywhere: one of eight. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 8;
  return sum;
}

function dayNumber(moment: Date): number {
  return Math.floor(Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / 86_400_000);
}
