import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteConnection from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeTestDirectory } from '../../../test/real-store.ts';
import { migrate } from '../migrations/migrate.ts';
import { openSqlite } from './open-sqlite.ts';

const NOW = new Date('2026-11-22T09:30:00.000Z');

describe('SQLite', () => {
  async function open() {
    const file = join(await makeTestDirectory(), 'propusk.sqlite');
    const database = openSqlite(file);
    onTestFinished(() => database.close());
    await migrate(database, NOW);
    const count = async () => {
      const { access_revision } = await database.reader
        .selectFrom('change_counters')
        .select('access_revision')
        .executeTakeFirstOrThrow();
      return access_revision;
    };
    const grow = () =>
      database.transact(async (transaction) => {
        const { access_revision } = await transaction
          .selectFrom('change_counters')
          .select('access_revision')
          .executeTakeFirstOrThrow();
        await sleep(1);
        await transaction
          .updateTable('change_counters')
          .set({ access_revision: access_revision + 1 })
          .execute();
      });
    return { file, database, count, grow };
  }

  test('runs with the settings that the journal relies on', async () => {
    const { database } = await open();
    const settings = await database.transact(async (transaction) => {
      const read = async (name: string) => {
        const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(transaction);
        return Object.values(rows[0] ?? {})[0];
      };
      return {
        journal: await read('journal_mode'),
        synchronous: await read('synchronous'),
        foreignKeys: await read('foreign_keys'),
        secureDelete: await read('secure_delete'),
      };
    });
    expect(settings).toEqual({ journal: 'wal', synchronous: 2, foreignKeys: 1, secureDelete: 1 });
  });

  test('transactions queue: what one has read nobody changes before it ends', async () => {
    const { count, grow } = await open();
    await Promise.all(Array.from({ length: 50 }, grow));
    expect(await count()).toBe(50);
  });

  test('a read does not wait for an open transaction and does not see it', async () => {
    const { database, count } = await open();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const transaction = database.transact(async (open) => {
      await open.updateTable('change_counters').set({ access_revision: 7 }).execute();
      await finished;
    });
    await sleep(10);
    expect(await count()).toBe(0);
    expect(database.readEntry('0' as never, 'crm' as never, 0)).toBeUndefined();
    finish();
    await transaction;
    expect(await count()).toBe(7);
  });

  test('a transaction that throws is undone, and the next one runs', async () => {
    const { database, count, grow } = await open();
    await expect(
      database.transact(async (transaction) => {
        await transaction.updateTable('change_counters').set({ access_revision: 7 }).execute();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await grow();
    expect(await count()).toBe(1);
  });

  test('the reader cannot write', async () => {
    const { database } = await open();
    await expect(
      database.reader.updateTable('change_counters').set({ access_revision: 7 }).execute(),
    ).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
  });

  test('while another program holds the lock a transaction waits and the process goes on', async () => {
    const { file, count, grow } = await open();
    const other = new SqliteConnection(file);
    other.exec('begin immediate');
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 50);
    const transaction = grow();
    await sleep(1500);
    expect(await count()).toBe(0);
    expect(ticks).toBeGreaterThanOrEqual(3);
    other.exec('rollback');
    other.close();
    await transaction;
    clearInterval(timer);
    expect(await count()).toBe(1);
  });

  test('what a killed program had committed is there, what it had not is not', async () => {
    const { file, count } = await open();
    const program = `
      import { openSqlite } from ${JSON.stringify(join(import.meta.dirname, 'open-sqlite.ts'))};
      const database = openSqlite(${JSON.stringify(file)});
      const set = (value, then) => database.transact(async (transaction) => {
        await transaction.updateTable('change_counters').set({ access_revision: value }).execute();
        await then;
      });
      await set(5);
      void set(6, new Promise(() => {}));
      setTimeout(() => console.log('in the middle'), 50);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    child.stderr.resume();
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await count()).toBe(5);
  });

  test('a snapshot stays what it was while others write, and the gate sees what they wrote', async () => {
    const { database, count, grow } = await open();
    await database.snapshot(async (snapshot) => {
      const read = async () => {
        const { rows } = await sql<{ n: number }>`select access_revision as n from change_counters`.execute(
          snapshot,
        );
        return rows[0]?.n;
      };
      expect(await read()).toBe(0);
      await grow();
      expect(await count()).toBe(1);
      expect(await read()).toBe(0);
    });
  });
});
