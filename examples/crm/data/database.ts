import Database from 'better-sqlite3';
import { readSeed } from './seed-tickets.ts';

const SCHEMA = `
  create table if not exists tickets (
    id integer primary key,
    subject text not null,
    description text not null,
    company text not null,
    contact text not null,
    phone text not null,
    channel text not null,
    priority text not null,
    status text not null,
    assignee text,
    created_at integer not null,
    updated_at integer not null,
    search text not null
  ) strict;
  create table if not exists comments (
    id integer primary key,
    ticket_id integer not null references tickets (id),
    author text not null,
    text text not null,
    created_at integer not null
  ) strict;
  create index if not exists comments_of_ticket on comments (ticket_id);
  create table if not exists files (
    id integer primary key,
    ticket_id integer not null references tickets (id),
    name text not null,
    size_bytes integer not null,
    author text not null,
    created_at integer not null,
    stored_as text not null
  ) strict;
  create index if not exists files_of_ticket on files (ticket_id);
  create table if not exists sessions (
    token_hash text primary key,
    login text not null,
    started_at integer not null,
    requests integer not null,
    state text not null
  ) strict;
`;

const FIRST_TICKET_NUMBER = 1001;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Opens the CRM's own database and fills it with tickets at the first start. */
export function openDatabase(file: string, now: Date): Database.Database {
  const database = new Database(file);
  database.pragma('journal_mode = wal');
  database.pragma('foreign_keys = on');
  database.exec(SCHEMA);
  const { count } = database
    .prepare<[], { count: number }>('select count(*) as count from tickets')
    .get() ?? {
    count: 0,
  };
  if (count === 0) database.transaction(() => seed(database, now))();
  return database;
}

function seed(database: Database.Database, now: Date): void {
  const insertTicket = database.prepare(
    `insert into tickets (id, subject, description, company, contact, phone, channel, priority, status, assignee,
      created_at, updated_at, search) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertComment = database.prepare(
    'insert into comments (ticket_id, author, text, created_at) values (?, ?, ?, ?)',
  );
  const { customers, tickets } = readSeed();
  const oldestFirst = tickets.toSorted((a, b) => b.createdHoursAgo - a.createdHoursAgo);
  for (const [index, ticket] of oldestFirst.entries()) {
    const id = FIRST_TICKET_NUMBER + index;
    const customer = customers.find((candidate) => candidate.company === ticket.company);
    if (!customer) throw new TypeError(`no customer ${ticket.company}`);
    const { company, contact, phone } = customer;
    const createdAt = moveToOfficeHours(now.getTime() - ticket.createdHoursAgo * HOUR_MS, index, now);
    // Comments share out the first two thirds of the time since; a ticket without comments was never touched.
    const step = ((now.getTime() - createdAt) * 0.66) / Math.max(ticket.comments.length, 1);
    const commentedAt = (position: number) => {
      const earliest = createdAt + (position + 1) * MINUTE_MS * 11;
      return Math.max(earliest, moveToOfficeHours(createdAt + step * (position + 1), index + position, now));
    };
    const updatedAt = ticket.comments.length === 0 ? createdAt : commentedAt(ticket.comments.length - 1);
    const { subject, description, channel, priority, status, assignee } = ticket;
    const search = searchText({ id, subject, description, company, contact, assignee });
    insertTicket.run(
      id,
      subject,
      description,
      company,
      contact,
      phone,
      channel,
      priority,
      status,
      assignee ?? null,
      createdAt,
      updatedAt,
      search,
    );
    for (const [position, { author, text }] of ticket.comments.entries()) {
      insertComment.run(id, author, text, commentedAt(position));
    }
  }
}

/** Nobody writes at night: to the next morning, or to the evening before where that is not yet over. */
function moveToOfficeHours(momentMs: number, index: number, now: Date): number {
  const moment = new Date(momentMs);
  const hour = moment.getHours();
  if (hour >= 8 && hour < 20) return Math.round(momentMs);
  const morning = new Date(momentMs);
  morning.setDate(morning.getDate() + (hour < 8 ? 0 : 1));
  morning.setHours(8, 20 + ((index * 17) % 100), 0, 0);
  if (morning < now) return morning.getTime();
  morning.setDate(morning.getDate() - 1);
  morning.setHours(18, (index * 13) % 60, 0, 0);
  return morning.getTime();
}

/** SQLite folds the case of Latin letters only, so what is searched in is folded here. */
function searchText(ticket: {
  id: number;
  subject: string;
  description: string;
  company: string;
  contact: string;
  assignee: string | undefined;
}): string {
  return foldText(Object.values(ticket).join(' '));
}

export function foldText(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').trim();
}
