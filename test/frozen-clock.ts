import type { Clock } from '../src/kernel/clock.ts';

/** Stands still until the test moves it. */
export interface FrozenClock extends Clock {
  advance(seconds: number): void;
}

export function createFrozenClock(start = new Date('2026-11-22T09:30:00.000Z')): FrozenClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
}
