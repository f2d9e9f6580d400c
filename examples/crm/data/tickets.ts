import type Database from 'better-sqlite3';
import { foldText } from './database.ts';
import {
  type Channel,
  type Comment,
  type Priority,
  type SortKey,
  TICKET_STATUSES,
  type Ticket,
  type TicketFile,
  type TicketFilter,
  type TicketStatus,
} from './ticket.ts';

export const PAGE_SIZE = 20;

interface TicketRow {
  id: number;
  subject: string;
  description: string;
  company: string;
  contact: string;
  phone: string;
  channel: Channel;
  priority: Priority;
  status: TicketStatus;
  assignee: string | null;
  created_at: number;
  updated_at: number;
  comment_count: number;
}

const SELECT = `select tickets.*, (select count(*) from comments where ticket_id = tickets.id) as comment_count
  from tickets`;

/** Orders that a column's own order does not give: what is urgent or unfinished comes first. */
const ORDER: Readonly<Record<SortKey, string>> = {
  updated: 'updated_at',
  number: 'id',
  priority: `case priority when 'high' then 2 when 'normal' then 1 else 0 end`,
  company: 'company',
  status: `case status when 'new' then 4 when 'in-progress' then 3 when 'waiting' then 2 when 'solved' then 1 else 0 end`,
};

/** What the pages read and change. */
export class Tickets {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  list(filter: TicketFilter): { readonly tickets: readonly Ticket[]; readonly total: number } {
    const text = foldText(filter.text);
    const where = `where (? = '' or instr(search, ?) > 0) and ${statusCondition(filter.status)}`;
    const total = this.#count(`select count(*) as count from tickets ${where}`, text, text);
    const direction = filter.descending ? 'desc' : 'asc';
    const rows = this.#database
      .prepare<unknown[], TicketRow>(
        `${SELECT} ${where} order by ${ORDER[filter.sort]} ${direction}, id desc limit ? offset ?`,
      )
      .all(text, text, PAGE_SIZE, (filter.page - 1) * PAGE_SIZE);
    return { tickets: rows.map(toTicket), total };
  }

  listAll(): readonly Ticket[] {
    return this.#database.prepare<[], TicketRow>(`${SELECT} order by id`).all().map(toTicket);
  }

  /** How many tickets each tab of the list would show for the text. */
  countByStatus(text: string): Readonly<Record<TicketFilter['status'], number>> {
    const folded = foldText(text);
    const count = (status: TicketFilter['status']) =>
      this.#count(
        `select count(*) as count from tickets where (? = '' or instr(search, ?) > 0) and ${statusCondition(status)}`,
        folded,
        folded,
      );
    return {
      open: count('open'),
      new: count('new'),
      'in-progress': count('in-progress'),
      waiting: count('waiting'),
      solved: count('solved'),
      closed: count('closed'),
      all: count('all'),
    };
  }

  find(id: number): Ticket | undefined {
    const row = this.#database.prepare<[number], TicketRow>(`${SELECT} where id = ?`).get(id);
    return row && toTicket(row);
  }

  listComments(ticketId: number): readonly Comment[] {
    return this.#database
      .prepare<[number], { id: number; author: string; text: string; created_at: number }>(
        'select * from comments where ticket_id = ? order by created_at, id',
      )
      .all(ticketId)
      .map(({ id, author, text, created_at }) => ({ id, author, text, createdAt: new Date(created_at) }));
  }

  addComment(ticketId: number, author: string, text: string, now: Date): void {
    this.#database.transaction(() => {
      this.#database
        .prepare('insert into comments (ticket_id, author, text, created_at) values (?, ?, ?, ?)')
        .run(ticketId, author, text, now.getTime());
      this.#touch(ticketId, now);
    })();
  }

  /** Whoever takes a new ticket into work becomes its assignee. */
  setStatus(ticketId: number, status: TicketStatus, actor: string, now: Date): void {
    this.#database
      .prepare(
        `update tickets set status = @status, updated_at = @now,
          assignee = case when assignee is null and @status <> 'new' then @actor else assignee end where id = @ticketId`,
      )
      .run({ status, now: now.getTime(), actor, ticketId });
  }

  listFiles(ticketId: number): readonly TicketFile[] {
    return this.#database
      .prepare<[number], FileRow>('select * from files where ticket_id = ? order by id')
      .all(ticketId)
      .map(toFile);
  }

  findFile(ticketId: number, fileId: number): TicketFile | undefined {
    const row = this.#database
      .prepare<[number, number], FileRow>('select * from files where ticket_id = ? and id = ?')
      .get(ticketId, fileId);
    return row && toFile(row);
  }

  addFile(ticketId: number, file: Omit<TicketFile, 'id'>): void {
    this.#database.transaction(() => {
      this.#database
        .prepare(
          'insert into files (ticket_id, name, size_bytes, author, created_at, stored_as) values (?, ?, ?, ?, ?, ?)',
        )
        .run(ticketId, file.name, file.sizeBytes, file.author, file.createdAt.getTime(), file.storedAs);
      this.#touch(ticketId, file.createdAt);
    })();
  }

  #touch(ticketId: number, now: Date): void {
    this.#database.prepare('update tickets set updated_at = ? where id = ?').run(now.getTime(), ticketId);
  }

  #count(sql: string, ...parameters: string[]): number {
    return this.#database.prepare<string[], { count: number }>(sql).get(...parameters)?.count ?? 0;
  }
}

/** The status is one of a closed list, so it can stand in the statement. */
function statusCondition(status: TicketFilter['status']): string {
  if (status === 'all') return 'true';
  if (status === 'open') return `status in ('new', 'in-progress', 'waiting')`;
  return `status = '${TICKET_STATUSES.find((known) => known === status) ?? 'new'}'`;
}

interface FileRow {
  id: number;
  name: string;
  size_bytes: number;
  author: string;
  created_at: number;
  stored_as: string;
}

function toFile({ id, name, size_bytes, author, created_at, stored_as }: FileRow): TicketFile {
  return { id, name, sizeBytes: size_bytes, author, createdAt: new Date(created_at), storedAs: stored_as };
}

function toTicket({ created_at, updated_at, comment_count, assignee, ...row }: TicketRow): Ticket {
  return {
    id: row.id,
    subject: row.subject,
    description: row.description,
    company: row.company,
    contact: row.contact,
    phone: row.phone,
    channel: row.channel,
    priority: row.priority,
    status: row.status,
    assignee: assignee ?? undefined,
    createdAt: new Date(created_at),
    updatedAt: new Date(updated_at),
    commentCount: comment_count,
  };
}
