import { ProblemError } from '../kernel/problem.ts';

/**
 * Who asks for a hash. `known`: a browser that has signed in to this account before, or somebody who has signed in
 * already; `stranger`: everybody else, and anybody can be that as often as they like.
 */
export type Standing = 'known' | 'stranger';

/** While strangers wait, one of them comes after this many known ones: nobody waits for ever. */
const KNOWN_IN_A_ROW = 3;

export type HashQueue = <T>(standing: Standing, task: () => Promise<T>) => Promise<T>;

/**
 * Runs at most `concurrency` tasks at once. Each standing has room of its own for `waitingMax` that wait, in their order:
 * a crowd of strangers neither goes before the known ones nor takes their places.
 *
 * @throws {ProblemError} `throttled` when there is no room
 */
export function createHashQueue(options: {
  readonly concurrency: number;
  readonly waitingMax: number;
}): HashQueue {
  const { concurrency, waitingMax } = options;
  const waiting: Readonly<Record<Standing, (() => void)[]>> = { known: [], stranger: [] };
  let running = 0;
  let knownInARow = 0;

  const takeNext = (): (() => void) | undefined => {
    const known = knownInARow < KNOWN_IN_A_ROW || waiting.stranger.length === 0;
    const next = known ? waiting.known.shift() : undefined;
    knownInARow = next === undefined ? 0 : knownInARow + 1;
    return next ?? waiting.stranger.shift();
  };

  return async (standing, task) => {
    if (running >= concurrency) {
      const line = waiting[standing];
      if (line.length >= waitingMax) {
        throw new ProblemError('throttled', {
          detail: 'too many people are signing in at this moment',
          retryAfterSeconds: 5,
        });
      }
      // The one who finishes hands its place over, so `running` does not change here.
      await new Promise<void>((resolve) => line.push(resolve));
    } else {
      running++;
    }
    try {
      return await task();
    } finally {
      const next = takeNext();
      if (next) next();
      else running--;
    }
  };
}
