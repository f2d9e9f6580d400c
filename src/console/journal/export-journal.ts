import type { JournalEntryView } from './contract.ts';

/** RFC 4180, with a byte order mark, because spreadsheets take it for an old encoding otherwise. */
export function toCsv(entries: readonly JournalEntryView[]): string {
  const rows = [
    ['time', 'section', 'level', 'event', 'by', 'objects', 'details'],
    ...entries.map((entry) => [
      entry.at,
      entry.section,
      entry.level,
      entry.type,
      entry.by,
      entry.objects.map(({ name }) => name).join('; '),
      entry.details.map(({ name, value }) => `${name}: ${value}`).join('; '),
    ]),
  ];
  return `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** A text that begins like a formula would be one in a spreadsheet: an apostrophe makes it a text (OWASP). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
