import type { Clock } from '../kernel/clock.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { ThrottlePort } from './ports.ts';

/** At most `attempts` in any `seconds`. */
export interface ThrottleWindow {
  readonly seconds: number;
  readonly attempts: number;
}

/**
 * Attempts under one key. Those under way count as failed ones until they end, so that a hundred at the same moment
 * are not a hundred first ones. (Several nodes: each may have its own under way; the counts are common.)
 */
export interface Throttle {
  /**
   * Lets `attempt` run if every window has room.
   *
   * @throws {ProblemError} `throttled` with `retryAfterSeconds`; the refused attempt itself is not counted, so that
   *   somebody who goes on trying does not keep the owner out for ever
   */
  admit<T>(key: string, windows: readonly ThrottleWindow[], attempt: () => Promise<T>): Promise<T>;
}

export function createThrottle({
  port,
  clock,
}: {
  readonly port: ThrottlePort;
  readonly clock: Clock;
}): Throttle {
  const underWay = new Map<string, number>();
  return {
    async admit(key, windows, attempt) {
      const before = underWay.get(key) ?? 0;
      underWay.set(key, before + 1);
      try {
        for (const { seconds, attempts } of windows) {
          const room = async (windowSeconds: number) => {
            const since = new Date(clock.now().getTime() - windowSeconds * 1000);
            return (await port.countAttempts(key, since)) + before < attempts;
          };
          if (!(await room(seconds))) {
            throw new ProblemError('throttled', { retryAfterSeconds: await findWait(room, seconds) });
          }
        }
        return await attempt();
      } finally {
        const left = (underWay.get(key) ?? 1) - 1;
        if (left === 0) underWay.delete(key);
        else underWay.set(key, left);
      }
    },
  };
}

const QUESTIONS = 6;

/** When enough attempts will have left the window, by halving: at most 1/64 of the window too long, never too short. */
async function findWait(room: (windowSeconds: number) => Promise<boolean>, seconds: number): Promise<number> {
  let [full, free] = [0, seconds];
  for (let question = 0; question < QUESTIONS && free - full > 1; question++) {
    const middle = Math.floor((full + free) / 2);
    if (await room(seconds - middle)) free = middle;
    else full = middle;
  }
  return free;
}
