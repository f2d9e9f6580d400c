import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../src/kernel/clock.ts';
import type { Store } from '../src/store/store.ts';
import { openStoreIn } from './store-in.ts';

/** Where a thing of a test says how it is cleaned up; ends run in reverse order. */
export type AtEnd = (end: () => Promise<void>) => void;

/** A new SQLite database in a folder of its own; closed and removed at the end of the test, or whenever `atEnd` says. */
export async function openRealStore(clock: Clock, atEnd: AtEnd = onTestFinished): Promise<Store> {
  const directory = await makeTestDirectory(atEnd);
  const store = await openStoreIn(directory, clock);
  atEnd(() => store.close());
  return store;
}

export async function makeTestDirectory(atEnd: AtEnd = onTestFinished): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'propusk-test-'));
  atEnd(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
