/** Dates as 22.11.2026 and times as 14:05, in the reader's own zone, in both languages. */
const DATE = new Intl.DateTimeFormat('ru-RU', { day: '2-digit', month: '2-digit', year: 'numeric' });
const TIME = new Intl.DateTimeFormat('ru-RU', { hour: '2-digit', minute: '2-digit' });

export function formatDate(instant: string): string {
  return DATE.format(new Date(instant));
}

export function formatTime(instant: string): string {
  return TIME.format(new Date(instant));
}

export function formatDateTime(instant: string): string {
  return `${formatDate(instant)}, ${formatTime(instant)}`;
}

/** The time alone where the instant is today, else with its date. */
export function formatMoment(instant: string, now: Date): string {
  const today = DATE.format(now) === formatDate(instant);
  return today ? formatTime(instant) : formatDateTime(instant);
}

/** Days as people count them, from date to date: 0 on the last day, 1 on the day before, negative afterwards. */
export function daysUntil(instant: string, now: Date): number {
  const until = new Date(instant);
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight(until) - midnight(now)) / 86_400_000;
}

/** Rounded up: never says 0 while there is time left. */
export function minutesUntil(instant: string, now: Date): number {
  return Math.max(0, Math.ceil((new Date(instant).getTime() - now.getTime()) / 60_000));
}

/** A countdown as 0:42. */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
