/** A calendar of what ends (RFC 5545), for any calendar program. */
interface Ending {
  readonly id: string;
  readonly owner: string;
  readonly issuerName: string;
  readonly notAfter: Date;
}

interface CalendarOptions {
  readonly locale: 'ru' | 'en';
  readonly now: Date;
  readonly productName: string;
}

/** Days before the end at which the calendar speaks up. */
const ALARM_DAYS = [30, 7, 1];

export function makeCalendar(
  endings: readonly Ending[],
  { locale, now, productName }: CalendarOptions,
): string {
  const summary = (owner: string) =>
    locale === 'ru' ? `Истекает сертификат: ${owner}` : `A certificate expires: ${owner}`;
  const description = (issuer: string) =>
    locale === 'ru'
      ? `Получите новый сертификат заранее: обратитесь к тому, кто его выдал (${issuer}).`
      : `Get a new certificate in time: ask the authority that issued it (${issuer}).`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${escaped(productName)}//Certificates//EN`,
    ...endings.flatMap(({ id, owner, issuerName, notAfter }) => [
      'BEGIN:VEVENT',
      `UID:${id}@certificates.propusk`,
      `DTSTAMP:${stamp(now)}`,
      `DTSTART:${stamp(notAfter)}`,
      `SUMMARY:${escaped(summary(owner))}`,
      `DESCRIPTION:${escaped(description(issuerName))}`,
      ...ALARM_DAYS.flatMap((days) => [
        'BEGIN:VALARM',
        'ACTION:DISPLAY',
        `DESCRIPTION:${escaped(summary(owner))}`,
        `TRIGGER:-P${days}D`,
        'END:VALARM',
      ]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}Z`;
}

/** RFC 5545, 3.3.11. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/gu, (special) => `\\${special}`).replaceAll(/\r\n|\r|\n/gu, '\\n');
}

/** RFC 5545, 3.1: at most 75 octets, characters left whole. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (size + length > 74) {
      parts.push(part);
      part = '';
      size = 0;
    }
    part += character;
    size += length;
  }
  return [...parts, part].join('\r\n ');
}
