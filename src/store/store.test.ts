import { once } from 'node:events';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DATA_SECRET, DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { makeTestDirectory } from '../../test/real-store.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemRandom } from '../kernel/random.ts';
import { MIGRATIONS, migrate } from './migrations/migrate.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';
import { type DatabaseLocation, openStore } from './store.ts';
import { addPerson } from './testing/people.ts';

const clock = createFrozenClock();
const NEWEST = MIGRATIONS.at(-1)?.number;

function open(location: DatabaseLocation, dataSecret: Uint8Array = DATA_SECRET) {
  return openStore({
    ...location,
    dataSecret,
    clock,
    random: systemRandom,
    logger: silentLogger,
    keyCost: 1024,
  });
}

describe.each(DATABASES)('opening $name', ({ create, name }) => {
  test('makes the instance the first time and finds it later', async () => {
    const database = await create();
    const first = await database.openStore(clock);
    expect(await first.health()).toEqual({
      database: name === 'SQLite' ? 'sqlite' : 'postgres',
      place: expect.stringMatching(
        name === 'SQLite' ? /propusk\.sqlite$/ : /^PostgreSQL at 127\.0\.0\.1:\d+\/test_/,
      ),
      schemaVersion: NEWEST,
      createdAt: clock.now(),
      auditSequence: 1,
    });
    await addPerson(first, clock, 'ivanov');
    await first.close();
    const later = createFrozenClock(new Date('2027-01-01T00:00:00Z'));
    const second = await database.openStore(later);
    expect(await second.health()).toMatchObject({ createdAt: clock.now(), auditSequence: 2 });
    expect((await second.audit.verify({})).findings).toEqual([]);
  });

  test('by six nodes at once makes one instance', async () => {
    const database = await create();
    const stores = await Promise.all(Array.from({ length: 6 }, () => database.openStore(clock)));
    const keys = await Promise.all(
      stores.map((store, index) => store.secrets.storeSecretOnce('jwt-key', Uint8Array.of(index))),
    );
    expect(new Set(keys.map(String)).size).toBe(1);
    await Promise.all(stores.map((store) => store.audit.append([], clock.now())));
    expect(await stores[0]?.health()).toMatchObject({ auditSequence: 1 });
    expect((await stores[5]?.audit.verify({}))?.findings).toEqual([]);
  });

  test('with another secret is refused, and nothing is changed', async () => {
    const database = await create();
    const store = await database.openStore(clock);
    await store.secrets.storeSecretOnce('jwt-key', Uint8Array.of(1, 2, 3));
    await store.close();
    await expect(open(database.location, Buffer.alloc(32, 7))).rejects.toMatchObject({
      code: 'sealed-data',
      detail: expect.stringContaining('Give the secret file that belongs to this database'),
    });
    const again = await database.openStore(clock);
    expect(await again.secrets.readSecret('jwt-key')).toEqual(Uint8Array.of(1, 2, 3));
    expect(await again.secrets.readSecret('another')).toBeUndefined();
  });

  test('with a short secret is refused', async () => {
    const database = await create();
    await expect(open(database.location, Buffer.alloc(15, 7))).rejects.toMatchObject({
      code: 'sealed-data',
      detail: expect.stringContaining('15 octets'),
    });
  });

  test('of a newer program is refused', async () => {
    const database = await create();
    await (await database.openStore(clock)).close();
    await database.execute(`insert into schema_versions (number, name, applied_at) values (99, 'later', 0)`);
    await expect(open(database.location)).rejects.toMatchObject({
      code: 'schema-newer',
      detail: expect.stringMatching(new RegExp(`version 99 .* knows ${NEWEST}\\. Start the newer program`)),
    });
  });

  test('a sealed value that was put into another row is not opened', async () => {
    const database = await create();
    const store = await database.openStore(clock);
    await store.secrets.storeSecretOnce('one', Uint8Array.of(1));
    await store.secrets.storeSecretOnce('other', Uint8Array.of(2));
    await database.execute(
      `update secrets set value_sealed = (select value_sealed from secrets where name = 'one') where name = 'other'`,
    );
    await expect(store.secrets.readSecret('other')).rejects.toMatchObject({ code: 'sealed-data' });
  });

  test('a journal key that is gone is a problem, not a new key', async () => {
    const database = await create();
    await (await database.openStore(clock)).close();
    await database.execute(`delete from secrets where name = 'audit-key'`);
    await expect(open(database.location)).rejects.toMatchObject({ code: 'sealed-data' });
  });
});

describe('a migration', () => {
  test('that fails leaves the schema as it was', async () => {
    const database = openSqlite(join(await makeTestDirectory(), 'propusk.sqlite'));
    const good = { number: 1, name: 'good', statements: () => ['create table one (id integer)'] };
    const bad = { number: 2, name: 'bad', statements: () => ['create table two (id integer)', 'nonsense'] };
    await migrate(database, clock.now(), [good]);
    await expect(migrate(database, clock.now(), [good, bad])).rejects.toThrow(/syntax error/);
    expect(await migrate(database, clock.now(), [good])).toBe(1);
    const mended = { ...bad, statements: () => ['create table two (id integer)'] };
    expect(await migrate(database, clock.now(), [good, mended])).toBe(2);
    expect(await migrate(database, clock.now(), [good, mended])).toBe(2);
    await database.close();
  });
});

describe('an unusable data directory', () => {
  const refused = (detail: string) => ({ code: 'data-directory', detail: expect.stringContaining(detail) });

  test('that is a file is named', async () => {
    const directory = await makeTestDirectory();
    await writeFile(join(directory, 'file'), 'x');
    const databaseFile = join(directory, 'file', 'propusk.sqlite');
    await expect(open({ databaseFile })).rejects.toMatchObject(refused(databaseFile));
  });

  test('with a directory in the place of the database is named', async () => {
    const databaseFile = join(await makeTestDirectory(), 'propusk.sqlite');
    await mkdir(databaseFile);
    await expect(open({ databaseFile })).rejects.toMatchObject(refused('Give a directory on a local disk'));
  });

  test('with something else in the place of the database is named, and left alone', async () => {
    const databaseFile = join(await makeTestDirectory(), 'propusk.sqlite');
    await writeFile(databaseFile, 'a letter to a friend, by no means a database. '.repeat(100));
    await expect(open({ databaseFile })).rejects.toMatchObject(refused('not a database'));
    const advice = 'Put a backup copy in its place, or name another data directory';
    await expect(open({ databaseFile })).rejects.toMatchObject(refused(advice));
    expect((await stat(databaseFile)).size).toBe(4600);
  });

  test('that does not exist is made; nobody else reads the database', async () => {
    const databaseFile = join(await makeTestDirectory(), 'new', 'deep', 'propusk.sqlite');
    const store = await open({ databaseFile });
    await addPerson(store, clock, 'ivanov');
    for (const suffix of ['', '-wal', '-shm']) {
      expect((await stat(`${databaseFile}${suffix}`)).mode & 0o777).toBe(0o600);
    }
    await store.close();
  });

  test('of which the file system is read-only is named', async () => {
    // The only one that is read-only for root as well.
    await expect(open({ databaseFile: '/proc/propusk.sqlite' })).rejects.toMatchObject(
      refused('/proc/propusk.sqlite'),
    );
  });
});

describe('a PostgreSQL that cannot be used', () => {
  test('because nobody listens is named without the password', async () => {
    const error = await open({ databaseUrl: 'postgres://propusk:geheim@127.0.0.1:1/propusk' }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({
      code: 'database-unavailable',
      detail: expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:1\/propusk cannot be used \(.*ECONNREFUSED/),
    });
    expect(JSON.stringify([error, String(error)])).not.toContain('geheim');
  });

  test('because it says nothing is given up after five seconds', { timeout: 15_000 }, async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(open({ databaseUrl: `postgres://a:b@127.0.0.1:${port}/c` })).rejects.toMatchObject({
      code: 'database-unavailable',
      detail: expect.stringContaining('timeout'),
    });
    silent.close();
  });

  test.each([
    [
      'the password is wrong',
      (url: URL) => Object.assign(url, { password: 'wrong' }),
      /password authentication failed/,
    ],
    [
      'the database does not exist',
      (url: URL) => Object.assign(url, { pathname: '/none' }),
      /"none" does not exist/,
    ],
  ])('because %s is named', async (_, change, reason) => {
    const { location } = await DATABASES[1].create();
    const url = new URL('databaseUrl' in location ? location.databaseUrl : '');
    await expect(open({ databaseUrl: change(url).href })).rejects.toMatchObject({
      code: 'database-unavailable',
      detail: expect.stringMatching(reason),
    });
  });
});
