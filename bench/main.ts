/**
 * The benchmarks, each beside a peer in one run. Needs Linux, a built product, nginx and taskset.
 *
 *     node bench/main.ts                       all of them, and writes bench/results
 *     node bench/main.ts --only handshake      those whose name begins so; writes nothing
 *     node bench/main.ts --profile folder      writes CPU profiles of the gate (.cpuprofile)
 *
 * A missed aim is told and is no failure: the exit code is 0.
 */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Arena, openArena } from './arena.ts';
import { describeMachine } from './report/machine.ts';
import { renderTable } from './report/render-table.ts';
import type { Row } from './report/row.ts';
import { writeResults } from './report/write-results.ts';
import { measureCertificateList } from './scenarios/certificate-list.ts';
import { measureDecisionOnPostgres } from './scenarios/decision-postgres.ts';
import { measureDecisionOnSqlite } from './scenarios/decision-sqlite.ts';
import { measureGost } from './scenarios/gost.ts';
import { measureHandshakes } from './scenarios/handshake.ts';
import { measureKeepAlive } from './scenarios/keep-alive.ts';
import { measureLargeList } from './scenarios/large-crl.ts';
import { measureOcsp } from './scenarios/ocsp.ts';
import { measureStartUp } from './scenarios/start-up.ts';
import { measureValidation } from './scenarios/validation.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

interface Scenario {
  readonly name: string;
  measure(workbench: Workbench): Promise<Row[]>;
}

/** Each begins on a quiet workbench: what the one before it started has ended. */
const SCENARIOS: readonly Scenario[] = [
  { name: 'handshake', measure: inArena(measureHandshakes) },
  { name: 'keep-alive', measure: inArena(measureKeepAlive) },
  { name: 'ocsp', measure: measureOcsp },
  { name: 'start-up', measure: measureStartUp },
  { name: 'validation', measure: measureValidation },
  { name: 'gost', measure: measureGost },
  { name: 'large-crl', measure: measureLargeList },
  { name: 'certificate-list', measure: measureCertificateList },
  { name: 'decision-postgres', measure: measureDecisionOnPostgres },
  { name: 'decision-sqlite', measure: measureDecisionOnSqlite },
];

function inArena(measure: (arena: Arena) => Promise<Row[]>): Scenario['measure'] {
  return async (workbench) => measure(await openArena(workbench));
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' }, profile: { type: 'string' } } });
  const { only = '', profile } = values;
  const chosen = SCENARIOS.filter(({ name }) => name.startsWith(only));
  if (chosen.length === 0) {
    throw new Error(`--only ${only}: there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);
  }
  if (process.platform !== 'linux') throw new Error('the benchmarks read /proc: they run on Linux only');
  if (!existsSync(resolve(import.meta.dirname, '../dist/app/main.js'))) {
    throw new Error('dist/ is missing: run make bench, which builds it');
  }

  const startedAt = new Date();
  const machine = describeMachine();
  console.log(
    `${machine.processor}, ${machine.cores} cores, load ${machine.loadAverage}; Node ${machine.node} (OpenSSL ${machine.nodeOpenssl}), nginx ${machine.nginx} (OpenSSL ${machine.nginxOpenssl})`,
  );
  const rows: Row[] = [];
  for (const { name, measure } of chosen) {
    console.log(`\n${name} …`);
    const workbench = await openWorkbench(profile);
    try {
      for (const row of await measure(workbench)) {
        console.log(`  ${row.scenario}: ${row.note}`);
        rows.push(row);
      }
    } finally {
      await workbench.close();
    }
  }
  console.log(`\n${renderTable(rows)}\n`);
  const missed = rows.filter(({ aim }) => aim?.met === false);
  console.log(
    missed.length === 0
      ? 'Every aim is met.'
      : `NOT MET: ${missed.map(({ scenario }) => scenario).join('; ')}.`,
  );
  if (only === '' && profile === undefined) {
    console.log(relative(process.cwd(), await writeResults(machine, rows, startedAt)));
  }
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await run();
