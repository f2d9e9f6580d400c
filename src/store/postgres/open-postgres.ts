import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Logger } from '../../kernel/logger.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { POSTGRES_COLUMN_TYPES } from '../column-types.ts';
import type { Database } from '../database.ts';
import { type EntryRow, readEntrySql } from '../read-entry.ts';
import type { Schema } from '../rows.ts';
import { repeatAfterDeadlock } from './repeat-after-deadlock.ts';
import { CHANNEL, watchNotifications } from './watch-notifications.ts';

/** One transaction at a time may migrate. Any number that nobody else in this database uses. */
const MIGRATION_LOCK = 7_187_255_101;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 15_000;
/** A node that hangs in a transaction must not hold the journal's head for the others. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/** The gate's reads have connections of their own, so that they never wait for writers. */
const WRITE_CONNECTIONS = 10;
const ENTRY_CONNECTIONS = 4;

/** @throws {ProblemError} `database-unavailable` where the server cannot be reached or used */
export async function openPostgres(databaseUrl: string, logger: Logger): Promise<Database> {
  const place = describePlace(databaseUrl);
  const config: pg.PoolConfig = {
    connectionString: databaseUrl,
    application_name: 'propusk',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser },
  };
  const pool = openPool({ ...config, max: WRITE_CONNECTIONS }, logger);
  const entryPool = openPool({ ...config, max: ENTRY_CONNECTIONS }, logger);
  try {
    await checkServer(pool);
  } catch (error) {
    await Promise.all([pool.end(), entryPool.end()]);
    throw unavailable(place, error);
  }
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const entrySql = readEntrySql((index) => `$${index}`);

  return {
    kind: 'postgres',
    place,
    columnTypes: POSTGRES_COLUMN_TYPES,
    reader: kysely,
    transact: (work) =>
      repeatAfterDeadlock(() => kysely.transaction().setIsolationLevel('read committed').execute(work)),
    snapshot: (work) =>
      kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    async lockMigrations(transaction) {
      // Making an index on large tables takes longer than any question of the program.
      await sql`set local statement_timeout = 0`.execute(transaction);
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)`.execute(transaction);
    },
    async hasSchema(transaction) {
      const { rows } = await sql<{ found: boolean }>`
        select to_regclass('schema_versions') is not null as found`.execute(transaction);
      return rows[0]?.found === true;
    },
    async readEntry(tokenHash, applicationId, nowMs) {
      const { rows } = await entryPool.query<EntryRow>({
        name: 'read-entry',
        text: entrySql,
        values: [tokenHash, applicationId, nowMs],
      });
      return rows[0];
    },
    async signalChange(transaction) {
      await sql`select pg_notify(${CHANNEL}, '')`.execute(transaction);
    },
    watch: (onPossibleChange) => watchNotifications(config, onPossibleChange, logger),
    settle() {},
    async close() {
      await Promise.all([kysely.destroy(), entryPool.end()]);
    },
  };
}

/** Eight-octet integers come as numbers: ours are times, counters and sequences, far below 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid !== pg.types.builtins.INT8 || format === 'binary') return pg.types.getTypeParser(oid, format);
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError('an integer of the database is out of range');
    return value;
  };
}

function openPool(config: pg.PoolConfig, logger: Logger): pg.Pool {
  const pool = new pg.Pool(config);
  const onLost = (error: Error) => logger.warn({ err: error }, 'a connection to the database was lost');
  // Broken connections are replaced by the pool; without listeners they would end the process. The pool's own hears
  // of the idle ones only, so those at work get one each.
  pool.on('error', onLost);
  pool.on('connect', (client) => client.on('error', onLost));
  return pool;
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ encoding: string; read_only: string }>(
    `select current_setting('server_encoding') as encoding, current_setting('transaction_read_only') as read_only`,
  );
  if (rows[0]?.encoding !== 'UTF8') throw new Error(`its encoding is ${rows[0]?.encoding}, not UTF8`);
  if (rows[0].read_only !== 'off') throw new Error('it is a read-only replica');
}

/** Host, port and name; never user or password. */
function describePlace(databaseUrl: string): string {
  try {
    const { hostname, port, pathname } = new URL(databaseUrl);
    return `PostgreSQL at ${hostname || 'localhost'}:${port || '5432'}${pathname}`;
  } catch {
    return 'PostgreSQL';
  }
}

function unavailable(place: string, cause: unknown): ProblemError {
  return new ProblemError('database-unavailable', {
    detail: `${place} cannot be used (${reasonOf(cause)}). Check the address, the user, the password and that the server runs; the database must exist, with encoding UTF8`,
    cause,
  });
}

function reasonOf(error: unknown): string {
  // Node joins the failed attempts at several addresses without a message of its own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
