import type { Account } from '../accounts/account.ts';
import type { AccountPort } from '../accounts/ports.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId } from '../kernel/brand.ts';
import { loginKey } from '../kernel/login.ts';
import { ProblemError } from '../kernel/problem.ts';
import { findAccountRow, lockAccount, searchTextOf, toAccount, updateAccount } from './account-rows.ts';
import { keepValues } from './administration/account-changes.ts';
import type { StoreContext } from './context.ts';
import { storable } from './row-values.ts';
import type { AccountRow } from './rows.ts';
import { endOtherSessionsOf, endSessionsOf } from './session-rows.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** In place of a hash: no password opens it. */
export const NO_PASSWORD = '!';

export function createAccountPort(context: StoreContext): AccountPort {
  const { reader, write, random, clock } = context;
  return {
    createAccount: (account, actor, now) =>
      write(now, async ({ sql, record }) => {
        const row: AccountRow = {
          id: random.id<AccountId>(),
          login: account.login,
          login_key: loginKey(account.login),
          display_name: storable(account.displayName),
          phone: account.phone ?? null,
          email: account.email ?? null,
          role: account.role,
          status: 'active',
          locale: account.locale,
          locale_chosen_at: null,
          password_hash: account.passwordHash,
          current_certificate_id: null,
          created_at: now.getTime(),
          revision: 1,
          password_state: account.passwordState ?? 'own',
          password_reset_at: null,
          password_reset_by: null,
          phone_changed_at: null,
          phone_changed_by: null,
          phone_held_until: null,
          signed_in_at: null,
          search_text: null,
        };
        row.search_text = searchTextOf(row);
        const inserted = await sql
          .insertInto('accounts')
          .values(row)
          .onConflict((conflict) => conflict.column('login_key').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (inserted === undefined) throw new ProblemError('account-exists');
        record(actor, { type: 'account-created', accountId: row.id, role: row.role });
        return toAccount(row);
      }),

    async findAccountByLogin(key) {
      const row = await reader
        .selectFrom('accounts')
        .selectAll()
        .where('login_key', '=', key)
        .executeTakeFirst();
      return row && toAccount(row);
    },

    async findAccount(id) {
      const row = await findAccountRow(reader, id);
      return row && toAccount(row);
    },

    async listAccounts({ limit, after, status, role }) {
      let query = reader
        .selectFrom('accounts')
        .selectAll()
        .orderBy('login_key')
        .limit(limit + 1);
      if (after !== undefined) query = query.where('login_key', '>', after);
      if (status !== undefined) query = query.where('status', '=', status);
      if (role !== undefined) query = query.where('role', '=', role);
      const rows = await query.execute();
      const page = rows.slice(0, limit);
      return {
        accounts: page.map(toAccount),
        next: rows.length > limit ? page.at(-1)?.login_key : undefined,
      };
    },

    async findPasswordHash(id) {
      const row = await reader
        .selectFrom('accounts')
        .select('password_hash')
        .where('id', '=', id)
        .executeTakeFirst();
      // Of somebody who was imported and has no password yet: like a login that does not exist.
      return row?.password_hash === NO_PASSWORD ? undefined : row?.password_hash;
    },

    setAccountStatus: (id, status, actor, now) =>
      write(now, (unit) => (status === 'blocked' ? block(unit, id, actor) : unblock(unit, id, actor))),

    setPasswordHash: (id, passwordHash, actor, now) =>
      write(now, async (unit) => {
        await lockAccount(unit.sql, id);
        await updateAccount(unit.sql, id, {
          password_hash: passwordHash,
          password_state: 'first',
          password_reset_at: now.getTime(),
          password_reset_by: actor.kind === 'account' ? actor.accountId : null,
        });
        unit.record(actor, { type: 'account-password-reset', accountId: id, delivery: 'shown' });
        await endSessionsOf(unit, id, 'password-set', actor);
      }),

    changeOwnPassword: ({ id, passwordHash, sessionId, actor, now }) =>
      write(now, async (unit) => {
        await lockAccount(unit.sql, id);
        await updateAccount(unit.sql, id, { password_hash: passwordHash, password_state: 'own' });
        unit.record(actor, { type: 'account-password-set', accountId: id });
        await endOtherSessionsOf(unit, id, sessionId, 'password-set', actor);
      }),

    refreshPasswordHash: (id, passwordHash) =>
      // No event and no revision: the same password, stored with today's parameters.
      write(clock.now(), async ({ sql }) => {
        await sql.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', id).execute();
      }),

    setLocale: (id, locale, now) =>
      // No revision: somebody who edits the account meanwhile edits something else.
      write(now, async ({ sql }) => {
        await sql
          .updateTable('accounts')
          .set({ locale, locale_chosen_at: now.getTime() })
          .where('id', '=', id)
          .execute();
      }),

    setEmail: (id, email, actor, now) =>
      write(now, async (unit) => {
        const before = await lockAccount(unit.sql, id);
        const after = email ?? null;
        const row = await updateAccount(unit.sql, id, { email: after });
        const values = { email: { before: before.email, after } };
        const changeId = await keepValues(unit, context, id, values);
        unit.record(actor, { type: 'account-email-changed', accountId: id, changeId });
        return toAccount(row);
      }),
  };
}

async function unblock({ sql, record }: UnitOfWork, id: AccountId, actor: Actor): Promise<Account> {
  const before = await lockAccount(sql, id);
  if (before.status === 'active') return toAccount(before);
  const row = await updateAccount(sql, id, { status: 'active' });
  record(actor, { type: 'account-unblocked', accountId: id });
  return toAccount(row);
}

async function block(unit: UnitOfWork, id: AccountId, actor: Actor): Promise<Account> {
  const { sql, record } = unit;
  // All administrators are held, in one order: else two of them could block each other at the same moment.
  const rows = await sql
    .selectFrom('accounts')
    .selectAll()
    .where((eb) =>
      eb.or([eb('id', '=', id), eb.and([eb('role', '=', 'administrator'), eb('status', '=', 'active')])]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const before = rows.find((row) => row.id === id);
  if (before === undefined) throw new ProblemError('account-not-found');
  if (before.status === 'blocked') return toAccount(before);
  const others = rows.filter(
    (row) => row.id !== id && row.role === 'administrator' && row.status === 'active',
  );
  if (before.role === 'administrator' && others.length === 0) throw new ProblemError('last-administrator');

  const row = await updateAccount(sql, id, { status: 'blocked' });
  record(actor, { type: 'account-blocked', accountId: id });
  unit.accessChanged();
  await endSessionsOf(unit, id, 'account-blocked', actor);
  return toAccount(row);
}
