import { timingSafeEqual } from 'node:crypto';
import type { EnrolmentPort, ReplacementProof } from '../../enrolment/ports.ts';
import type { AccessCertificateId, SessionId, TokenHash } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { lockAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import { insertNotice, replaceMessage } from '../outbox-rows.ts';
import { dateOf } from '../row-values.ts';
import type { AccountRow, OneTimeCodeRow } from '../rows.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { getCertificateRow } from './certificate-rows.ts';

type ReplacementPart = Pick<
  EnrolmentPort,
  'wasPermitted' | 'storeReplacementCode' | 'findReplacementCode' | 'checkReplacementCode'
>;

const PURPOSE = 'replace-certificate';

export function createReplacementPart(context: StoreContext): ReplacementPart {
  const { reader, write, sealer } = context;
  return {
    async wasPermitted(sessionId, certificateId) {
      const permit = await reader
        .selectFrom('decisions')
        .select('id')
        .where('session_id', '=', sessionId)
        .where('certificate_id', '=', certificateId)
        .where('outcome', '=', 'permit')
        .limit(1)
        .executeTakeFirst();
      return permit !== undefined;
    },

    storeReplacementCode: ({ sessionId, accountId, certificateId, codeHash, tries, message, actor, now }) =>
      write(now, async (unit) => {
        const account = await lockAccount(unit.sql, accountId);
        await requireReplaceable(unit, account, certificateId);
        await dropCode(unit, sessionId);
        const messageId = await insertNotice(unit, context, accountId, message);
        await unit.sql
          .insertInto('one_time_codes')
          .values({
            session_id: sessionId,
            purpose: PURPOSE,
            account_id: accountId,
            certificate_id: certificateId,
            recipient: message.to,
            code_hash_sealed: sealer.seal(hashPlace(sessionId), Buffer.from(codeHash, 'hex')),
            tries_left: tries,
            message_id: messageId,
            created_at: now.getTime(),
            expires_at: message.expiresAt.getTime(),
          })
          .execute();
        unit.record(actor, { type: 'certificate-replacement-code-sent', accountId, certificateId });
      }),

    async findReplacementCode(sessionId, now) {
      const row = await reader
        .selectFrom('one_time_codes')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('purpose', '=', PURPOSE)
        .where('expires_at', '>', now.getTime())
        .where('tries_left', '>', 0)
        .executeTakeFirst();
      return (
        row && {
          certificateId: row.certificate_id,
          phone: row.recipient,
          sentAt: dateOf(row.created_at),
          expiresAt: dateOf(row.expires_at),
          triesLeft: row.tries_left,
        }
      );
    },

    checkReplacementCode: ({ sessionId, certificateId, codeHash, actor, now }) =>
      write(now, async (unit) => {
        const { account_id: accountId } = await getCertificateRow(unit.sql, certificateId);
        // Held, so that guesses at the same moment are counted one after the other.
        const account = await lockAccount(unit.sql, accountId);
        const code = await findUsable(unit, account, sessionId, certificateId);
        if (code === undefined) return { kind: 'none' };
        if (isSame(sealer, code, codeHash)) return { kind: 'right' };
        const triesLeft = code.tries_left - 1;
        await unit.sql
          .updateTable('one_time_codes')
          .set({ tries_left: triesLeft })
          .where('session_id', '=', sessionId)
          .where('purpose', '=', PURPOSE)
          .execute();
        unit.record(actor, {
          type: 'certificate-replacement-code-wrong',
          accountId,
          certificateId,
          triesLeft,
        });
        return { kind: 'wrong', triesLeft };
      }),
  };
}

/**
 * Within the transaction that records the new certificate: what was proved is still so, and is used up.
 *
 * @throws {ProblemError} `certificate-state`
 */
export async function redeemProof(
  unit: UnitOfWork,
  { sealer }: Pick<StoreContext, 'sealer'>,
  account: AccountRow,
  formerId: AccessCertificateId | undefined,
  proof: ReplacementProof,
): Promise<void> {
  if (formerId === undefined) throw new ProblemError('certificate-state');
  await requireReplaceable(unit, account, formerId);
  if (proof.kind === 'certificate') return;
  const { sessionId, codeHash } = proof;
  const code = await findUsable(unit, account, sessionId, formerId);
  if (code === undefined || !isSame(sealer, code, codeHash)) {
    throw new ProblemError('certificate-state', { detail: 'the code was used or is over' });
  }
  await dropCode(unit, sessionId);
}

/** Of a locked account. */
async function requireReplaceable(
  { sql }: UnitOfWork,
  account: AccountRow,
  certificateId: AccessCertificateId,
): Promise<void> {
  const isCurrent = account.status === 'active' && account.current_certificate_id === certificateId;
  if (!isCurrent || (await getCertificateRow(sql, certificateId)).status !== 'active') {
    throw new ProblemError('certificate-state');
  }
}

async function findUsable(
  { sql, now }: UnitOfWork,
  account: AccountRow,
  sessionId: SessionId,
  certificateId: AccessCertificateId,
): Promise<OneTimeCodeRow | undefined> {
  const code = await sql
    .selectFrom('one_time_codes')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('purpose', '=', PURPOSE)
    .where('account_id', '=', account.id)
    .where('certificate_id', '=', certificateId)
    .where('expires_at', '>', now.getTime())
    .where('tries_left', '>', 0)
    .executeTakeFirst();
  return code?.recipient === account.phone ? code : undefined;
}

function isSame(sealer: Sealer, code: OneTimeCodeRow, codeHash: TokenHash): boolean {
  const stored = sealer.open(hashPlace(code.session_id), code.code_hash_sealed);
  return timingSafeEqual(stored, Buffer.from(codeHash, 'hex'));
}

/** Wipes the session's code, and its message where it was not sent yet. */
async function dropCode(unit: UnitOfWork, sessionId: SessionId): Promise<void> {
  const dropped = await unit.sql
    .deleteFrom('one_time_codes')
    .where('session_id', '=', sessionId)
    .where('purpose', '=', PURPOSE)
    .returning('message_id')
    .executeTakeFirst();
  if (dropped !== undefined) await replaceMessage(unit, dropped.message_id);
}

function hashPlace(rowId: SessionId) {
  return { table: 'one_time_codes', column: 'code_hash_sealed', rowId } as const;
}
