import { Readable } from 'node:stream';
import type { Ticket } from './data/ticket.ts';

const CHUNK_CHARACTERS = 64 * 1024;

/** All tickets as CSV, over and over until it has `megabytes`; made while it is read, so it takes no memory. */
export function streamReport(tickets: readonly Ticket[], megabytes: number): Readable {
  return Readable.from(generateReport(tickets, megabytes * 1_000_000), { objectMode: false });
}

function* generateReport(tickets: readonly Ticket[], sizeBytes: number): Generator<Buffer> {
  // The mark makes spreadsheets read UTF-8.
  let chunk = '\ufeffnumber;subject;company;status;priority;assignee;created;updated\r\n';
  let written = 0;
  for (let index = 0; written < sizeBytes && tickets.length > 0; index += 1) {
    const ticket = tickets[index % tickets.length];
    if (ticket) chunk += formatRow(ticket);
    if (chunk.length >= CHUNK_CHARACTERS) {
      const bytes = Buffer.from(chunk, 'utf8').subarray(0, sizeBytes - written);
      written += bytes.length;
      chunk = '';
      yield bytes;
    }
  }
}

function formatRow(ticket: Ticket): string {
  const { id, subject, company, status, priority, assignee, createdAt, updatedAt } = ticket;
  const cells = [id, subject, company, status, priority, assignee ?? '', createdAt, updatedAt].map((value) =>
    formatCell(value instanceof Date ? value.toISOString() : String(value)),
  );
  return `${cells.join(';')}\r\n`;
}

/** RFC 4180, section 2; a cell that a spreadsheet would take for a formula becomes text. */
function formatCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
