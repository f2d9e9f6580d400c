import SqliteConnection from 'better-sqlite3';
import pg from 'pg';
import { systemClock as clock } from '../../src/kernel/clock.ts';
import { silentLogger as logger } from '../../src/kernel/logger.ts';
import { systemRandom as random } from '../../src/kernel/random.ts';
import { type DatabaseLocation, openStore, type Store } from '../../src/store/store.ts';
import { type Dialect, ISSUER, peopleStatements } from './people-sql.ts';

const SQLITE: Dialect = {
  hex8: (expression) => `printf('%08x', ${expression})`,
  bytes: (length) => `zeroblob(${length})`,
};
const POSTGRES: Dialect = {
  hex8: (expression) => `lpad(to_hex((${expression})::bigint), 8, '0')`,
  bytes: (length) => `decode(repeat('00', ${length}), 'hex')`,
};

export function openBenchStore(location: DatabaseLocation): Promise<Store> {
  const dataSecret = new TextEncoder().encode('a secret of the bench, more than 32 octets');
  return openStore({ dataSecret, clock, random, logger, ...location });
}

/** A new SQLite database with so many people, past the store: by its own ways it would take hours. */
export async function fillSqlite(databaseFile: string, count: number): Promise<void> {
  await (await openBenchStore({ databaseFile })).close();
  const connection = new SqliteConnection(databaseFile);
  try {
    // Until it is full it may be lost: no log, no waiting for the disk, everything in memory.
    connection.pragma('journal_mode = off');
    connection.pragma('synchronous = off');
    connection.pragma('cache_size = -500000');
    // The statements refer to nothing that they do not make.
    connection.pragma('foreign_keys = off');
    connection.transaction(() => {
      const now = Date.now();
      connection
        .prepare(`insert into issuers values (?, 'issuing', 'active', zeroblob(640), null, ?)`)
        .run(ISSUER, now);
      for (const statement of peopleStatements(SQLITE, count, now)) connection.prepare(statement).run();
    })();
    connection.pragma('journal_mode = wal');
  } finally {
    connection.close();
  }
}

export async function fillPostgres(databaseUrl: string, count: number): Promise<void> {
  await (await openBenchStore({ databaseUrl })).close();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const now = Date.now();
    await client.query('begin');
    await client.query(`insert into issuers values ($1, 'issuing', 'active', '\\x00', null, $2)`, [
      ISSUER,
      now,
    ]);
    for (const statement of peopleStatements(POSTGRES, count, now)) await client.query(statement);
    await client.query('commit');
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
