import type { AccountAdministrationPort } from '../../console/administration/ports.ts';
import type { AccountId } from '../../kernel/brand.ts';
import { type LoginKey, loginKey } from '../../kernel/login.ts';
import { searchTextOf } from '../account-rows.ts';
import { NO_PASSWORD } from '../accounts.ts';
import type { StoreContext } from '../context.ts';
import { dateOrUndefined, storable } from '../row-values.ts';
import type { AccountRow } from '../rows.ts';
import { isLive } from '../sessions.ts';
import { createEditPart } from './edit-accounts.ts';
import { CERTIFICATE_COLUMNS, filterAccounts, selectAccounts, toListRow } from './query-accounts.ts';

export function createAccountAdministration(context: StoreContext): AccountAdministrationPort {
  const { reader, write, random } = context;
  return {
    ...createEditPart(context),

    async countAccounts(filter, now) {
      const { count } = await filterAccounts(context, filter, now)
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async listAccounts({ filter, sort, direction, offset, limit, now }) {
      const order = direction === 'ascending' ? 'asc' : 'desc';
      const rows = await filterAccounts(context, filter, now)
        .selectAll('accounts')
        .select(CERTIFICATE_COLUMNS)
        .orderBy(sort === 'login' ? 'accounts.login_key' : 'accounts.created_at', order)
        .orderBy('accounts.id')
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(toListRow);
    },

    async listAccountsAfter(after, limit) {
      let query = selectAccounts(context)
        .selectAll('accounts')
        .select(CERTIFICATE_COLUMNS)
        .orderBy('accounts.login_key')
        .limit(limit);
      if (after !== undefined) query = query.where('accounts.login_key', '>', after);
      return (await query.execute()).map(toListRow);
    },

    async findAccountDetails(id, now) {
      const row = await selectAccounts(context)
        .selectAll('accounts')
        .select(CERTIFICATE_COLUMNS)
        .where('accounts.id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const { count } = await reader
        .selectFrom('sessions')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('account_id', '=', id)
        .where((eb) => isLive(eb, now))
        .executeTakeFirstOrThrow();
      return {
        ...toListRow(row),
        sessions: Number(count),
        phoneChangedBy: row.phone_changed_by ?? undefined,
        phoneChangedAt: dateOrUndefined(row.phone_changed_at),
        hasPassword: row.password_hash !== NO_PASSWORD,
      };
    },

    async findLogins(keys) {
      const found = new Set<LoginKey>();
      for (let start = 0; start < keys.length; start += 500) {
        const rows = await reader
          .selectFrom('accounts')
          .select('login_key')
          .where('login_key', 'in', keys.slice(start, start + 500))
          .execute();
        for (const row of rows) found.add(row.login_key);
      }
      return found;
    },

    importAccounts: (rows, actor, now) =>
      write(now, async ({ sql, record }) => {
        const outcomes: ('created' | 'exists')[] = [];
        for (const { login, displayName, phone, email } of rows) {
          const row: AccountRow = {
            id: random.id<AccountId>(),
            login,
            login_key: loginKey(login),
            display_name: storable(displayName),
            phone: phone ?? null,
            email: email ?? null,
            role: 'user',
            status: 'active',
            locale: 'ru',
            locale_chosen_at: null,
            password_hash: NO_PASSWORD,
            current_certificate_id: null,
            created_at: now.getTime(),
            revision: 1,
            password_state: 'first',
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
          outcomes.push(inserted === undefined ? 'exists' : 'created');
          if (inserted) record(actor, { type: 'account-created', accountId: row.id, role: row.role });
        }
        return outcomes;
      }),

    recordExport: (actor, now) =>
      write(now, async ({ record }) => record(actor, { type: 'accounts-exported' })),
  };
}
