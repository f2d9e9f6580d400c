import type { Kysely } from 'kysely';
import type { StoreContext } from '../context.ts';
import type { Schema } from '../rows.ts';
import type { Sealer } from './sealer.ts';

/** Keys that the programs make for themselves and all nodes share. */
export interface SecretPort {
  readSecret(name: string): Promise<Uint8Array | undefined>;
  /** Stores it unless there is one already. Returns the stored one: of several nodes the first wins. */
  storeSecretOnce(name: string, value: Uint8Array): Promise<Uint8Array>;
}

export function createSecretPort({ reader, write, sealer, clock }: StoreContext): SecretPort {
  return {
    readSecret: (name) => findSecret(reader, sealer, name),
    storeSecretOnce: (name, value) =>
      write(clock.now(), async ({ sql, now }) => {
        await insertSecret(sql, sealer, name, value, now);
        const stored = await findSecret(sql, sealer, name);
        if (stored === undefined) throw new TypeError('the secret was not stored');
        return stored;
      }),
  };
}

export async function insertSecret(
  sql: Kysely<Schema>,
  sealer: Sealer,
  name: string,
  value: Uint8Array,
  now: Date,
): Promise<void> {
  await sql
    .insertInto('secrets')
    .values({ name, value_sealed: sealer.seal(placeOf(name), value), created_at: now.getTime() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

export async function findSecret(
  sql: Kysely<Schema>,
  sealer: Sealer,
  name: string,
): Promise<Uint8Array | undefined> {
  const row = await sql
    .selectFrom('secrets')
    .select('value_sealed')
    .where('name', '=', name)
    .executeTakeFirst();
  return row === undefined ? undefined : sealer.open(placeOf(name), row.value_sealed);
}

function placeOf(name: string) {
  return { table: 'secrets', column: 'value_sealed', rowId: name } as const;
}
