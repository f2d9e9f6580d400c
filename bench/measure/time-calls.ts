import { quantile, type Spread, spreadOf } from './statistics.ts';

/** In microseconds. */
export interface Timing {
  readonly median: Spread;
  readonly p99: Spread;
  readonly count: number;
  /** Calls during which another program was given the core: they tell of the machine and are left out. */
  readonly interrupted: number;
}

const WARM_UP = 20_000;
const ROUND = 10_000;
const ROUNDS = 7;

/** Calls one by one, in rounds; the spread is that between the rounds. */
export function timeCalls(choose: () => number, act: (chosen: number) => void): Timing {
  for (let index = 0; index < WARM_UP; index += 1) act(choose());
  const medians: number[] = [];
  const p99s: number[] = [];
  let interrupted = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const micros: number[] = [];
    let switches = countSwitches();
    for (let index = 0; index < ROUND; index += 1) {
      const chosen = choose();
      const startedAt = process.hrtime.bigint();
      act(chosen);
      const took = process.hrtime.bigint() - startedAt;
      const switchesNow = countSwitches();
      if (switchesNow === switches) micros.push(Number(took) / 1000);
      else interrupted += 1;
      switches = switchesNow;
    }
    medians.push(quantile(micros, 0.5));
    p99s.push(quantile(micros, 0.99));
  }
  return { median: spreadOf(medians), p99: spreadOf(p99s), count: ROUNDS * ROUND, interrupted };
}

function countSwitches(): number {
  return process.resourceUsage().involuntaryContextSwitches;
}
