import type { Actor, AuditEvent, AuditEventType, AuditRecord } from '../../kernel/audit-event.ts';
import type { AccountId } from '../../kernel/brand.ts';
import type { StoreContext } from '../context.ts';
import type { Database } from '../database.ts';
import { dateOf } from '../row-values.ts';
import type { AuditReport } from './audit-report.ts';
import { cutBefore } from './cut-before.ts';
import type { InstanceKey } from './event-hash.ts';
import { writeHead } from './heads-file.ts';
import { verifyAudit } from './verify-audit.ts';

export interface StoredAuditEvent {
  readonly sequence: number;
  readonly at: Date;
  readonly actor: Actor;
  readonly event: AuditEvent;
}

/** The journal: a chain of events that nobody without the instance's key can change unseen. */
export interface AuditStore {
  /** For what no other port writes. */
  append(records: readonly AuditRecord[], now: Date): Promise<void>;
  /** Newest first; `before` is a sequence number. */
  listEvents(query: {
    readonly limit: number;
    readonly before?: number;
    readonly accountId?: AccountId;
    readonly type?: AuditEventType;
  }): Promise<readonly StoredAuditEvent[]>;
  /**
   * Appends the signed head of the chain to a file, which belongs on another disk or machine: a chain alone cannot
   * show that its end was cut off. To be called regularly and before the program ends.
   */
  writeHead(file: string): Promise<'written' | 'unchanged'>;
  /** Reads the whole chain and compares it with the heads of the file. */
  verify(query: { readonly headsFile?: string }): Promise<AuditReport>;
  /**
   * Deletes the events before an instant. The place of the cut is signed and the cut is an event itself, so that the
   * rest still verifies. Returns how many events were deleted.
   */
  cutBefore(before: Date, now: Date): Promise<number>;
}

export function createAuditStore(context: StoreContext, database: Database, key: InstanceKey): AuditStore {
  const { reader, write, clock } = context;
  return {
    append: (records, now) =>
      write(now, async ({ record }) => {
        for (const { actor, event } of records) record(actor, event);
      }),

    async listEvents({ limit, before, accountId, type }) {
      let query = reader.selectFrom('audit_events').selectAll().orderBy('sequence', 'desc').limit(limit);
      if (before !== undefined) query = query.where('sequence', '<', before);
      if (accountId !== undefined) query = query.where('account_id', '=', accountId);
      if (type !== undefined) query = query.where('type', '=', type);
      const rows = await query.execute();
      return rows.map(({ sequence, at, actor, event }) => ({
        sequence,
        at: dateOf(at),
        actor: JSON.parse(actor) as Actor,
        event: JSON.parse(event) as AuditEvent,
      }));
    },

    writeHead: (file) => writeHead(reader, key, file, clock.now()),
    verify: ({ headsFile }) => verifyAudit(database, key, headsFile),
    cutBefore: (before, now) => cutBefore(write, key, before, now),
  };
}
