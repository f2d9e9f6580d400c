import { join } from 'node:path';
import type { Clock } from '../src/kernel/clock.ts';
import { silentLogger } from '../src/kernel/logger.ts';
import { systemRandom } from '../src/kernel/random.ts';
import { openStore, type Store } from '../src/store/store.ts';

const DATA_SECRET = new TextEncoder().encode('a secret of the tests, 32 octets');

/** The SQLite database in the folder, new or not; the caller closes it. */
export function openStoreIn(directory: string, clock: Clock): Promise<Store> {
  return openStore({
    databaseFile: join(directory, 'propusk.sqlite'),
    dataSecret: DATA_SECRET,
    clock,
    random: systemRandom,
    logger: silentLogger,
    // The secret of the tests is random enough; the real cost would be paid in every one of them.
    keyCost: 2 ** 10,
  });
}
