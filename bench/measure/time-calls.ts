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
  warmUp(choose, act);
  const rounds = Array.from({ length: ROUNDS }, () => timeRound(choose, act));
  return {
    median: spreadOf(rounds.map((micros) => quantile(micros, 0.5))),
    p99: spreadOf(rounds.map((micros) => quantile(micros, 0.99))),
    count: ROUNDS * ROUND,
    interrupted: rounds.reduce((sum, micros) => sum + ROUND - micros.length, 0),
  };
}

export function warmUp(choose: () => number, act: (chosen: number) => void): void {
  for (let index = 0; index < WARM_UP; index += 1) act(choose());
}

/** Microseconds of each call that nobody interrupted. */
export function timeRound(choose: () => number, act: (chosen: number) => void): readonly number[] {
  const micros: number[] = [];
  let switches = countSwitches();
  for (let index = 0; index < ROUND; index += 1) {
    const chosen = choose();
    const startedAt = process.hrtime.bigint();
    act(chosen);
    const took = process.hrtime.bigint() - startedAt;
    const switchesNow = countSwitches();
    if (switchesNow === switches) micros.push(Number(took) / 1000);
    switches = switchesNow;
  }
  return micros;
}

function countSwitches(): number {
  return process.resourceUsage().involuntaryContextSwitches;
}
