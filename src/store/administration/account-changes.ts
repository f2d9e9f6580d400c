import type { AccountChangeId, AccountId } from '../../kernel/brand.ts';
import type { StoreContext } from '../context.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

/** A value before and after, by what it is a value of. */
export type ChangedValues = Readonly<
  Record<string, { readonly before: string | null; readonly after: string | null }>
>;

const placeOf = (rowId: AccountChangeId) =>
  ({ table: 'account_changes', column: 'values_sealed', rowId }) as const;

/** The values before and after, where they can be erased; the journal names the row. */
export async function keepValues(
  { sql, now }: UnitOfWork,
  { random, sealer }: Pick<StoreContext, 'random' | 'sealer'>,
  accountId: AccountId,
  values: ChangedValues,
): Promise<AccountChangeId> {
  const id = random.id<AccountChangeId>();
  await sql
    .insertInto('account_changes')
    .values({
      id,
      account_id: accountId,
      at: now.getTime(),
      values_sealed: sealer.seal(placeOf(id), Buffer.from(JSON.stringify(values), 'utf8')),
    })
    .execute();
  return id;
}

/** What was erased is left out. */
export async function readValues(
  { reader, sealer }: Pick<StoreContext, 'reader' | 'sealer'>,
  ids: readonly AccountChangeId[],
): Promise<ReadonlyMap<AccountChangeId, ChangedValues>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .selectFrom('account_changes')
    .select(['id', 'values_sealed'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(
    rows.map(({ id, values_sealed }) => {
      const text = Buffer.from(sealer.open(placeOf(id), values_sealed)).toString('utf8');
      return [id, JSON.parse(text) as ChangedValues];
    }),
  );
}
