import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import { appendEvents } from '../audit/append-events.ts';
import type { InstanceKey } from '../audit/event-hash.ts';
import type { Database } from '../database.ts';
import type { InstanceRow } from '../rows.ts';
import { createSealer, deriveKey, type Sealer } from './sealer.ts';
import { findSecret, insertSecret } from './secrets.ts';

const SALT_LENGTH = 16;
const PROBE_PLACE = { table: 'instance', column: 'probe_sealed', rowId: '1' } as const;
const PROBE = Buffer.from('propusk', 'utf8');
const AUDIT_KEY = 'audit-key';
const MIN_SECRET_LENGTH = 16;

export interface Instance {
  readonly createdAt: Date;
  readonly sealer: Sealer;
  readonly auditKey: InstanceKey;
}

/**
 * Makes the instance at the first start, opens it later.
 *
 * @param keyCost the cost of scrypt for a new instance; an old one keeps its own
 * @throws {ProblemError} `sealed-data` where the secret is not the one that the instance was made with
 */
export async function openInstance(
  database: Database,
  dataSecret: Uint8Array,
  random: Random,
  now: Date,
  keyCost: number,
): Promise<Instance> {
  if (dataSecret.length < MIN_SECRET_LENGTH) {
    throw new ProblemError('sealed-data', {
      detail: `the data secret has ${dataSecret.length} octets; it needs at least ${MIN_SECRET_LENGTH} random ones`,
    });
  }
  const row =
    (await findInstance(database)) ?? (await createInstance(database, dataSecret, random, now, keyCost));
  const sealer = createSealer(await deriveKey(dataSecret, row.kdf_salt, row.kdf_cost), random);
  checkProbe(sealer, row, database.place);
  const auditKey = await findSecret(database.reader, sealer, AUDIT_KEY);
  if (auditKey === undefined) {
    throw new ProblemError('sealed-data', {
      detail: `the journal's key is missing in ${database.place}; restore the database from a backup`,
    });
  }
  return { createdAt: new Date(row.created_at), sealer, auditKey };
}

function findInstance({ reader }: Database): Promise<InstanceRow | undefined> {
  return reader.selectFrom('instance').selectAll().where('id', '=', 1).executeTakeFirst();
}

async function createInstance(
  database: Database,
  dataSecret: Uint8Array,
  random: Random,
  now: Date,
  keyCost: number,
): Promise<InstanceRow> {
  const salt = random.bytes(SALT_LENGTH);
  const sealer = createSealer(await deriveKey(dataSecret, salt, keyCost), random);
  const auditKey = random.bytes(32);
  await database.transact(async (transaction) => {
    const inserted = await transaction
      .insertInto('instance')
      .values({
        id: 1,
        created_at: now.getTime(),
        kdf_salt: salt,
        kdf_cost: keyCost,
        probe_sealed: sealer.seal(PROBE_PLACE, PROBE),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    // Another node was first; its salt and keys are the ones.
    if (inserted === undefined) return;
    await insertSecret(transaction, sealer, AUDIT_KEY, auditKey, now);
    const event = { type: 'instance-created' } as const;
    await appendEvents(transaction, auditKey, [{ actor: { kind: 'system' }, event }], now);
  });
  const row = await findInstance(database);
  if (row === undefined) throw new TypeError('the instance was not stored');
  return row;
}

function checkProbe(sealer: Sealer, row: InstanceRow, place: string): void {
  try {
    sealer.open(PROBE_PLACE, row.probe_sealed);
  } catch (cause) {
    throw new ProblemError('sealed-data', {
      detail: `the data secret is not the one that ${place} was made with. Give the secret file that belongs to this database; without it the keys in it are lost`,
      cause,
    });
  }
}
