import type { Kysely } from 'kysely';
import type { PasswordDelivery } from '../enrolment/ports.ts';
import type { AccessCertificateId, AccountId, OutboxMessageId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { Random } from '../kernel/random.ts';
import type { OutgoingMail, OutgoingSms } from '../messaging/ports.ts';
import type { ExpiringKind } from '../reminders/ports.ts';
import { countMessages, holdMessageCounts } from './message-counts.ts';
import { dateOf, dateOrUndefined } from './row-values.ts';
import type { OutboxRow, Schema } from './rows.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { UnitOfWork } from './unit-of-work.ts';

interface Sealing {
  readonly sealer: Sealer;
  readonly random: Random;
}

/**
 * Puts the message with a password into the outbox. The account is held, so the positions of a certificate are in order.
 *
 * @throws {ProblemError} `message-limit`
 */
export async function insertMessage(
  unit: UnitOfWork,
  { sealer, random }: Sealing,
  accountId: AccountId,
  certificateId: AccessCertificateId,
  message: OutgoingSms,
): Promise<PasswordDelivery> {
  const { sql, now } = unit;
  await admit(unit, message);
  const { position } = await sql
    .selectFrom('outbox')
    .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(0)).as('position'))
    .where('certificate_id', '=', certificateId)
    .executeTakeFirstOrThrow();
  const row = toRow(
    { sealer, random },
    { accountId, certificateId, position: position + 1, message, about: null, nowMs: now.getTime() },
  );
  await sql.insertInto('outbox').values(row).execute();
  return toPasswordDelivery(row, 'queued');
}

/**
 * Puts a message into the outbox that is no password of a certificate.
 *
 * @param about what it can be taken back by ({@link replaceMessagesAbout})
 * @throws {ProblemError} `message-limit`
 */
export async function insertNotice(
  unit: UnitOfWork,
  sealing: Sealing,
  accountId: AccountId,
  message: OutgoingMail | OutgoingSms,
  about: string | null = null,
): Promise<OutboxMessageId> {
  await admit(unit, message);
  const nowMs = unit.now.getTime();
  const row = toRow(sealing, { accountId, certificateId: null, position: 0, message, about, nowMs });
  await unit.sql.insertInto('outbox').values(row).execute();
  return row.id;
}

async function admit({ sql }: UnitOfWork, message: OutgoingMail | OutgoingSms): Promise<void> {
  if (message.channel === 'email' || message.admit === 'always') return;
  await holdMessageCounts(sql);
  await message.admit({ countSentSince: (scope, since) => countMessages(sql, scope, since) });
}

function toRow(
  { sealer, random }: Sealing,
  input: {
    readonly accountId: AccountId;
    readonly certificateId: AccessCertificateId | null;
    readonly position: number;
    readonly message: OutgoingMail | OutgoingSms;
    readonly about: string | null;
    readonly nowMs: number;
  },
): OutboxRow {
  const { accountId, certificateId, position, message, about, nowMs } = input;
  const id = random.id<OutboxMessageId>();
  return {
    id,
    account_id: accountId,
    certificate_id: certificateId,
    position,
    channel: message.channel,
    recipient: message.to,
    text_sealed: sealer.seal(textPlace(id), Buffer.from(encodeText(message), 'utf8')),
    status: 'queued',
    attempts: 0,
    created_at: nowMs,
    next_attempt_at: nowMs,
    expires_at: message.expiresAt.getTime(),
    lease_until: null,
    finished_at: null,
    failure_category: null,
    gateway_id: null,
    about,
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

/** How the outbox names what a message is about. */
export function aboutOf(kind: ExpiringKind, id: string): string {
  return `${kind}:${id}`;
}

/** Takes back what was not sent yet about something that is over. */
export async function replaceMessagesAbout({ sql, now }: UnitOfWork, about: string): Promise<void> {
  await sql
    .updateTable('outbox')
    .set({ status: 'replaced', text_sealed: null, lease_until: null, finished_at: now.getTime() })
    .where('about', '=', about)
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
    // Passwords are sent by SMS alone.
    phone: row.recipient as PhoneNumber,
    status,
    attempts: row.attempts,
    queuedAt: dateOf(row.created_at),
    nextAttemptAt: status === 'queued' || status === 'retrying' ? dateOf(row.next_attempt_at) : undefined,
    finishedAt: dateOrUndefined(row.finished_at),
    failureCategory: row.failure_category ?? undefined,
  };
}

/** What an SMS says, or subject and text of an e-mail; sealed, because both name people. */
function encodeText(message: OutgoingMail | OutgoingSms): string {
  return message.channel === 'sms'
    ? message.text
    : JSON.stringify({ subject: message.subject, text: message.text });
}

export function decodeMail(encoded: string): { readonly subject: string; readonly text: string } {
  return JSON.parse(encoded) as { subject: string; text: string };
}

export function textPlace(rowId: OutboxMessageId) {
  return { table: 'outbox', column: 'text_sealed', rowId } as const;
}
