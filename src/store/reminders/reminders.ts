import { sql } from 'kysely';
import type { AccessCertificateId } from '../../kernel/brand.ts';
import type { NoticePort, ReminderPort } from '../../reminders/ports.ts';
import { lockAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import { aboutOf, insertNotice } from '../outbox-rows.ts';
import { dateOf } from '../row-values.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { EXPIRING } from './expiring.ts';

type Reminder = Parameters<ReminderPort['recordReminder']>[0];

export function createReminderPort(context: StoreContext): ReminderPort & NoticePort {
  const { reader, write } = context;
  return {
    listDue: (query) => EXPIRING[query.kind].listDue(reader, query),

    recordReminder: (reminder) =>
      write(reminder.now, async (unit) => {
        const { thing, thresholdDays, passedDays, messages } = reminder;
        // Held, so that of two nodes one is first.
        const account = await lockAccount(unit.sql, thing.accountId);
        const counts =
          account.status === 'active' &&
          (await EXPIRING[thing.kind].stillCounts(unit.sql, account, thing.id));
        if (!counts) return 'not-any-more';
        if (!(await insertThreshold(unit, thing, thresholdDays, 'sent'))) return 'already';
        const passedOverDays: number[] = [];
        for (const days of passedDays) {
          if (await insertThreshold(unit, thing, days, 'passed-over')) passedOverDays.push(days);
        }
        await insertPageNotice(unit, thing);
        for (const message of messages) {
          await insertNotice(unit, context, thing.accountId, message, aboutOf(thing.kind, thing.id));
        }
        unit.record(
          { kind: 'system' },
          {
            type: 'reminder-sent',
            accountId: thing.accountId,
            subject: { kind: thing.kind, id: thing.id },
            thresholdDays,
            passedOverDays,
            channels: messages.map(({ channel }) => channel),
          },
        );
        return 'recorded';
      }),

    async listNotices(accountId, now) {
      const rows = await reader
        .selectFrom('notices')
        .select(['kind', 'subject_id', 'not_after', 'created_at', 'read_at'])
        .where('account_id', '=', accountId)
        .where('not_after', '>', now.getTime())
        .where((eb) =>
          eb.or([
            eb.exists(
              eb
                .selectFrom('workspace_certificates as mine')
                .select('mine.sha256')
                .whereRef('mine.account_id', '=', 'notices.account_id')
                .where('mine.store', '=', 'personal')
                .where('mine.removed_at', 'is', null)
                .where(eb.ref('notices.subject_id'), '=', sql<string>`mine.sha256 || '.' || mine.account_id`),
            ),
            // Read, not kept: what was replaced or revoked is gone from the pages at that moment.
            eb.exists(
              eb
                .selectFrom('access_certificates')
                .select('id')
                .where('id', '=', eb.ref('notices.subject_id').$castTo<AccessCertificateId>())
                .where('status', '=', 'active'),
            ),
          ]),
        )
        .orderBy('not_after')
        .execute();
      return rows.map((row) => ({
        kind: row.kind,
        id: row.subject_id,
        notAfter: dateOf(row.not_after),
        createdAt: dateOf(row.created_at),
        isRead: row.read_at !== null,
      }));
    },
  };
}

/** The key of the table is what makes it once. */
async function insertThreshold(
  { sql, now }: UnitOfWork,
  { kind, id, notAfter }: Reminder['thing'],
  thresholdDays: number,
  outcome: 'sent' | 'passed-over',
): Promise<boolean> {
  const inserted = await sql
    .insertInto('reminders')
    .values({
      kind,
      subject_id: id,
      threshold_days: thresholdDays,
      outcome,
      at: now.getTime(),
      not_after: notAfter.getTime(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('threshold_days')
    .executeTakeFirst();
  return inserted !== undefined;
}

async function insertPageNotice(
  { sql, now }: UnitOfWork,
  { kind, id, accountId, notAfter }: Reminder['thing'],
): Promise<void> {
  await sql
    .insertInto('notices')
    .values({
      account_id: accountId,
      kind,
      subject_id: id,
      not_after: notAfter.getTime(),
      created_at: now.getTime(),
      read_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
