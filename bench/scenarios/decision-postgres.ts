import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { hashToken, makeToken, systemRandom } from '../../src/kernel/random.ts';
import type { Store } from '../../src/store/store.ts';
import { decideOver } from '../database/decide-once.ts';
import { fillPostgres, openBenchStore } from '../database/fill.ts';
import { APPLICATION, AT_WORK, keysOf, somebodyAtWork } from '../database/people-sql.ts';
import { quantile, type Spread, spreadOf } from '../measure/statistics.ts';
import { atMost, type Row } from '../report/row.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { Workbench } from '../workbench.ts';

const SIZE = 100_000;
/** A thousand requests a second: ten thousand people, each with a click in ten seconds. */
const DECISIONS_PER_SECOND = 1_000;
const WRITES_PER_SECOND = 20;
const ROUND_MS = 3_000;
const ROUNDS = 5;

/** The same on PostgreSQL, while decisions come in steadily and people sign in besides. */
export async function measureDecisionOnPostgres(workbench: Workbench): Promise<Row[]> {
  const databaseUrl = await startPostgres(workbench);
  await fillPostgres(databaseUrl, SIZE);
  const store = await openBenchStore({ databaseUrl });
  const plain = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const stopSigningIn = signPeopleIn(store);
  try {
    const decideAbout = async (person: number): Promise<void> => {
      const now = new Date();
      decideOver(await store.gate.readEntry(keysOf(person).tokenHash, APPLICATION, now), person, now);
    };
    const askNothing = async (): Promise<void> => {
      await plain.query({ name: 'nothing', text: 'select 1' });
    };
    const ours: Timings = { medians: [], p99s: [] };
    const peers: Timings = { medians: [], p99s: [] };
    await runRound(decideAbout);
    await runRound(askNothing);
    for (let round = 0; round < ROUNDS; round += 1) {
      keep(peers, await runRound(askNothing));
      keep(ours, await runRound(decideAbout));
    }
    const p99: Spread = spreadOf(ours.p99s);
    return [
      {
        scenario: `decision on PostgreSQL under load, ${SIZE.toLocaleString('en')} certificates`,
        unit: 'µs, p99',
        ours: p99,
        peer: { name: 'select 1', value: spreadOf(peers.p99s) },
        ratio: undefined,
        aim: atMost('p99', 1_000, 'µs', p99.median),
        note: `median ${quantile(ours.medians, 0.5).toFixed(0)} µs, of the peer ${quantile(peers.medians, 0.5).toFixed(0)} µs; ${DECISIONS_PER_SECOND} decisions and ${WRITES_PER_SECOND} sign-ins a second, ${AT_WORK} people at work; client and server share all cores`,
      },
    ];
  } finally {
    await stopSigningIn();
    await plain.end();
    await store.close();
  }
}

interface Timings {
  readonly medians: number[];
  readonly p99s: number[];
}

function keep({ medians, p99s }: Timings, micros: readonly number[]): void {
  medians.push(quantile(micros, 0.5));
  p99s.push(quantile(micros, 0.99));
}

/** Questions come when they come, whether or not earlier ones are answered: waiting counts. */
async function runRound(act: (person: number) => Promise<void>): Promise<number[]> {
  const micros: number[] = [];
  const asked: Promise<void>[] = [];
  const startedAt = performance.now();
  const ask = async (): Promise<void> => {
    const began = performance.now();
    await act(somebodyAtWork(SIZE));
    micros.push((performance.now() - began) * 1000);
  };
  for (let elapsed = 0; elapsed < ROUND_MS; elapsed = performance.now() - startedAt) {
    if (asked.length < (elapsed / 1000) * DECISIONS_PER_SECOND) asked.push(ask());
    await sleep(1);
  }
  await Promise.all(asked);
  return micros;
}

function signPeopleIn(store: Store): () => Promise<void> {
  let stopped = false;
  const work = async (): Promise<void> => {
    while (!stopped) {
      await store.sessions.startSession({
        accountId: keysOf(somebodyAtWork(SIZE)).accountId,
        portalTokenHash: hashToken(makeToken(systemRandom)),
        address: '192.0.2.7',
        userAgent: 'bench',
        now: new Date(),
        idleSeconds: 3_600,
        absoluteSeconds: 86_400,
      });
      await sleep(1000 / WRITES_PER_SECOND);
    }
  };
  const working = work();
  return async () => {
    stopped = true;
    await working;
  };
}
