import type { AuditLogEvent } from './contract.ts';
import type { AuditLogEntry } from './ports.ts';

const COLUMNS = ['sequence', 'at', 'type', 'actor', 'account', 'details'] as const;

/** Spreadsheets take UTF-8 only with its mark, and «;» where the comma is the decimal sign. */
export const CSV_HEAD = `\u{feff}${COLUMNS.join(';')}\r\n`;

/** RFC 4180, with «;» between the fields. */
export function csvLine(event: AuditLogEvent): string {
  const { sequence, at, type, actor, person, details, changes } = event;
  const who = actor.kind === 'account' ? actor.person.login : actor.kind;
  return `${[String(sequence), at, type, who, person?.login ?? '', JSON.stringify(changes.length === 0 ? details : { ...details, changes })].map(csvField).join(';')}\r\n`;
}

/** A field that begins like a formula is made text: spreadsheets run formulas of files that they open. */
export function csvField(value: string): string {
  const text = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One JSON text a line: the event as it stands in the journal. */
export function jsonLine({ sequence, at, actor, event }: AuditLogEntry): string {
  return `${JSON.stringify({ sequence, at: at.toISOString(), actor, event })}\n`;
}
