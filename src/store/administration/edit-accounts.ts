import type { Account } from '../../accounts/account.ts';
import type { AccountAdministrationPort } from '../../console/administration/ports.ts';
import type { AccountId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { lockAccount, toAccount, updateAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import { insertNotice } from '../outbox-rows.ts';
import { storable } from '../row-values.ts';
import type { AccountRow } from '../rows.ts';
import { endSessionsOf } from '../session-rows.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { keepValues } from './account-changes.ts';

type EditPart = Pick<
  AccountAdministrationPort,
  'editAccount' | 'changePhone' | 'setStatus' | 'resetPassword' | 'confirmPhone'
>;
type Edit = Omit<Parameters<AccountAdministrationPort['confirmPhone']>[0], 'now'>;

export function createEditPart(context: StoreContext): EditPart {
  const { write } = context;

  return {
    editAccount: ({ change, holdSeconds, notices, now, ...edit }) =>
      write(now, async (unit) => {
        const { before, isLastAdministrator } = await holdForEdit(unit, edit);
        const { id, actor } = edit;
        const phone = change.phone ?? null;
        const email = change.email ?? null;
        const displayName = storable(change.displayName);
        if (change.role !== 'administrator' && isLastAdministrator) {
          throw new ProblemError('last-administrator');
        }
        const phoneChanges = phone !== before.phone;
        if (phoneChanges)
          forbidBoth(before.password_reset_by, before.password_reset_at, edit, now, holdSeconds);
        const held =
          phoneChanges && before.phone !== null
            ? { phone_held_until: now.getTime() + holdSeconds * 1000 }
            : {};
        const row = await updateAccount(unit.sql, id, {
          display_name: displayName,
          phone,
          email,
          role: change.role,
          ...(phoneChanges && {
            phone_changed_at: now.getTime(),
            phone_changed_by: actor.accountId,
            ...held,
          }),
        });
        if (displayName !== before.display_name) {
          const values = { displayName: { before: before.display_name, after: displayName } };
          unit.record(actor, {
            type: 'account-renamed',
            accountId: id,
            changeId: await keepValues(unit, context, id, values),
          });
        }
        if (phoneChanges) {
          const values = { phone: { before: before.phone, after: phone } };
          unit.record(actor, {
            type: 'account-phone-changed',
            accountId: id,
            changeId: await keepValues(unit, context, id, values),
          });
        }
        if (email !== before.email) {
          const values = { email: { before: before.email, after: email } };
          unit.record(actor, {
            type: 'account-email-changed',
            accountId: id,
            changeId: await keepValues(unit, context, id, values),
          });
        }
        if (change.role !== before.role) {
          unit.record(actor, {
            type: 'account-role-changed',
            accountId: id,
            before: before.role,
            after: change.role,
          });
          unit.accessChanged();
        }
        if (phoneChanges) {
          for (const notice of notices(toAccount(before))) await insertNotice(unit, context, id, notice);
        }
        return toAccount(row);
      }),

    changePhone: ({ id, phone, actor, holdSeconds, notices, now }) =>
      write(now, async (unit) => {
        const before = await lockAccount(unit.sql, id);
        const after = phone ?? null;
        if (after === before.phone) return toAccount(before);
        const row = await updateAccount(unit.sql, id, {
          phone: after,
          phone_changed_at: now.getTime(),
          phone_changed_by: actor.kind === 'account' ? actor.accountId : null,
          ...(before.phone !== null && { phone_held_until: now.getTime() + holdSeconds * 1000 }),
        });
        const values = { phone: { before: before.phone, after } };
        unit.record(actor, {
          type: 'account-phone-changed',
          accountId: id,
          changeId: await keepValues(unit, context, id, values),
        });
        for (const notice of notices(toAccount(before))) await insertNotice(unit, context, id, notice);
        return toAccount(row);
      }),

    setStatus: ({ status, now, ...edit }) =>
      write(now, async (unit) => {
        const { before, isLastAdministrator } = await holdForEdit(unit, edit);
        const { id, actor } = edit;
        if (before.status === status) return toAccount(before);
        if (status === 'blocked' && isLastAdministrator) throw new ProblemError('last-administrator');
        const row = await updateAccount(unit.sql, id, { status });
        unit.record(actor, {
          type: status === 'blocked' ? 'account-blocked' : 'account-unblocked',
          accountId: id,
        });
        if (status === 'blocked') {
          unit.accessChanged();
          await endSessionsOf(unit, id, 'account-blocked', actor);
        }
        return toAccount(row);
      }),

    resetPassword: ({ passwordHash, holdSeconds, message, now, ...edit }) =>
      write(now, async (unit) => {
        const { before } = await holdForEdit(unit, edit);
        const { id, actor } = edit;
        forbidBoth(before.phone_changed_by, before.phone_changed_at, edit, now, holdSeconds);
        if (message !== undefined && (before.phone_held_until ?? 0) > now.getTime()) {
          throw new ProblemError('phone-held');
        }
        const row = await updateAccount(unit.sql, id, {
          password_hash: passwordHash,
          password_state: 'first',
          password_reset_at: now.getTime(),
          password_reset_by: actor.accountId,
        });
        if (message !== undefined) await insertNotice(unit, context, id, message);
        unit.record(actor, {
          type: 'account-password-reset',
          accountId: id,
          delivery: message === undefined ? 'shown' : 'sms',
        });
        await endSessionsOf(unit, id, 'password-set', actor);
        return toAccount(row);
      }),

    confirmPhone: ({ now, ...edit }) =>
      write(now, async (unit) => {
        const { before } = await holdForEdit(unit, edit);
        if ((before.phone_held_until ?? 0) <= now.getTime()) throw new ProblemError('phone-not-held');
        if (before.phone_changed_by === edit.actor.accountId)
          throw new ProblemError('second-person-required');
        const row = await updateAccount(unit.sql, edit.id, { phone_held_until: null });
        unit.record(edit.actor, { type: 'account-phone-confirmed', accountId: edit.id });
        return toAccount(row);
      }),
  };
}

/** Holds the account, both people's roles, and all administrators, in one order: two of them could undo each other. */
async function holdForEdit(
  { sql }: UnitOfWork,
  { id, revision, actor }: Edit,
): Promise<{ before: AccountRow; isLastAdministrator: boolean }> {
  const rows = await sql
    .selectFrom('accounts')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('id', 'in', [id, actor.accountId]),
        eb.and([eb('role', '=', 'administrator'), eb('status', '=', 'active')]),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const before = rows.find((row) => row.id === id);
  const own = rows.find((row) => row.id === actor.accountId);
  if (before === undefined) throw new ProblemError('account-not-found');
  // Withdrawn since the request came in.
  if (own?.status !== 'active' || own.role === 'user') throw new ProblemError('role-required');
  if (own.id === before.id) throw new ProblemError('own-account');
  if (own.role === 'operator' && before.role !== 'user') throw new ProblemError('role-required');
  if (before.revision !== revision) throw new ProblemError('revision-changed');
  const isActive = ({ role, status }: Pick<Account, 'role' | 'status'>) =>
    role === 'administrator' && status === 'active';
  const others = rows.filter((row) => row.id !== id && isActive(row));
  return { before, isLastAdministrator: isActive(before) && others.length === 0 };
}

/** Whoever has done the one may not do the other within the time: together they would give a person's whole access away. */
function forbidBoth(
  by: AccountId | null,
  atMs: number | null,
  { actor }: Edit,
  now: Date,
  holdSeconds: number,
): void {
  if (by !== actor.accountId || atMs === null) return;
  const leftMs = atMs + holdSeconds * 1000 - now.getTime();
  if (leftMs <= 0) return;
  throw new ProblemError('second-person-required', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
}
