import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Machine, machineSlug } from './machine.ts';
import type { Row } from './row.ts';

const RESULTS = resolve(import.meta.dirname, '../results');

/** Keeps everything that was measured; the newest run of a day on a machine stays. Returns the path. */
export async function writeResults(machine: Machine, rows: readonly Row[], at: Date): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${at.toISOString().slice(0, 10)}-${machineSlug(machine)}.json`);
  const results = { measuredAt: at.toISOString(), machine, rows };
  await writeFile(file, `${JSON.stringify(results, roundNumbers, 2)}\n`);
  return file;
}

/** Five digits say more than the spread allows already. */
function roundNumbers(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value;
}
