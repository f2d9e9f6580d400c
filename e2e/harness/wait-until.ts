import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** Named in the error when time is up. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
}

/**
 * Asks until there is an answer other than undefined.
 *
 * @throws Error naming `what` after `timeoutMs`
 */
export async function waitUntil<T>(ask: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) {
      throw new Error(`${options.what}: not within ${options.timeoutMs} ms`);
    }
    await sleep(options.intervalMs ?? 40);
  }
}
