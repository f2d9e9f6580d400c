import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../src/kernel/clock.ts';
import { silentLogger } from '../src/kernel/logger.ts';
import { systemRandom } from '../src/kernel/random.ts';
import { openStore, type Store } from '../src/store/store.ts';

const DATA_SECRET = new TextEncoder().encode('a secret of the tests, 32 octets');

/** A new SQLite database in a folder of its own; closed and removed when the test is over. */
export async function openRealStore(clock: Clock): Promise<Store> {
  const directory = await makeTestDirectory();
  const store = await openStoreIn(directory, clock);
  onTestFinished(() => store.close());
  return store;
}

/** The database in the folder, new or not; the caller closes it. */
export function openStoreIn(directory: string, clock: Clock): Promise<Store> {
  return openStore({
    databaseFile: join(directory, 'propusk.sqlite'),
    dataSecret: DATA_SECRET,
    clock,
    random: systemRandom,
    logger: silentLogger,
  });
}

export async function makeTestDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'propusk-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
