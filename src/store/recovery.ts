import { ProblemError } from '../kernel/problem.ts';
import type { RecoverableAccount, RecoveryPort } from '../portal/recovery/ports.ts';
import { checkPhone, lockAccount, toAccount, updateAccount } from './account-rows.ts';
import type { StoreContext } from './context.ts';
import { insertNotice } from './outbox-rows.ts';
import { endSessionsOf } from './session-rows.ts';

export function createRecoveryPort(context: StoreContext): RecoveryPort {
  const { reader, write } = context;

  return {
    async findRecoverable(fingerprint, now): Promise<RecoverableAccount | undefined> {
      const nowMs = now.getTime();
      const row = await reader
        .selectFrom('access_certificates as c')
        .innerJoin('accounts', (join) =>
          join
            .onRef('accounts.current_certificate_id', '=', 'c.id')
            .onRef('accounts.id', '=', 'c.account_id'),
        )
        .selectAll('accounts')
        .select('c.id as certificate_id')
        .where('c.sha256_fingerprint', '=', fingerprint)
        .where('c.status', '=', 'active')
        .where('c.not_before', '<=', nowMs)
        .where('c.not_after', '>=', nowMs)
        .where('accounts.status', '=', 'active')
        .where((eb) => eb.or([eb('phone_held_until', 'is', null), eb('phone_held_until', '<=', nowMs)]))
        .executeTakeFirst();
      if (row === undefined || row.phone === null) return undefined;
      return {
        account: { ...toAccount(row), phone: row.phone },
        certificateId: row.certificate_id,
        passwordHash: row.password_hash,
      };
    },

    queueRecoveryCode: (accountId, message, now) =>
      write(now, async (unit) => {
        checkPhone(await lockAccount(unit.sql, accountId), message.to, now);
        await insertNotice(unit, context, accountId, message);
        unit.record({ kind: 'anonymous' }, { type: 'account-recovery-code-sent', accountId });
      }),

    recordWrongRecoveryCode: (accountId, now) =>
      write(now, async ({ record }) => {
        record({ kind: 'anonymous' }, { type: 'account-recovery-code-wrong', accountId });
      }),

    recoverPassword: ({ found, fingerprint, passwordHash, notices, now }) =>
      write(now, async (unit) => {
        const { id, phone } = found.account;
        const before = await lockAccount(unit.sql, id);
        const certificate = await unit.sql
          .selectFrom('access_certificates')
          .select(['sha256_fingerprint', 'status', 'not_after'])
          .where('id', '=', found.certificateId)
          .executeTakeFirstOrThrow();
        const isSame =
          before.status === 'active' &&
          before.current_certificate_id === found.certificateId &&
          certificate.sha256_fingerprint === fingerprint &&
          certificate.status === 'active' &&
          certificate.not_after >= now.getTime() &&
          // Somebody else was quicker with the same code, or has set another password: it works once.
          before.password_hash === found.passwordHash &&
          before.phone === phone &&
          (before.phone_held_until ?? 0) <= now.getTime();
        if (!isSame) throw new ProblemError('recovery-not-possible');
        await updateAccount(unit.sql, id, { password_hash: passwordHash, password_state: 'own' });
        const actor = { kind: 'account', accountId: id } as const;
        unit.record(actor, {
          type: 'account-password-recovered',
          accountId: id,
          certificateId: found.certificateId,
        });
        await endSessionsOf(unit, id, 'password-set', actor);
        for (const notice of notices) await insertNotice(unit, context, id, notice);
      }),
  };
}
