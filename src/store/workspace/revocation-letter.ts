import type { AccountId } from '../../kernel/brand.ts';
import type { LetterOf } from '../../workspace/status/ports.ts';
import type { StoreContext } from '../context.ts';
import { insertNotice } from '../outbox-rows.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

/** Past it the bell says enough. */
const EXPIRES_MS = 3 * 86_400_000;

/** Whether the bell has told this before, read or not: a letter is sent once. */
export async function wasTold(
  { sql }: UnitOfWork,
  accountId: AccountId,
  kind: string,
  groupKey: string,
): Promise<boolean> {
  const row = await sql
    .selectFrom('notifications')
    .select('id')
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('group_key', '=', groupKey)
    .executeTakeFirst();
  return row !== undefined;
}

/** Puts the letter into the outbox, where the person has an address and the account is active. */
export async function queueLetter(
  context: StoreContext,
  unit: UnitOfWork,
  accountId: AccountId,
  letterOf: LetterOf,
): Promise<void> {
  const account = await unit.sql
    .selectFrom('accounts')
    .select(['email', 'locale', 'status'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (account === undefined || account.status !== 'active' || account.email === null) return;
  await insertNotice(unit, context, accountId, {
    channel: 'email',
    to: account.email,
    ...letterOf(account.locale),
    expiresAt: new Date(unit.now.getTime() + EXPIRES_MS),
  });
}
