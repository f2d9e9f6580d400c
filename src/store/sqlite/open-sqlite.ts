import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { ProblemError } from '../../kernel/problem.ts';
import { SQLITE_COLUMN_TYPES } from '../column-types.ts';
import type { Database } from '../database.ts';
import { type EntryRow, readEntrySql } from '../read-entry.ts';
import type { Schema } from '../rows.ts';
import { sqliteDialect } from './sqlite-driver.ts';

const POLL_INTERVAL_MS = 250;
/** SQLite's own waiting stops the whole process, so it is short; the driver waits for the beginning of a transaction. */
const BUSY_TIMEOUT_MS = 250;
const BEGIN_TIMEOUT_MS = 5_000;
/** Address space, not memory; SQLite takes at most 2 GiB. */
const MAPPED_BYTES = 2 ** 31 - 65_536;

type Connection = SqliteConnection.Database;

/**
 * One connection writes, a second one only reads, so that no read waits for a writer.
 *
 * @throws {ProblemError} `data-directory` with what is wrong with the directory or file
 */
export function openSqlite(databaseFile: string): Database {
  const file = resolve(databaseFile);
  const { writer, readOnly } = openConnections(file);
  const write = new Kysely<Schema>({
    dialect: sqliteDialect(writer, { begin: 'begin immediate', beginTimeoutMs: BEGIN_TIMEOUT_MS }),
  });
  const reader = readingKysely(readOnly);
  let entryStatement: SqliteConnection.Statement<unknown[], EntryRow> | undefined;

  return {
    kind: 'sqlite',
    place: file,
    columnTypes: SQLITE_COLUMN_TYPES,
    reader,
    transact: (work) => write.transaction().execute(work),
    async snapshot(work) {
      // A connection of its own: the gate's must not see yesterday because somebody verifies the journal.
      const connection = new SqliteConnection(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
      try {
        return await readingKysely(connection).transaction().execute(work);
      } finally {
        connection.close();
      }
    },
    // `begin immediate` is the lock.
    lockMigrations: async () => {},
    async hasSchema(transaction) {
      const { rows } = await sql`select 1 from sqlite_schema where name = 'schema_versions'`.execute(
        transaction,
      );
      return rows.length > 0;
    },
    readEntry(tokenHash, applicationId, nowMs) {
      // The plus keeps the planner from looking at the values: otherwise SQLite compiles a join anew whenever a value is
      // bound (sqlite3_bind_*, "the statement will be automatically recompiled"), ten times the cost of the reading.
      entryStatement ??= readOnly.prepare<unknown[], EntryRow>(readEntrySql((index) => `+?${index}`));
      // better-sqlite3 takes numbered parameters by name.
      return entryStatement.get({ 1: tokenHash, 2: applicationId, 3: nowMs });
    },
    signalChange: async () => {},
    watch: (onPossibleChange) => watchDataVersion(readOnly, onPossibleChange),
    settle() {
      // Copies the log into the database and empties it; gives up when somebody reads.
      writer.pragma('wal_checkpoint(TRUNCATE)');
    },
    async close() {
      await Promise.all([write.destroy(), reader.destroy()]);
      readOnly.close();
      writer.close();
    },
  };
}

function readingKysely(connection: Connection): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: sqliteDialect(connection, { begin: 'begin', beginTimeoutMs: BEGIN_TIMEOUT_MS }),
  });
}

function openConnections(file: string): { writer: Connection; readOnly: Connection } {
  let writer: Connection | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // SQLite would create it readable for everybody; its log files take the mode of the database.
    closeSync(openSync(file, 'a', 0o600));
    writer = new SqliteConnection(file, { timeout: BEGIN_TIMEOUT_MS });
    if (writer.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
      throw new Error('the file system of the data directory cannot share memory, which WAL needs');
    }
    writer.pragma('synchronous = FULL');
    writer.pragma('foreign_keys = ON');
    writer.pragma('secure_delete = ON');
    writer.pragma('trusted_schema = OFF');
    writer.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    const readOnly = new SqliteConnection(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    // SQLite's own cache is emptied by every write of another connection; the system's pages are not.
    readOnly.pragma(`mmap_size = ${MAPPED_BYTES}`);
    return { writer, readOnly };
  } catch (error) {
    writer?.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProblemError('data-directory', {
      detail: `the database ${file} cannot be opened (${reason}). ${adviceFor(error)}`,
      cause: error,
    });
  }
}

function adviceFor(error: unknown): string {
  const code = error instanceof SqliteConnection.SqliteError ? error.code : '';
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) {
    return 'The file is damaged or belongs to something else; it was left as it is. Put a backup copy in its place, or name another data directory';
  }
  return 'Give a directory on a local disk that the user of this process may write to, with free space';
}

/** `data_version` changes when another connection, in whatever process, has written. About 2 µs a look. */
function watchDataVersion(connection: Connection, onPossibleChange: () => void): () => void {
  const statement = connection.prepare<unknown[], { data_version: number }>('pragma data_version');
  let last = statement.get()?.data_version;
  const timer = setInterval(() => {
    let now: number | undefined;
    try {
      now = statement.get()?.data_version;
    } catch {
      // Whoever reads next gets the error; the gate then denies.
      return;
    }
    if (now === last) return;
    last = now;
    onPossibleChange();
  }, POLL_INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
