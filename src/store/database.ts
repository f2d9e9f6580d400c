import type { Kysely, Transaction } from 'kysely';
import type { ApplicationId, TokenHash } from '../kernel/brand.ts';
import type { ColumnTypes } from './column-types.ts';
import type { EntryRow } from './read-entry.ts';
import type { Schema } from './rows.ts';

/** What differs between the databases; the rest of the store is written once. */
export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  /** What this database is called in messages: a path, or host and name without the password. */
  readonly place: string;
  readonly columnTypes: ColumnTypes;
  /** Single statements outside transactions. They see what is committed and never wait for a writer. */
  readonly reader: Kysely<Schema>;
  /**
   * One transaction: SQLite runs them one after another, PostgreSQL side by side with READ COMMITTED. Await nothing
   * inside but its own statements, and start no other one inside. `work` is run again after a deadlock.
   */
  transact<T>(work: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Every statement of `work` sees the same state of the database; nothing can be written. */
  snapshot<T>(work: (transaction: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** Held until the transaction ends, so that two programs do not migrate at once. */
  lockMigrations(transaction: Transaction<Schema>): Promise<void>;
  /** Whether the migrations' own table is there. */
  hasSchema(transaction: Transaction<Schema>): Promise<boolean>;
  /** The gate's question, prepared. Synchronous on SQLite. */
  readEntry(
    tokenHash: TokenHash,
    applicationId: ApplicationId,
    nowMs: number,
  ): EntryRow | undefined | Promise<EntryRow | undefined>;
  /** In the transaction of a change: tells other processes, where the database can. */
  signalChange(transaction: Transaction<Schema>): Promise<void>;
  /**
   * Calls back when another process may have changed something. May call back for nothing; the caller compares revisions.
   * Returns the call that ends it.
   */
  watch(onPossibleChange: () => void): () => void;
  /** After something secret was overwritten: lets no copy of it wait in a log file longer than needed. */
  settle(): void;
  close(): Promise<void>;
}
