import { readFileSync } from 'node:fs';
import type { Channel, Priority, TicketStatus } from './ticket.ts';

interface SeedCustomer {
  readonly company: string;
  readonly contact: string;
  readonly phone: string;
}

/** A ticket as it is at the first start. */
interface SeedTicket {
  readonly subject: string;
  readonly description: string;
  readonly company: string;
  readonly channel: Channel;
  readonly priority: Priority;
  readonly status: TicketStatus;
  readonly assignee?: string;
  /** Counted back from the first start, so that the list is never from last year. */
  readonly createdHoursAgo: number;
  /** Spread evenly between the creation and the last change. */
  readonly comments: readonly { readonly author: string; readonly text: string }[];
}

interface Seed {
  readonly customers: readonly SeedCustomer[];
  readonly tickets: readonly SeedTicket[];
}

/** Sixty tickets of a firm that keeps ventilation and air conditioning running. */
export function readSeed(): Seed {
  return JSON.parse(readFileSync(new URL('./seed-tickets.json', import.meta.url), 'utf8')) as Seed;
}
