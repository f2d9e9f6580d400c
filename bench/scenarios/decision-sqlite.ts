import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { decideOver } from '../database/decide-once.ts';
import { fillSqlite, openBenchStore } from '../database/fill.ts';
import { APPLICATION, AT_WORK, keysOf, somebodyAtWork } from '../database/people-sql.ts';
import type { Spread } from '../measure/statistics.ts';
import { type Timing, timeCalls } from '../measure/time-calls.ts';
import { atMost, type Row } from '../report/row.ts';
import type { Workbench } from '../workbench.ts';

const SIZES = [1_000, 100_000, 1_000_000] as const;

/** Reading what a decision needs and deciding, on SQLite, as the gate does for every request. */
export async function measureDecisionOnSqlite(workbench: Workbench): Promise<Row[]> {
  const rows: Row[] = [];
  const medians = new Map<number, Spread>();
  for (const size of SIZES) {
    const databaseFile = join(workbench.directory, `people-${size}.sqlite`);
    await fillSqlite(databaseFile, size);
    const timing = await measureSize(databaseFile, size);
    medians.set(size, timing.median);
    const floor = measureFloor(databaseFile);
    await rm(databaseFile);
    rows.push({
      scenario: `decision on SQLite, ${size.toLocaleString('en')} certificates`,
      unit: 'µs, p99',
      ours: timing.p99,
      peer: { name: 'one row by its number', value: floor.p99 },
      ratio: undefined,
      aim: atMost('p99', 100, 'µs', timing.p99.median),
      note: `median ${timing.median.median.toFixed(1)} µs, of the peer ${floor.median.median.toFixed(1)} µs; ${AT_WORK} people at work, each decision about one of them; ${timing.interrupted} of ${timing.count} were interrupted by other programs and are left out`,
    });
  }
  rows.push(compareSizes(medians));
  return rows;
}

async function measureSize(databaseFile: string, size: number): Promise<Timing> {
  const store = await openBenchStore({ databaseFile });
  try {
    return timeCalls(
      () => somebodyAtWork(size),
      (person) => {
        const now = new Date();
        const entry = store.gate.readEntry(keysOf(person).tokenHash, APPLICATION, now);
        if (entry instanceof Promise) throw new TypeError('SQLite answers at once');
        decideOver(entry, person, now);
      },
    );
  } finally {
    await store.close();
  }
}

function compareSizes(medians: ReadonlyMap<number, Spread>): Row {
  const [smallest, largest] = [medians.get(SIZES[0]), medians.get(SIZES[2])];
  if (smallest === undefined || largest === undefined) throw new Error('a size was not measured');
  const ratio = largest.median / smallest.median;
  return {
    scenario: 'decision on SQLite, 1,000,000 against 1,000 certificates',
    unit: 'µs, median',
    ours: largest,
    peer: { name: 'Propusk with 1,000', value: smallest },
    ratio: {
      median: ratio,
      lowest: largest.lowest / smallest.highest,
      highest: largest.highest / smallest.lowest,
    },
    aim: atMost('ratio', 1.5, '', ratio),
    note: `largest by smallest; the same ${AT_WORK} people at work in both`,
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
