import type { Transaction } from 'kysely';
import type { AuditRecord } from '../../kernel/audit-event.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { storable } from '../row-values.ts';
import type { AuditEventRow, Schema } from '../rows.ts';
import { canonicalJson, hashEvent, type InstanceKey } from './event-hash.ts';

/**
 * Appends to the chain. The last thing a transaction does: from here to its end every other writer of the journal waits
 * for the head row. Under READ COMMITTED the row is read as the one before left it, so the chain cannot fork.
 *
 * @throws {ProblemError} `audit-chain-broken` where the head row is missing or does not fit the events
 */
export async function appendEvents(
  transaction: Transaction<Schema>,
  key: InstanceKey,
  records: readonly AuditRecord[],
  now: Date,
): Promise<void> {
  if (records.length === 0) return;
  const head = await transaction
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('id', '=', 1)
    .forUpdate()
    .executeTakeFirst();
  if (head === undefined) throw new ProblemError('audit-chain-broken', { detail: 'its head row is missing' });

  let { sequence, hash } = head;
  const rows: AuditEventRow[] = [];
  for (const { actor, event } of records) {
    sequence += 1;
    const content = {
      sequence,
      at: now.getTime(),
      actor: storable(canonicalJson(actor)),
      event: storable(canonicalJson(event)),
      previous_hash: hash,
    };
    hash = hashEvent(key, content);
    rows.push({
      ...content,
      type: event.type,
      account_id: 'accountId' in event ? (event.accountId ?? null) : null,
      hash,
    });
  }
  try {
    await transaction.insertInto('audit_events').values(rows).execute();
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new ProblemError('audit-chain-broken', { detail: 'its head row is older than its events', cause });
  }
  await transaction.updateTable('audit_head').set({ sequence, hash }).where('id', '=', 1).execute();
}

function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  // PostgreSQL, appendix A; SQLite's extended result codes.
  return ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(String(error.code));
}
