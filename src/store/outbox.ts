import type { EmailAddress, OutboxMessageId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { ClaimedMessage, DeliveryFailureCategory, OutboxPort } from '../messaging/ports.ts';
import { countEvent } from './audit/journal-counts.ts';
import type { StoreContext } from './context.ts';
import { countMessages } from './message-counts.ts';
import { decodeMail, textPlace } from './outbox-rows.ts';
import { dateOf, storable } from './row-values.ts';
import type { OutboxRow } from './rows.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { UnitOfWork } from './unit-of-work.ts';

const GATEWAY_ID_MAX_CHARACTERS = 200;
const CHANNELS = ['sms', 'email'] as const;

export function createOutboxPort({ reader, write, sealer }: StoreContext): OutboxPort {
  return {
    async claimDueMessages(now, limit, leaseSeconds, channels = CHANNELS) {
      // PostgreSQL knows no empty list.
      if (channels.length === 0) return [];
      const nowMs = now.getTime();
      // Asked first without a transaction: mostly there is nothing to do.
      const due = await reader
        .selectFrom('outbox')
        .select('id')
        .where('status', 'in', ['queued', 'retrying'])
        .where('channel', 'in', channels)
        .where('next_attempt_at', '<=', nowMs)
        .limit(1)
        .executeTakeFirst();
      if (due === undefined) return [];
      return write(now, async ({ sql }) => {
        const rows = await sql
          .selectFrom('outbox')
          .selectAll()
          .where('status', 'in', ['queued', 'retrying'])
          .where('channel', 'in', channels)
          .where('next_attempt_at', '<=', nowMs)
          .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', nowMs)]))
          .orderBy('created_at')
          .limit(limit)
          // What another node is taking at this moment is its own.
          .forUpdate()
          .skipLocked()
          .execute();
        const claimed: ClaimedMessage[] = [];
        for (const row of rows) {
          if (row.text_sealed === null) continue;
          await sql
            .updateTable('outbox')
            .set({ lease_until: nowMs + leaseSeconds * 1000 })
            .where('id', '=', row.id)
            .execute();
          claimed.push(toClaimed(row, openText(sealer, row.id, row.text_sealed)));
        }
        return claimed;
      });
    },

    recordDelivered: (id, gatewayId, now) =>
      write(now, async ({ sql, record }) => {
        const row = await sql
          .updateTable('outbox')
          .set((eb) => ({
            status: 'delivered',
            text_sealed: null,
            lease_until: null,
            attempts: eb('attempts', '+', 1),
            finished_at: now.getTime(),
            failure_category: null,
            gateway_id:
              gatewayId === undefined ? null : storable(gatewayId).slice(0, GATEWAY_ID_MAX_CHARACTERS),
          }))
          .where('id', '=', id)
          // One that was replaced meanwhile went out all the same.
          .where('status', 'in', ['queued', 'retrying', 'replaced'])
          .returning(['account_id', 'attempts'])
          .executeTakeFirst();
        if (row === undefined) return;
        record(
          { kind: 'system' },
          { type: 'message-delivered', attempts: row.attempts, ...accountOf(row.account_id) },
        );
      }),

    recordRetry: (id, category, nextAttemptAt, now) =>
      write(now, async (unit) => {
        const row = await unit.sql
          .updateTable('outbox')
          .set((eb) => ({
            status: 'retrying',
            attempts: eb('attempts', '+', 1),
            next_attempt_at: nextAttemptAt.getTime(),
            lease_until: null,
            failure_category: category,
          }))
          .where('id', '=', id)
          .where('status', 'in', ['queued', 'retrying'])
          .returning('channel')
          .executeTakeFirst();
        if (row === undefined) return;
        await countEvent(unit, { type: 'message-retried', channel: row.channel, category }, 1);
      }),

    recordFailed: (id, category, now) => write(now, (unit) => failMessage(unit, id, category)),

    countSentSince: (scope, since) => countMessages(reader, scope, since),
  };
}

/** Ends a message for good; an expired one without the attempt that it was claimed for. */
export async function failMessage(
  { sql, now, record }: UnitOfWork,
  id: OutboxMessageId,
  category: DeliveryFailureCategory,
): Promise<void> {
  const row = await sql
    .updateTable('outbox')
    .set((eb) => ({
      status: 'failed',
      text_sealed: null,
      lease_until: null,
      attempts: eb('attempts', '+', category === 'expired' ? 0 : 1),
      finished_at: now.getTime(),
      failure_category: category,
    }))
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'retrying'])
    .returning(['account_id', 'attempts'])
    .executeTakeFirst();
  if (row === undefined) return;
  record(
    { kind: 'system' },
    { type: 'message-failed', attempts: row.attempts, category, ...accountOf(row.account_id) },
  );
}

function accountOf<Id>(accountId: Id | null): { accountId?: Id } {
  return accountId === null ? {} : { accountId };
}

function openText(sealer: Sealer, id: OutboxMessageId, sealed: Uint8Array): string {
  return Buffer.from(sealer.open(textPlace(id), sealed)).toString('utf8');
}

function toClaimed(row: OutboxRow, text: string): ClaimedMessage {
  const claim = {
    id: row.id,
    accountId: row.account_id ?? undefined,
    attempts: row.attempts,
    createdAt: dateOf(row.created_at),
    expiresAt: dateOf(row.expires_at),
  };
  // The recipient is what the channel says.
  return row.channel === 'sms'
    ? { ...claim, channel: 'sms', to: row.recipient as PhoneNumber, text }
    : { ...claim, channel: 'email', to: row.recipient as EmailAddress, ...decodeMail(text) };
}
