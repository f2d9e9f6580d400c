import type { AccountId } from '../../kernel/brand.ts';
import type { Random } from '../../kernel/random.ts';
import { storable } from '../row-values.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

export interface NewNotification {
  readonly accountId: AccountId;
  readonly kind: string;
  /** The same thing again while it is unread is counted, not repeated. */
  readonly groupKey: string;
  readonly payload: Readonly<Record<string, string>>;
}

export async function insertNotification(
  { sql, now }: UnitOfWork,
  random: Random,
  { accountId, kind, groupKey, payload }: NewNotification,
): Promise<void> {
  const text = storable(JSON.stringify(payload));
  const again = await sql
    .updateTable('notifications')
    .set((eb) => ({ payload: text, count: eb('count', '+', 1), at: now.getTime() }))
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('group_key', '=', groupKey)
    .where('read_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (again !== undefined) return;
  await sql
    .insertInto('notifications')
    .values({
      account_id: accountId,
      id: Buffer.from(random.bytes(16)).toString('hex'),
      kind,
      group_key: groupKey,
      payload: text,
      count: 1,
      at: now.getTime(),
      read_at: null,
    })
    .execute();
}
