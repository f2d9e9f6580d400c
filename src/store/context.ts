import type { Kysely } from 'kysely';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Schema } from './rows.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { Write } from './unit-of-work.ts';

/** What the ports are made of. */
export interface StoreContext {
  /** Single statements that see what is committed. */
  readonly reader: Kysely<Schema>;
  readonly write: Write;
  readonly sealer: Sealer;
  readonly random: Random;
  readonly clock: Clock;
}
