export const TICKET_STATUSES = ['new', 'in-progress', 'waiting', 'solved', 'closed'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const PRIORITIES = ['high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export type Channel = 'phone' | 'mail' | 'site';

export interface Ticket {
  /** The number that people say: 1001 and up. */
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly company: string;
  readonly contact: string;
  readonly phone: string;
  readonly channel: Channel;
  readonly priority: Priority;
  readonly status: TicketStatus;
  readonly assignee: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly commentCount: number;
}

export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly text: string;
  readonly createdAt: Date;
}

export interface TicketFile {
  readonly id: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly author: string;
  readonly createdAt: Date;
  /** Name in the folder of files. */
  readonly storedAs: string;
}

export const SORT_KEYS = ['updated', 'number', 'priority', 'company', 'status'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface TicketFilter {
  readonly status: TicketStatus | 'open' | 'all';
  readonly text: string;
  readonly sort: SortKey;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
}

export function isTicketStatus(value: unknown): value is TicketStatus {
  return TICKET_STATUSES.some((status) => status === value);
}
