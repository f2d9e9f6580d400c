import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Account } from '../accounts/account.ts';
import type { AccountId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { ProblemError } from '../kernel/problem.ts';
import { dateOf, dateOrUndefined } from './row-values.ts';
import type { AccountRow, Schema } from './rows.ts';

export function toAccount(row: Selectable<AccountRow>): Account {
  return {
    id: row.id,
    login: row.login,
    displayName: row.display_name,
    phone: row.phone ?? undefined,
    email: row.email ?? undefined,
    role: row.role,
    status: row.status,
    locale: row.locale,
    localeChosen: row.locale_chosen_at !== null,
    passwordState: row.password_state,
    phoneHeldUntil: dateOrUndefined(row.phone_held_until),
    currentCertificateId: row.current_certificate_id ?? undefined,
    createdAt: dateOf(row.created_at),
    revision: row.revision,
  };
}

export function findAccountRow(sql: Kysely<Schema>, id: AccountId): Promise<AccountRow | undefined> {
  return sql.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * Whoever changes an account or what belongs to it holds its row first; others that do the same wait.
 *
 * @throws {ProblemError} `account-not-found`
 */
export async function lockAccount(sql: Transaction<Schema>, id: AccountId): Promise<AccountRow> {
  const row = await sql
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('account-not-found');
  return row;
}

/** Lower case, with everything that people search accounts by; digits of the number without its signs. */
export function searchTextOf(row: Pick<AccountRow, 'login' | 'display_name' | 'phone' | 'email'>): string {
  const { login, display_name: name, phone, email } = row;
  return [login, name, phone ?? '', email ?? ''].join('\n').toLowerCase();
}

/** Changes a locked account. */
export async function updateAccount(
  sql: Transaction<Schema>,
  id: AccountId,
  change: Partial<Omit<AccountRow, 'id' | 'revision'>>,
): Promise<AccountRow> {
  const row = await sql
    .updateTable('accounts')
    .set((eb) => ({ ...change, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const text = searchTextOf(row);
  if (text !== row.search_text) {
    await sql.updateTable('accounts').set({ search_text: text }).where('id', '=', id).execute();
  }
  return row;
}

/**
 * The number that a password is about to be queued to is still the account's, and nothing waits for it: it may have been
 * changed since somebody looked.
 *
 * @throws {ProblemError} `phone-held`, `certificate-state`
 */
export function checkPhone(
  { phone, phone_held_until: heldUntil }: Pick<AccountRow, 'phone' | 'phone_held_until'>,
  to: PhoneNumber,
  now: Date,
): void {
  if (heldUntil !== null && now.getTime() < heldUntil) {
    throw new ProblemError('phone-held', {
      detail: `until ${dateOf(heldUntil).toISOString()}`,
      retryAfterSeconds: Math.ceil((heldUntil - now.getTime()) / 1000),
    });
  }
  if (phone !== to) {
    throw new ProblemError('certificate-state', { detail: 'the telephone number was changed in between' });
  }
}
