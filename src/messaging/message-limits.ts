import type { AccountId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { AdmitMessage, MessageCounts, MessageScope } from './ports.ts';

export interface RateLimit {
  readonly perHour: number;
  readonly perDay: number;
}

/** How many messages may be queued. The total one is the budget stop of the whole instance. */
export interface MessageLimits {
  readonly account: RateLimit;
  readonly number: RateLimit;
  readonly total: RateLimit;
}

export const DEFAULT_MESSAGE_LIMITS: MessageLimits = {
  account: { perHour: 5, perDay: 15 },
  number: { perHour: 5, perDay: 15 },
  total: { perHour: 200, perDay: 1000 },
};

const MINUTE_SECONDS = 60;
const WINDOWS = [
  { per: 'hour', seconds: 3600, limitOf: (rate: RateLimit) => rate.perHour },
  { per: 'day', seconds: 86_400, limitOf: (rate: RateLimit) => rate.perDay },
] as const;

interface LimitedMessage {
  readonly accountId: AccountId | undefined;
  readonly to: PhoneNumber;
  /** How many more have to follow it for it to be of use. */
  readonly following?: number;
}

/**
 * The limits as the question that is asked inside the queueing transaction, where two requests at the same moment
 * cannot both be the last one.
 */
export function admitWithin(limits: MessageLimits, message: LimitedMessage, now: Date): AdmitMessage {
  return (counts) => checkMessageLimits(counts, limits, message, now);
}

/**
 * Asks whether one more message may be queued: before work is begun, whose result could not be sent. What counts is
 * {@link admitWithin}.
 *
 * @throws {ProblemError} `message-limit` with which limit it is and `retryAfterSeconds` (rounded up to minutes)
 */
export async function checkMessageLimits(
  counts: MessageCounts,
  limits: MessageLimits,
  message: LimitedMessage,
  now: Date,
): Promise<void> {
  const { following = 0 } = message;
  const checks: { scope: MessageScope; rate: RateLimit; whose: string }[] = [
    { scope: { kind: 'number', phone: message.to }, rate: limits.number, whose: 'this number' },
    { scope: { kind: 'total' }, rate: limits.total, whose: 'this server' },
  ];
  if (message.accountId !== undefined) {
    const scope: MessageScope = { kind: 'account', accountId: message.accountId };
    checks.unshift({ scope, rate: limits.account, whose: 'this account' });
  }
  for (const { scope, rate, whose } of checks) {
    for (const { per, seconds, limitOf } of WINDOWS) {
      const limit = limitOf(rate);
      const isFull = async (windowSeconds: number) =>
        (await counts.countSentSince(scope, new Date(now.getTime() - windowSeconds * 1000))) + following >=
        limit;
      if (await isFull(seconds)) {
        throw new ProblemError('message-limit', {
          detail: `${whose} may get ${limit} messages per ${per}`,
          retryAfterSeconds: await findWaitSeconds(isFull, seconds),
        });
      }
    }
  }
}

/**
 * When enough messages will have left the window: the shortest wait after which the rest of the window is below the
 * limit, found by halving in steps of a minute (at most eleven questions for a day).
 */
async function findWaitSeconds(isFull: (windowSeconds: number) => Promise<boolean>, seconds: number) {
  let [full, free] = [0, Math.ceil(seconds / MINUTE_SECONDS)];
  while (free - full > 1) {
    const middle = Math.floor((full + free) / 2);
    if (await isFull(seconds - middle * MINUTE_SECONDS)) full = middle;
    else free = middle;
  }
  return free * MINUTE_SECONDS;
}
