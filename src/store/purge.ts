import type { AuditStore } from './audit/audit-store.ts';
import { flushJournalCounts } from './audit/journal-counts.ts';
import type { StoreContext } from './context.ts';
import { failMessage } from './outbox.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Sign-in is throttled over at most a day. */
const ATTEMPTS_KEPT_MS = 2 * DAY_MS;
/** Ended or over; for the list of one's own sessions. */
const SESSIONS_KEPT_MS = 30 * DAY_MS;
const MESSAGES_KEPT_MS = 90 * DAY_MS;
/** The worker ends expired messages; this is for when there is none. */
const EXPIRED_MESSAGES_KEPT_MS = HOUR_MS;
const MESSAGES_AT_ONCE = 500;
/** Of what has ended: nothing is reminded of it any more, also where a clock is put back a little. */
const REMINDERS_KEPT_MS = 30 * DAY_MS;

export interface Retention {
  /** Permits and refusals. */
  readonly decisionDays: number;
  /** Undefined: the journal is kept for ever. */
  readonly auditDays: number | undefined;
}

export interface PurgeReport {
  readonly deletedRows: number;
  readonly journalLines: number;
  readonly cutEvents: number;
}

/** Writes the counted events of past minutes into the journal and deletes what is over. To be called each minute. */
export async function purge(
  context: StoreContext,
  audit: AuditStore,
  retention: Retention,
  now: Date,
): Promise<PurgeReport> {
  const journalLines = await flushCounts(context, 'past-minutes', now);
  await endExpiredMessages(context, now);
  let deletedRows = 0;
  for (const step of stepsOf(retention, now.getTime())) {
    deletedRows += await context.write(now, step);
  }
  const cutEvents = await cutAudit(context, audit, retention, now);
  return { deletedRows, journalLines, cutEvents };
}

/** A day's events at once: each cut is an event itself. */
async function cutAudit(
  { reader }: StoreContext,
  audit: AuditStore,
  { auditDays }: Retention,
  now: Date,
): Promise<number> {
  if (auditDays === undefined) return 0;
  const oldest = await reader
    .selectFrom('audit_events')
    .select('at')
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst();
  const keptSince = now.getTime() - auditDays * DAY_MS;
  if (oldest === undefined || oldest.at > keptSince - DAY_MS) return 0;
  return audit.cutBefore(new Date(keptSince), now);
}

export async function flushCounts(
  { write, reader }: StoreContext,
  through: 'past-minutes' | 'all',
  now: Date,
): Promise<number> {
  let lines = 0;
  for (;;) {
    const any = await reader.selectFrom('journal_counts').select('minute').limit(1).executeTakeFirst();
    if (any === undefined) return lines;
    const written = await write(now, (unit) => flushJournalCounts(unit, through));
    if (written === 0) return lines;
    lines += written;
  }
}

async function endExpiredMessages({ reader, write }: StoreContext, now: Date): Promise<void> {
  const expired = await reader
    .selectFrom('outbox')
    .select('id')
    .where('status', 'in', ['queued', 'retrying'])
    .where('expires_at', '<=', now.getTime() - EXPIRED_MESSAGES_KEPT_MS)
    .limit(MESSAGES_AT_ONCE)
    .execute();
  for (const { id } of expired) await write(now, (unit) => failMessage(unit, id, 'expired'));
}

type Step = (unit: UnitOfWork) => Promise<number>;

function stepsOf({ decisionDays }: Retention, nowMs: number): readonly Step[] {
  const sessionsBefore = nowMs - SESSIONS_KEPT_MS;
  return [
    ({ sql }) => execute(sql.deleteFrom('hand_overs').where('expires_at', '<=', nowMs)),
    ({ sql }) => execute(sql.deleteFrom('choose_again_tokens').where('expires_at', '<=', nowMs)),
    ({ sql }) => execute(sql.deleteFrom('one_time_codes').where('expires_at', '<=', nowMs)),
    ({ sql }) => execute(sql.deleteFrom('attempts').where('at', '<=', nowMs - ATTEMPTS_KEPT_MS)),
    // Their tokens go with them.
    ({ sql }) =>
      execute(
        sql
          .deleteFrom('sessions')
          .where((eb) =>
            eb.or([eb('ended_at', '<=', sessionsBefore), eb('absolute_expires_at', '<=', sessionsBefore)]),
          ),
      ),
    ({ sql }) => execute(sql.deleteFrom('notices').where('not_after', '<=', nowMs)),
    ({ sql }) => execute(sql.deleteFrom('reminders').where('not_after', '<=', nowMs - REMINDERS_KEPT_MS)),
    ({ sql }) => execute(sql.deleteFrom('decisions').where('at', '<=', nowMs - decisionDays * DAY_MS)),
    ({ sql }) =>
      execute(
        sql
          .deleteFrom('outbox')
          .where('status', 'not in', ['queued', 'retrying'])
          .where('created_at', '<=', nowMs - MESSAGES_KEPT_MS),
      ),
  ];
}

async function execute(query: {
  executeTakeFirstOrThrow(): Promise<{ readonly numDeletedRows: bigint }>;
}): Promise<number> {
  const { numDeletedRows } = await query.executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
