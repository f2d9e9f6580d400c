import type { ConsolePort } from '../console/ports.ts';
import { ProblemError } from '../kernel/problem.ts';
import { lockAccount } from './account-rows.ts';
import type { StoreContext } from './context.ts';
import { dateOf } from './row-values.ts';

export function createConsolePort({ reader, write }: StoreContext): ConsolePort {
  return {
    async findActorFacts(accountId) {
      const row = await reader
        .selectFrom('accounts')
        .select(['role', 'status', 'locale', 'locale_chosen_at'])
        .where('id', '=', accountId)
        .executeTakeFirst();
      return (
        row && {
          role: row.role,
          status: row.status,
          locale: row.locale,
          localeChosen: row.locale_chosen_at !== null,
        }
      );
    },

    async findOwnCertificate(accountId) {
      const row = await reader
        .selectFrom('accounts')
        .innerJoin('access_certificates', 'access_certificates.id', 'accounts.current_certificate_id')
        .select(['serial_number', 'sha256_fingerprint', 'not_after'])
        .where('accounts.id', '=', accountId)
        .executeTakeFirst();
      return (
        row && {
          serialNumber: row.serial_number,
          sha256Fingerprint: row.sha256_fingerprint,
          notAfter: dateOf(row.not_after),
        }
      );
    },

    listPreferences: (accountId) =>
      reader
        .selectFrom('preferences')
        .select(['name', 'value'])
        .where('account_id', '=', accountId)
        .orderBy('name')
        .execute(),

    storePreference: ({ accountId, name, value, limit, now }) =>
      write(now, async ({ sql }) => {
        const mine = sql.deleteFrom('preferences').where('account_id', '=', accountId);
        if (value === undefined) {
          await mine.where('name', '=', name).execute();
          return;
        }
        // Held, so that two pages at once do not go past the limit together.
        await lockAccount(sql, accountId);
        const row = { account_id: accountId, name, value, changed_at: now.getTime() };
        await sql
          .insertInto('preferences')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['account_id', 'name']).doUpdateSet({ value, changed_at: row.changed_at }),
          )
          .execute();
        const { count } = await sql
          .selectFrom('preferences')
          .select((eb) => eb.fn.countAll<number | string>().as('count'))
          .where('account_id', '=', accountId)
          .executeTakeFirstOrThrow();
        if (Number(count) > limit) throw new ProblemError('request-too-large');
      }),
  };
}
