import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DATABASES, type TestDatabase } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { makeTestDirectory } from '../../../test/real-store.ts';
import type { AuditRecord } from '../../kernel/audit-event.ts';
import type { AccountId } from '../../kernel/brand.ts';
import type { AuditFinding } from './audit-report.ts';

const IVANOV = '11111111-1111-4111-8111-111111111111' as AccountId;
const PETROV = '22222222-2222-4222-8222-222222222222' as AccountId;

function blocked(accountId: AccountId): AuditRecord {
  return { actor: { kind: 'command-line' }, event: { type: 'account-blocked', accountId } };
}

describe.each(DATABASES)('the verification of the journal on $name', ({ create }) => {
  /** Ten events (the first is the instance's), and a file with the heads after the fifth and the tenth. */
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const headsFile = join(await makeTestDirectory(), 'heads');
    const append = async (count: number) => {
      for (let index = 0; index < count; index += 1) {
        clock.advance(1);
        await store.audit.append([blocked(IVANOV)], clock.now());
      }
    };
    await append(4);
    expect(await store.audit.writeHead(headsFile)).toBe('written');
    await append(5);
    expect(await store.audit.writeHead(headsFile)).toBe('written');
    const verify = () => store.audit.verify({ headsFile });
    const findings = async () => (await verify()).findings;
    return { clock, database, store, headsFile, append, verify, findings };
  }

  test('a whole chain has no finding', async () => {
    const { verify } = await open();
    expect(await verify()).toEqual({
      events: 10,
      firstSequence: 1,
      lastSequence: 10,
      heads: 2,
      findings: [],
      findingCount: 0,
    });
  });

  const forged = `insert into audit_events (sequence, at, actor, event, type, account_id, previous_hash, hash)
    select 11, at, actor, event, type, account_id, hash, '${'f'.repeat(64)}' from audit_events where sequence = 10`;

  const tampered: [string, (database: TestDatabase) => Promise<unknown>, readonly AuditFinding[]][] = [
    [
      'a changed payload',
      ({ execute }) =>
        execute(
          `update audit_events set event = replace(event, '${IVANOV}', '${PETROV}'), account_id = '${PETROV}' where sequence = 6`,
        ),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'a changed actor',
      ({ execute }) => execute(`update audit_events set actor = '{"kind":"system"}' where sequence = 6`),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'a changed time',
      ({ execute }) => execute('update audit_events set at = at + 1 where sequence = 6'),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'a changed column for look-ups',
      ({ execute }) => execute('update audit_events set account_id = null where sequence = 6'),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'a changed type for look-ups',
      ({ execute }) => execute(`update audit_events set type = 'signed-in' where sequence = 6`),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'a changed hash',
      ({ execute }) => execute(`update audit_events set hash = '${'0'.repeat(64)}' where sequence = 6`),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'a changed hash of the predecessor',
      ({ execute }) => execute(`update audit_events set previous_hash = 'x' where sequence = 6`),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'an event that is no JSON',
      ({ execute }) => execute(`update audit_events set event = 'x' where sequence = 6`),
      [{ kind: 'row-changed', sequence: 6 }],
    ],
    [
      'two changed rows in a row, the last one among them',
      ({ execute }) => execute('update audit_events set at = 0 where sequence >= 9'),
      [
        { kind: 'row-changed', sequence: 9 },
        { kind: 'row-changed', sequence: 10 },
      ],
    ],
    [
      'a deleted row in the middle',
      ({ execute }) => execute('delete from audit_events where sequence = 6'),
      [{ kind: 'row-missing', sequence: 6, through: 6 }],
    ],
    [
      'several deleted rows and a changed one after them',
      async ({ execute }) => {
        await execute('delete from audit_events where sequence between 3 and 5');
        await execute('update audit_events set at = 0 where sequence = 6');
      },
      [
        { kind: 'row-missing', sequence: 3, through: 5 },
        { kind: 'row-changed', sequence: 6 },
      ],
    ],
    [
      'a deleted beginning',
      ({ execute }) => execute('delete from audit_events where sequence <= 2'),
      [{ kind: 'row-missing', sequence: 1, through: 2 }],
    ],
    [
      'a deleted beginning with a forged checkpoint',
      async ({ execute }) => {
        await execute(
          `insert into audit_checkpoints (cut_through, hash, at, mac)
            select 2, hash, 0, '${'a'.repeat(64)}' from audit_events where sequence = 2`,
        );
        await execute('delete from audit_events where sequence <= 2');
      },
      [
        { kind: 'checkpoint-invalid', sequence: 2 },
        { kind: 'row-missing', sequence: 1, through: 2 },
      ],
    ],
    [
      'a deleted end',
      ({ execute }) => execute('delete from audit_events where sequence > 7'),
      [{ kind: 'chain-cut', sequence: 7, knownThrough: 10 }],
    ],
    [
      'a deleted end with the head row set back',
      async ({ execute }) => {
        await execute('delete from audit_events where sequence > 7');
        await execute(
          'update audit_head set sequence = 7, hash = (select hash from audit_events where sequence = 7)',
        );
      },
      [{ kind: 'chain-cut', sequence: 7, knownThrough: 10 }],
    ],
    [
      'a head row that is set back',
      ({ execute }) =>
        execute(
          'update audit_head set sequence = 7, hash = (select hash from audit_events where sequence = 7)',
        ),
      [{ kind: 'head-mismatch', sequence: 7 }],
    ],
    [
      'a head row with another hash',
      ({ execute }) => execute(`update audit_head set hash = 'x'`),
      [{ kind: 'head-mismatch', sequence: 10 }],
    ],
    [
      'a deleted head row',
      ({ execute }) => execute('delete from audit_head'),
      [{ kind: 'head-mismatch', sequence: 0 }],
    ],
    [
      'everything deleted',
      async ({ execute }) => {
        await execute('delete from audit_events');
        await execute(`update audit_head set sequence = 0, hash = '${'0'.repeat(64)}'`);
      },
      [{ kind: 'chain-cut', sequence: 0, knownThrough: 10 }],
    ],
    ['a row behind the head', ({ execute }) => execute(forged), [{ kind: 'row-foreign', sequence: 11 }]],
    [
      'a row at the end with the head row set to it',
      async ({ execute }) => {
        await execute(forged);
        await execute(`update audit_head set sequence = 11, hash = '${'f'.repeat(64)}'`);
      },
      [{ kind: 'row-changed', sequence: 11 }],
    ],
    [
      'a row before the first',
      ({ execute }) =>
        execute(`insert into audit_events (sequence, at, actor, event, type, account_id, previous_hash, hash)
          select 0, at, actor, event, type, account_id, 'x', hash from audit_events where sequence = 1`),
      [{ kind: 'row-foreign', sequence: 0 }],
    ],
  ];

  test.each(tampered)('%s is found', async (_, tamper, expected) => {
    const { database, findings } = await open();
    await tamper(database);
    expect(await findings()).toEqual(expected);
  });

  test('a history that was replaced by an old backup is found, although it is a whole chain', async () => {
    const { database, findings, clock, append } = await open();
    await database.execute('delete from audit_events where sequence > 7');
    await database.execute(
      'update audit_head set sequence = 7, hash = (select hash from audit_events where sequence = 7)',
    );
    clock.advance(100);
    await append(5);
    expect(await findings()).toEqual([{ kind: 'history-replaced', sequence: 10, line: 2 }]);
  });

  test('a genuine row of another history of the same database is found', async () => {
    const { database, findings, clock, append } = await open();
    const columns = 'sequence, at, actor, event, type, account_id, previous_hash, hash';
    await database.execute(`create table kept as select ${columns} from audit_events where sequence >= 9`);
    await database.execute('delete from audit_events where sequence > 7');
    await database.execute(
      'update audit_head set sequence = 7, hash = (select hash from audit_events where sequence = 7)',
    );
    clock.advance(100);
    await append(1);
    await database.execute(`insert into audit_events (${columns}) select ${columns} from kept`);
    await database.execute(
      'update audit_head set sequence = 10, hash = (select hash from audit_events where sequence = 10)',
    );
    expect(await findings()).toEqual([{ kind: 'row-foreign', sequence: 9 }]);
  });

  test('where the head row is older than the events nothing is written any more', async () => {
    const { database, append, store } = await open();
    await database.execute('update audit_head set sequence = 7');
    await expect(append(1)).rejects.toMatchObject({ code: 'audit-chain-broken' });
    await database.execute('delete from audit_head');
    await expect(append(1)).rejects.toMatchObject({ code: 'audit-chain-broken' });
    await expect(store.audit.writeHead('/nowhere')).rejects.toMatchObject({ code: 'audit-chain-broken' });
  });

  describe('the file of heads', () => {
    test('is not written again while nothing happens', async () => {
      const { store, headsFile, append } = await open();
      expect(await store.audit.writeHead(headsFile)).toBe('unchanged');
      await append(1);
      expect(await store.audit.writeHead(headsFile)).toBe('written');
      const lines = (await readFile(headsFile, 'utf8')).trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line).sequence)).toEqual([5, 10, 11]);
    });

    test('of which a line was changed says so, and the other lines still count', async () => {
      const { headsFile, findings, database } = await open();
      const [first = '', second = ''] = (await readFile(headsFile, 'utf8')).split('\n');
      await writeFile(headsFile, `${first}\n${second.replace('"sequence":10', '"sequence":9')}\n{}\nnull\n`);
      await database.execute('delete from audit_events where sequence > 3');
      expect(await findings()).toEqual([
        { kind: 'head-line-invalid', line: 2 },
        { kind: 'head-line-invalid', line: 3 },
        { kind: 'head-line-invalid', line: 4 },
        { kind: 'chain-cut', sequence: 3, knownThrough: 10 },
      ]);
    });

    test('that ends in half a line goes on with a whole one', async () => {
      const { headsFile, findings, store, append } = await open();
      await appendFile(headsFile, '{"sequence":');
      await append(1);
      await store.audit.writeHead(headsFile);
      expect(await findings()).toEqual([{ kind: 'head-line-invalid', line: 3 }]);
    });

    test('that is missing is a finding; without one the chain alone is verified', async () => {
      const { headsFile, findings, store } = await open();
      await rm(headsFile);
      expect(await findings()).toEqual([{ kind: 'heads-file-missing' }]);
      expect(await store.audit.verify({})).toMatchObject({ heads: 0, findings: [] });
    });

    test('that cannot be written is a problem with what to do', async () => {
      const { store } = await open();
      await expect(store.audit.writeHead('/dev/null/heads')).rejects.toMatchObject({
        code: 'data-directory',
        detail: expect.stringContaining('must exist and be writable'),
      });
    });
  });

  describe('a cut', () => {
    test('at a signed checkpoint leaves a chain that verifies', async () => {
      const { store, clock, verify, append } = await open();
      const start = clock.now().getTime() - 9000;
      expect(await store.audit.cutBefore(new Date(start + 5000), clock.now())).toBe(5);
      expect(await verify()).toMatchObject({ events: 6, firstSequence: 6, lastSequence: 11, findings: [] });
      expect((await store.audit.listEvents({ limit: 1 }))[0]?.event).toEqual({
        type: 'audit-checkpoint',
        cutThrough: 5,
      });
      await append(3);
      expect(await store.audit.cutBefore(clock.now(), clock.now())).toBe(8);
      expect(await verify()).toMatchObject({ events: 2, firstSequence: 14, findings: [] });
    });

    test('of nothing changes nothing', async () => {
      const { store, clock, verify } = await open();
      expect(await store.audit.cutBefore(new Date(0), clock.now())).toBe(0);
      expect(await verify()).toMatchObject({ events: 10 });
    });

    test('may take everything; the cut itself stays', async () => {
      const { store, clock, verify } = await open();
      clock.advance(100);
      expect(await store.audit.cutBefore(clock.now(), clock.now())).toBe(10);
      expect(await verify()).toMatchObject({ events: 1, firstSequence: 11, lastSequence: 11, findings: [] });
    });

    test.each([
      [
        'the checkpoint is deleted',
        'delete from audit_checkpoints',
        { kind: 'row-missing', sequence: 1, through: 5 },
      ],
      [
        'an older row is put back',
        `insert into audit_events (sequence, at, actor, event, type, account_id, previous_hash, hash)
          select 3, at, actor, event, type, account_id, 'x', hash from audit_events where sequence = 6`,
        { kind: 'row-foreign', sequence: 3 },
      ],
      [
        'the next row is deleted as well',
        'delete from audit_events where sequence = 6',
        { kind: 'row-missing', sequence: 6, through: 6 },
      ],
    ])('is found to be forged where %s', async (_, statement, finding) => {
      const { store, clock, database, findings } = await open();
      await store.audit.cutBefore(new Date(clock.now().getTime() - 4000), clock.now());
      await database.execute(statement);
      expect(await findings()).toEqual([finding]);
    });
  });

  test('more findings than are listed are counted', async () => {
    const { database, store, clock } = await open();
    await store.audit.append(
      Array.from({ length: 1500 }, () => blocked(PETROV)),
      clock.now(),
    );
    await database.execute('update audit_events set at = 0');
    const report = await store.audit.verify({});
    expect(report.findings).toHaveLength(1000);
    expect(report.findingCount).toBe(1510);
  });
});
