import type { Actor, AuditEvent } from '../../kernel/audit-event.ts';
import type { AccountChangeId, AccountId } from '../../kernel/brand.ts';
import type { LoginKey } from '../../kernel/login.ts';

export interface AuditLogPerson {
  readonly id: AccountId;
  readonly login: string;
  readonly displayName: string;
}

export interface AuditLogEntry {
  readonly sequence: number;
  readonly at: Date;
  readonly actor: Actor;
  readonly event: AuditEvent;
}

/** Everything that is given has to hold. */
export interface AuditLogFilter {
  readonly types?: readonly string[];
  /** Whom it is about, or who did it. */
  readonly accountId?: AccountId;
  readonly from?: Date;
  /** Not included. */
  readonly to?: Date;
  /** `ordinary-users`: what is about accounts of ordinary users only, and what `self` did or is about. */
  readonly reach: { readonly kind: 'all' } | { readonly kind: 'ordinary-users'; readonly self: AccountId };
}

export interface AuditLogPort {
  findAuditLogPerson(login: LoginKey): Promise<AuditLogPerson | undefined>;
  /** By their ids; who is not there is left out. */
  listAuditLogPeople(ids: readonly AccountId[]): Promise<readonly AuditLogPerson[]>;
  /** Sequence numbers between `after` and `before`, neither included. */
  listAuditLog(
    filter: AuditLogFilter & {
      readonly order: 'newest-first' | 'oldest-first';
      readonly after?: number;
      readonly before?: number;
      readonly limit: number;
    },
  ): Promise<readonly AuditLogEntry[]>;
  /** By the events' `changeId`; what was erased is left out. */
  listAuditLogChanges(
    ids: readonly AccountChangeId[],
  ): Promise<
    ReadonlyMap<
      AccountChangeId,
      Readonly<Record<string, { readonly before: string | null; readonly after: string | null }>>
    >
  >;
  recordAuditLogExport(format: 'csv' | 'jsonl', actor: Actor, now: Date): Promise<void>;
}
