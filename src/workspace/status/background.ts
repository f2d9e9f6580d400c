import type { Fetcher } from '../../fetching/fetcher.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { fetchDue } from '../fetching/fetch-due.ts';
import type { FetchingPort } from '../fetching/ports.ts';
import { createChecker } from './checker.ts';
import type { CheckingPort, LetterOf } from './ports.ts';

const SWEEP_MS = 60_000;

export interface BackgroundOptions {
  readonly checking: CheckingPort;
  readonly fetching: FetchingPort;
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs: number;
  /** To owners of personal certificates that were revoked. Undefined: nobody gets one. */
  readonly letterOf?: LetterOf | undefined;
}

/**
 * Checks and fetches what is due, until stopped. A slow address holds up other addresses only: states are found out
 * meanwhile.
 */
export function startBackground(options: BackgroundOptions): { stop(): Promise<void> } {
  const { checking, fetching, fetcher, clock, logger, intervalMs } = options;
  const checker = createChecker({ port: checking, clock, logger, letterOf: options.letterOf });
  const checks = repeat(() => checker.checkDue(), intervalMs, logger);
  const fetches = repeat(
    () => fetchDue({ port: fetching, fetcher, clock, logger, random: Math.random }),
    intervalMs,
    logger,
  );
  const questions = repeat(
    () => fetchDue({ port: fetching, fetcher, clock, logger, random: Math.random, lane: 'questions' }),
    intervalMs,
    logger,
  );
  // What came in past the ways that mark it.
  const sweeps = repeat(() => checking.sweepUnchecked(clock.now()), SWEEP_MS, logger);
  return {
    async stop() {
      await Promise.all([checks.stop(), fetches.stop(), questions.stop(), sweeps.stop()]);
      await checker.close();
    },
  };
}

function repeat(work: () => Promise<unknown>, intervalMs: number, logger: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  async function once(): Promise<void> {
    try {
      await work();
    } catch (error) {
      logger.error({ err: error }, 'checking certificates failed; it is tried again');
    }
    if (!stopped) timer = setTimeout(run, intervalMs);
  }
  function run(): void {
    running = once();
  }
  run();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
