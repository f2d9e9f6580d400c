import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../src/kernel/clock.ts';
import type { Store } from '../src/store/store.ts';
import { openStoreIn } from './store-in.ts';

/** A new SQLite database in a folder of its own; closed and removed when the test is over. */
export async function openRealStore(clock: Clock): Promise<Store> {
  const directory = await makeTestDirectory();
  const store = await openStoreIn(directory, clock);
  onTestFinished(() => store.close());
  return store;
}

export async function makeTestDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'propusk-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
