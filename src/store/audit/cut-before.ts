import type { Write } from '../unit-of-work.ts';
import { type InstanceKey, macOfCheckpoint } from './event-hash.ts';

/** Deletes the oldest events through the last one before `before`, whose hash is signed and kept as the new beginning. */
export function cutBefore(write: Write, key: InstanceKey, before: Date, now: Date): Promise<number> {
  return write(now, async ({ sql, record }) => {
    // The first event that stays; clocks of several nodes may differ, so the order is the chain's, not the time's.
    const { first } = await sql
      .selectFrom('audit_events')
      .select((eb) => eb.fn.min('sequence').as('first'))
      .where('at', '>=', before.getTime())
      .executeTakeFirstOrThrow();
    let query = sql
      .selectFrom('audit_events')
      .select(['sequence', 'hash'])
      .orderBy('sequence', 'desc')
      .limit(1);
    if (first !== null) query = query.where('sequence', '<', first);
    // What somebody is still to get stays.
    const { slowest } = await sql
      .selectFrom('journal_deliveries')
      .select((eb) => eb.fn.min('sequence').as('slowest'))
      .executeTakeFirstOrThrow();
    if (slowest !== null) query = query.where('sequence', '<=', slowest);
    const last = await query.executeTakeFirst();
    if (last === undefined) return 0;

    const at = now.getTime();
    await sql
      .insertInto('audit_checkpoints')
      .values({
        cut_through: last.sequence,
        hash: last.hash,
        at,
        mac: macOfCheckpoint(key, last.sequence, last.hash, at),
      })
      .onConflict((conflict) => conflict.column('cut_through').doNothing())
      .execute();
    const { numDeletedRows } = await sql
      .deleteFrom('audit_events')
      .where('sequence', '<=', last.sequence)
      .executeTakeFirstOrThrow();
    record({ kind: 'system' }, { type: 'audit-checkpoint', cutThrough: last.sequence });
    return Number(numDeletedRows);
  });
}
