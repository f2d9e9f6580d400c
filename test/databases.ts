import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import type { Clock } from '../src/kernel/clock.ts';
import { silentLogger } from '../src/kernel/logger.ts';
import { systemRandom } from '../src/kernel/random.ts';
import { type DatabaseLocation, openStore, type Store, type StoreOptions } from '../src/store/store.ts';
import { createPostgresDatabase } from './postgres/create-database.ts';
import { makeTestDirectory } from './real-store.ts';

export const DATA_SECRET = new TextEncoder().encode('a secret of the tests, 32 octets');

/** An empty database of a test, and a way to it past the store. */
export interface TestDatabase {
  readonly location: DatabaseLocation;
  /** Closed when the test is over, or by the test. May be called several times: several nodes. */
  openStore(clock: Clock, options?: Partial<StoreOptions>): Promise<Store>;
  /** What somebody with access to the database can do. Returns the rows. */
  execute(statement: string): Promise<readonly Record<string, unknown>[]>;
}

/** The store's tests run on each. */
export const DATABASES = [
  { name: 'SQLite', create: createSqlite },
  { name: 'PostgreSQL', create: createPostgres },
] as const;

async function createSqlite(): Promise<TestDatabase> {
  const databaseFile = join(await makeTestDirectory(), 'propusk.sqlite');
  return {
    location: { databaseFile },
    openStore: (clock, options) => openTestStore({ databaseFile }, clock, options),
    async execute(statement) {
      const connection = new SqliteConnection(databaseFile, { timeout: 5000 });
      try {
        const prepared = connection.prepare<unknown[], Record<string, unknown>>(statement);
        if (prepared.reader) return prepared.all();
        prepared.run();
        return [];
      } finally {
        connection.close();
      }
    },
  };
}

async function createPostgres(): Promise<TestDatabase> {
  const databaseUrl = await createPostgresDatabase();
  return {
    location: { databaseUrl },
    openStore: (clock, options) => openTestStore({ databaseUrl }, clock, options),
    async execute(statement) {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        const { rows } = await client.query<Record<string, unknown>>(statement);
        return rows;
      } finally {
        await client.end();
      }
    },
  };
}

async function openTestStore(
  location: DatabaseLocation,
  clock: Clock,
  options: Partial<StoreOptions> = {},
): Promise<Store> {
  const store = await openStore({
    dataSecret: DATA_SECRET,
    clock,
    random: systemRandom,
    logger: silentLogger,
    keyCost: 2 ** 10,
    ...options,
    ...location,
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= store.close();
    return closed;
  };
  onTestFinished(close);
  return { ...store, close };
}
