import type { Database as Connection, Statement } from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

export interface SqliteDriverOptions {
  /** `begin immediate` for the writer: a deferred one fails at its first write when another was first. */
  readonly begin: 'begin immediate' | 'begin';
  /** How long to wait for the lock of another process before a transaction begins. */
  readonly beginTimeoutMs: number;
}

/** Kysely over one connection that is already open. Whoever holds the connection keeps the others in the queue. */
export function sqliteDialect(connection: Connection, options: SqliteDriverOptions): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(connection, options),
    createIntrospector: (kysely: Kysely<unknown>) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new LocklessQueryCompiler(),
  };
}

/** SQLite locks the database, not rows; a writer's transaction is alone already. So `for update` is left out. */
class LocklessQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    switch (node.modifier) {
      case 'ForUpdate':
      case 'ForNoKeyUpdate':
      case 'ForShare':
      case 'ForKeyShare':
      case 'SkipLocked':
      case 'NoWait':
        return;
      default:
        super.visitSelectModifier(node);
    }
  }
}

const BUSY_PAUSE_MS = 10;

class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;
  readonly #options: SqliteDriverOptions;
  #queue: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(connection: Connection, options: SqliteDriverOptions) {
    this.#connection = new SqliteConnection(connection);
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#queue;
    let release = () => {};
    this.#queue = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(): Promise<void> {
    const deadline = performance.now() + this.#options.beginTimeoutMs;
    for (;;) {
      try {
        this.#connection.run(this.#options.begin);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
      }
      // Other requests go on meanwhile; SQLite's own waiting would stop the whole process.
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
    }
  }

  async commitTransaction(): Promise<void> {
    this.#connection.run('commit');
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.rollback();
  }

  /** The connection is closed by whoever opened it. */
  async destroy(): Promise<void> {}
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

/** Statements are compiled once. Their number is the program's; the limit is for what nobody foresaw. */
const MAX_STATEMENTS = 500;

class SqliteConnection implements DatabaseConnection {
  readonly #connection: Connection;
  readonly #statements = new Map<string, Statement<unknown[]>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  run(sql: string): void {
    this.#statement(sql).run();
  }

  /** Some errors (a full disk) make SQLite roll back by itself; a second one would hide the first error. */
  rollback(): void {
    if (this.#connection.inTransaction) this.run('rollback');
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const statement = this.#statement(sql);
    if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
    const { changes } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  // biome-ignore lint/correctness/useYield: it only throws
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new TypeError('a stream would hold the connection; read by pages');
  }

  #statement(sql: string): Statement<unknown[]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear();
    const statement = this.#connection.prepare<unknown[]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
