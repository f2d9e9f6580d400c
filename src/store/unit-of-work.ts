import type { Transaction } from 'kysely';
import type { Actor, AuditEvent, AuditRecord } from '../kernel/audit-event.ts';
import type { AccessChanges } from './access-changes.ts';
import { appendEvents } from './audit/append-events.ts';
import type { InstanceKey } from './audit/event-hash.ts';
import type { Database } from './database.ts';
import type { Schema } from './rows.ts';

/** One transaction with what it has to say at its end. */
export interface UnitOfWork {
  readonly sql: Transaction<Schema>;
  readonly now: Date;
  /** A line of the journal, written in this transaction, after everything else. */
  record(actor: Actor, event: AuditEvent): void;
  /** Something that was permitted may be refused now. */
  accessChanged(): void;
  /** A revocation list would say something else now. */
  certificatesChanged(): void;
}

/** Everything that is written goes through here; a thrown error undoes all of it. */
export type Write = <T>(now: Date, work: (unit: UnitOfWork) => Promise<T>) => Promise<T>;

/**
 * The order in which rows are locked is the same everywhere, so that transactions do not wait for each other in a
 * circle: an account first, then what belongs to it, then the counters, the head of the journal last.
 */
export function createWrite(database: Database, auditKey: InstanceKey, changes: AccessChanges): Write {
  return async (now, work) => {
    let revision: number | undefined;
    const result = await database.transact(async (sql) => {
      revision = undefined;
      const records: AuditRecord[] = [];
      const grown = { access: 0, certificates: 0 };
      const answer = await work({
        sql,
        now,
        record: (actor, event) => records.push({ actor, event }),
        accessChanged: () => {
          grown.access = 1;
        },
        certificatesChanged: () => {
          grown.certificates = 1;
        },
      });
      if (grown.access + grown.certificates > 0) {
        const counters = await sql
          .updateTable('change_counters')
          .set((eb) => ({
            access_revision: eb('access_revision', '+', grown.access),
            certificate_revision: eb('certificate_revision', '+', grown.certificates),
          }))
          .where('id', '=', 1)
          .returning('access_revision')
          .executeTakeFirstOrThrow();
        if (grown.access > 0) {
          revision = counters.access_revision;
          await database.signalChange(sql);
        }
      }
      await appendEvents(sql, auditKey, records, now);
      return answer;
    });
    if (revision !== undefined) changes.announce(revision);
    return result;
  };
}
