import type { AuditEvent } from '../../kernel/audit-event.ts';
import { storable } from '../row-values.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { canonicalJson } from './event-hash.ts';

const MINUTE_MS = 60_000;
const BATCH_SIZE = 500;

type CountedEvent = Extract<
  AuditEvent,
  { type: 'sign-in-failed' | 'requests-before-sign-in' | 'message-retried' }
>;
type WithoutCount<Event> = Event extends unknown ? Omit<Event, 'count'> : never;

/**
 * Counts an event that strangers, or a gateway that is down, can cause as often as they like. It becomes one line of the journal per minute, when
 * the minute is over ({@link flushJournalCounts}); until then the count is kept in the database and survives a crash.
 */
export async function countEvent(
  { sql, now }: UnitOfWork,
  event: WithoutCount<CountedEvent>,
  count: number,
): Promise<void> {
  await sql
    .insertInto('journal_counts')
    .values({ event: storable(canonicalJson(event)), minute: minuteOf(now), count })
    .onConflict((conflict) =>
      conflict
        .columns(['event', 'minute'])
        .doUpdateSet((eb) => ({ count: eb(eb.ref('journal_counts.count'), '+', count) })),
    )
    .execute();
}

/**
 * Writes the counts of the minutes that are over into the journal, a batch at a time; returns how many lines.
 *
 * @param through `past-minutes`, or `all` where the program ends
 */
export async function flushJournalCounts(unit: UnitOfWork, through: 'past-minutes' | 'all'): Promise<number> {
  let query = unit.sql
    .selectFrom('journal_counts')
    .select(['event', 'minute'])
    .orderBy('minute')
    .orderBy('event')
    .limit(BATCH_SIZE)
    .forUpdate()
    .skipLocked();
  if (through === 'past-minutes') query = query.where('minute', '<', minuteOf(unit.now));
  const rows = await query.execute();
  for (const { event, minute } of rows) {
    const deleted = await unit.sql
      .deleteFrom('journal_counts')
      .where('event', '=', event)
      .where('minute', '=', minute)
      .returning('count')
      .executeTakeFirst();
    if (deleted === undefined) continue;
    const parsed = JSON.parse(event) as WithoutCount<CountedEvent>;
    const actor = parsed.type === 'message-retried' ? 'system' : 'anonymous';
    unit.record({ kind: actor }, { ...parsed, count: deleted.count });
  }
  return rows.length;
}

function minuteOf(now: Date): number {
  return Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
}
