import type { ThrottlePort } from '../accounts/ports.ts';
import type { AccountId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { ProblemError } from '../kernel/problem.ts';

const WINDOW_SECONDS = 600;
const ACTS_MAX = 30;

/**
 * Far above what a person does, and a bound on what a script can write into the journal.
 *
 * @throws {ProblemError} `throttled`
 */
export async function limitActs(
  { throttle, clock }: { readonly throttle: ThrottlePort; readonly clock: Clock },
  act: 'file' | 'choose-again' | 'replace',
  accountId: AccountId,
): Promise<void> {
  const key = `${act}/${accountId}`;
  const now = clock.now();
  const since = new Date(now.getTime() - WINDOW_SECONDS * 1000);
  if ((await throttle.countAttempts(key, since)) >= ACTS_MAX) {
    throw new ProblemError('throttled', { retryAfterSeconds: WINDOW_SECONDS });
  }
  await throttle.recordAttempt(key, now);
}
