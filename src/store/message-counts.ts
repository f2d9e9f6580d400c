import type { Kysely, Transaction } from 'kysely';
import { assertNever } from '../kernel/assert-never.ts';
import type { MessageScope } from '../messaging/ports.ts';
import type { Schema } from './rows.ts';

/**
 * Until the transaction ends nobody else asks whether one more SMS may be queued: two nodes that both see room for one
 * would both queue it. What is held is the one row of the instance, which nobody changes; after the account, before the
 * counters.
 */
export async function holdMessageCounts(sql: Transaction<Schema>): Promise<void> {
  await sql.selectFrom('instance').select('id').where('id', '=', 1).forUpdate().execute();
}

/** The SMS queued at or after `since`, whatever became of them. E-mail costs nothing and counts nothing. */
export async function countMessages(sql: Kysely<Schema>, scope: MessageScope, since: Date): Promise<number> {
  let query = sql
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('channel', '=', 'sms')
    .where('created_at', '>=', since.getTime());
  const only = columnOf(scope);
  if (only !== undefined) query = query.where(only.column, '=', only.value);
  const { count } = await query.executeTakeFirstOrThrow();
  return count;
}

function columnOf(scope: MessageScope) {
  switch (scope.kind) {
    case 'account':
      return { column: 'account_id', value: scope.accountId } as const;
    case 'number':
      return { column: 'recipient', value: scope.phone } as const;
    case 'total':
      return undefined;
    default:
      return assertNever(scope);
  }
}
