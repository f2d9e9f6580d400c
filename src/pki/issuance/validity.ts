/**
 * From when and until when a certificate is valid.
 *
 * `notBefore` lies ten minutes before the issue, because a browser hides a certificate that is not yet valid by its
 * own slow clock. It is shown to people as the date of issue, so it must not fall on the day before.
 */
import { ProblemError } from '../../kernel/problem.ts';

const BACKDATING_MS = 10 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @param timeZone an IANA name or an offset such as `+03:00`; the server's own by default. */
export function notBeforeAt(issuedAt: Date, timeZone?: string): Date {
  const localDateOf = localDateFormat(timeZone);
  const issued = wholeSeconds(issuedAt);
  const today = localDateOf(issued);
  const earliest = issued - BACKDATING_MS;
  if (localDateOf(earliest) === today) return new Date(earliest);
  // Midnight lies within the ten minutes: the first second of today, by halving.
  let before = earliest / 1000;
  let since = issued / 1000;
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (localDateOf(middle * 1000) === today) since = middle;
    else before = middle;
  }
  return new Date(since * 1000);
}

/** Backdated without a local date: for authorities and servers, whose dates nobody picks from a list. */
export function backdated(issuedAt: Date): Date {
  return new Date(wholeSeconds(issuedAt) - BACKDATING_MS);
}

/** `days` times 24 hours after the issue. */
export function daysAfter(issuedAt: Date, days: number): Date {
  return new Date(wholeSeconds(issuedAt) + days * DAY_MS);
}

/** The same date and time of day `years` later; 29 February becomes 1 March. */
export function yearsAfter(issuedAt: Date, years: number): Date {
  const date = new Date(wholeSeconds(issuedAt));
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}

function wholeSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000) * 1000;
}

function localDateFormat(timeZone: string | undefined): (time: number) => string {
  try {
    const format = new Intl.DateTimeFormat('en-CA', {
      ...(timeZone !== undefined && { timeZone }),
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (time) => format.format(time);
  } catch (cause) {
    throw new ProblemError('configuration-invalid', {
      detail: `time zone: an IANA name such as Europe/Moscow or an offset such as +03:00 is expected, not "${timeZone}"`,
      cause,
    });
  }
}

export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
