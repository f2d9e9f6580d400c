import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import type { Store } from '../../src/store/store.ts';
import { decideOver } from '../database/decide-once.ts';
import { fillSqlite, openBenchStore } from '../database/fill.ts';
import { APPLICATION, AT_WORK, keysOf, somebodyAtWork } from '../database/people-sql.ts';
import { interleave } from '../measure/interleave.ts';
import { quantile } from '../measure/statistics.ts';
import { type Timing, timeCalls, timeRound, warmUp } from '../measure/time-calls.ts';
import { atMost, type Row } from '../report/row.ts';
import type { Workbench } from '../workbench.ts';

const SIZES = [1_000, 100_000, 1_000_000] as const;

const COMPARED_ROUNDS = 9;

interface FilledStore {
  readonly size: number;
  readonly databaseFile: string;
  readonly store: Store;
}

/** Reading what a decision needs and deciding, on SQLite, as the gate does for every request. */
export async function measureDecisionOnSqlite(workbench: Workbench): Promise<Row[]> {
  const filled: FilledStore[] = [];
  try {
    for (const size of SIZES) {
      const databaseFile = join(workbench.directory, `people-${size}.sqlite`);
      await fillSqlite(databaseFile, size);
      filled.push({ size, databaseFile, store: await openBenchStore({ databaseFile }) });
    }
    const [smallest, largest] = [filled[0], filled.at(-1)];
    if (smallest === undefined || largest === undefined) throw new RangeError('there are no sizes');
    return [...filled.map(measureSize), await compareSizes(smallest, largest)];
  } finally {
    for (const { store } of filled) await store.close();
  }
}

function measureSize(filled: FilledStore): Row {
  const timing = timeCalls(...decisionsOf(filled));
  const floor = measureFloor(filled.databaseFile);
  return {
    scenario: `decision on SQLite, ${filled.size.toLocaleString('en')} certificates`,
    unit: 'µs, p99',
    ours: timing.p99,
    peer: { name: 'one row by its number', value: floor.p99 },
    ratio: undefined,
    aim: atMost('p99', 100, 'µs', timing.p99.median),
    note: `median ${timing.median.median.toFixed(1)} µs, of the peer ${floor.median.median.toFixed(1)} µs; ${AT_WORK} people at work, each decision about one of them; ${timing.interrupted} of ${timing.count} were interrupted by other programs and are left out`,
  };
}

function decisionsOf({ size, store }: FilledStore): [() => number, (person: number) => void] {
  return [
    () => somebodyAtWork(size),
    (person) => {
      const now = new Date();
      const entry = store.gate.readEntry(keysOf(person).tokenHash, APPLICATION, now);
      if (entry instanceof Promise) throw new TypeError('SQLite answers at once');
      decideOver(entry, person, now);
    },
  ];
}

/** In turn, because the machine is not equally fast at all times. */
async function compareSizes(smallest: FilledStore, largest: FilledStore): Promise<Row> {
  const [few, many] = [decisionsOf(smallest), decisionsOf(largest)];
  warmUp(...few);
  warmUp(...many);
  const pair = await interleave({
    ours: async () => quantile(timeRound(...many), 0.5),
    peer: async () => quantile(timeRound(...few), 0.5),
    ratio: (ours, theirs) => ours / theirs,
    pairs: COMPARED_ROUNDS,
    budgetMs: 30_000,
  });
  return {
    scenario: 'decision on SQLite, 1,000,000 against 1,000 certificates',
    unit: 'µs, median',
    ours: pair.ours,
    peer: { name: 'Propusk with 1,000', value: pair.peer },
    ratio: pair.ratio,
    aim: atMost('ratio', 1.5, '', pair.ratio.median),
    note: `largest by smallest, ${pair.pairs} pairs of rounds; ${AT_WORK} people at work in both`,
  };
}

/** What any reading costs here: one row by its number through the same library, in a read transaction of its own. */
function measureFloor(databaseFile: string): Timing {
  const connection = new SqliteConnection(databaseFile, { readonly: true });
  try {
    const statement = connection.prepare<number[]>('select sequence from audit_head where id = ?');
    return timeCalls(
      () => 1,
      (id) => {
        statement.get(id);
      },
    );
  } finally {
    connection.close();
  }
}
