import type { Actor, AuditEvent, AuditEventType } from '../../kernel/audit-event.ts';
import type { AccountId } from '../../kernel/brand.ts';

/** Something a person is told in the bell, until they have read it. */
export interface Notification {
  readonly id: string;
  readonly kind: string;
  /** What its sentence needs; texts and instants. */
  readonly payload: Readonly<Record<string, string>>;
  /** How often the same thing came since it was last read. */
  readonly count: number;
  readonly at: Date;
  readonly isRead: boolean;
}

export interface NotificationPort {
  /** The newest first, at most 200; read ones of the last 30 days. */
  listNotifications(accountId: AccountId, now: Date): Promise<readonly Notification[]>;
  /** Undefined: all of them. */
  markRead(accountId: AccountId, ids: readonly string[] | undefined, now: Date): Promise<void>;
  notify(notification: {
    readonly accountId: AccountId;
    readonly kind: string;
    readonly groupKey: string;
    readonly payload: Readonly<Record<string, string>>;
    readonly now: Date;
  }): Promise<void>;
}

export interface JournalEntry {
  readonly sequence: number;
  readonly at: Date;
  readonly actor: Actor;
  readonly event: AuditEvent;
}

export interface JournalQuery {
  readonly accountId: AccountId;
  readonly types: readonly AuditEventType[];
  readonly from: Date | undefined;
  readonly until: Date | undefined;
  /** Only those with a smaller number. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** The person's own lines of the journal. */
export interface OwnJournalPort {
  /** Newest first. */
  listEntries(query: JournalQuery): Promise<readonly JournalEntry[]>;
  findEntry(accountId: AccountId, sequence: number): Promise<JournalEntry | undefined>;
  /** Names of certificates and lists, of those that the person has or had. */
  readNames(accountId: AccountId, sha256s: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
