import type { Kysely } from 'kysely';
import type { OutgoingMessage, OutgoingPassword, PasswordDelivery } from '../enrolment/ports.ts';
import type { AccessCertificateId, AccountId, OutboxMessageId } from '../kernel/brand.ts';
import type { Random } from '../kernel/random.ts';
import { dateOf, dateOrUndefined } from './row-values.ts';
import type { OutboxRow, Schema } from './rows.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Puts the message with a password into the outbox. The account is held, so the positions of a certificate are in order. */
export async function insertMessage(
  { sql, now }: UnitOfWork,
  { sealer, random }: { readonly sealer: Sealer; readonly random: Random },
  accountId: AccountId,
  certificateId: AccessCertificateId,
  message: OutgoingPassword,
): Promise<PasswordDelivery> {
  const { position } = await sql
    .selectFrom('outbox')
    .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(0)).as('position'))
    .where('certificate_id', '=', certificateId)
    .executeTakeFirstOrThrow();
  const row = toRow(
    { sealer, random },
    { accountId, certificateId, position: position + 1, message, nowMs: now.getTime() },
  );
  await sql.insertInto('outbox').values(row).execute();
  return toPasswordDelivery(row, 'queued');
}

/** Puts a message into the outbox that is no password of a certificate. */
export async function insertNotice(
  { sql, now }: UnitOfWork,
  sealing: { readonly sealer: Sealer; readonly random: Random },
  accountId: AccountId,
  message: OutgoingMessage,
): Promise<OutboxMessageId> {
  const row = toRow(sealing, { accountId, certificateId: null, position: 0, message, nowMs: now.getTime() });
  await sql.insertInto('outbox').values(row).execute();
  return row.id;
}

function toRow(
  { sealer, random }: { readonly sealer: Sealer; readonly random: Random },
  input: {
    readonly accountId: AccountId;
    readonly certificateId: AccessCertificateId | null;
    readonly position: number;
    readonly message: OutgoingMessage;
    readonly nowMs: number;
  },
): OutboxRow {
  const { accountId, certificateId, position, message, nowMs } = input;
  const id = random.id<OutboxMessageId>();
  return {
    id,
    account_id: accountId,
    certificate_id: certificateId,
    position,
    recipient: message.to,
    text_sealed: sealer.seal(textPlace(id), Buffer.from(message.text, 'utf8')),
    status: 'queued',
    attempts: 0,
    created_at: nowMs,
    next_attempt_at: nowMs,
    expires_at: message.expiresAt.getTime(),
    lease_until: null,
    finished_at: null,
    failure_category: null,
    gateway_id: null,
  };
}

/** Takes back what was not sent yet: the certificate is gone, or a newer message says the same. */
export async function replaceMessages(
  { sql, now }: UnitOfWork,
  certificateId: AccessCertificateId,
): Promise<void> {
  await sql
    .updateTable('outbox')
    .set({ status: 'replaced', text_sealed: null, lease_until: null, finished_at: now.getTime() })
    .where('certificate_id', '=', certificateId)
    .where('status', 'in', ['queued', 'retrying'])
    .execute();
}

/** Takes one back that was not sent yet. */
export async function replaceMessage({ sql, now }: UnitOfWork, id: OutboxMessageId): Promise<void> {
  await sql
    .updateTable('outbox')
    .set({ status: 'replaced', text_sealed: null, lease_until: null, finished_at: now.getTime() })
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'retrying'])
    .execute();
}

/** The newest message about a certificate that was not taken back. */
export async function findPasswordDelivery(
  sql: Kysely<Schema>,
  certificateId: AccessCertificateId,
): Promise<PasswordDelivery | undefined> {
  const row = await sql
    .selectFrom('outbox')
    .selectAll()
    .where('certificate_id', '=', certificateId)
    .where('status', '<>', 'replaced')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined || row.status === 'replaced' ? undefined : toPasswordDelivery(row, row.status);
}

function toPasswordDelivery(row: OutboxRow, status: PasswordDelivery['status']): PasswordDelivery {
  return {
    messageId: row.id,
    phone: row.recipient,
    status,
    attempts: row.attempts,
    queuedAt: dateOf(row.created_at),
    finishedAt: dateOrUndefined(row.finished_at),
    failureCategory: row.failure_category ?? undefined,
  };
}

export function textPlace(rowId: OutboxMessageId) {
  return { table: 'outbox', column: 'text_sealed', rowId } as const;
}
