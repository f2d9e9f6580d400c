import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { JournalDeliveryPort, ReceiverClaim } from './ports.ts';
import { presentEntry, type SentEvent } from './present-entry.ts';
import type { Receiver } from './receiver.ts';

const BATCH_EVENTS = 200;
/** Receivers and what stands before them take a megabyte by default. */
const BATCH_CHARACTERS = 400_000;
const LEASE_SECONDS = 30;
/** After the first, second, … failed attempt; the last one is used from then on. */
const BACKOFF_MS: readonly number[] = [1_000, 5_000, 15_000, 60_000, 300_000];

export interface JournalDeliveryOptions {
  readonly port: JournalDeliveryPort;
  readonly receivers: readonly Receiver[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs: number;
  readonly backoffMs?: readonly number[];
  /** How long another node, or this one after a crash, keeps away from a receiver. */
  readonly leaseSeconds?: number;
}

export interface JournalDelivery {
  /** Attempts under way are given up; their events are sent again after the next start. */
  stop(): Promise<void>;
}

/**
 * Hands the journal on to every receiver until stopped, each in order and at its own pace, from the place that the
 * database keeps. At least once: after a crash between the receiver's answer and the record the same events are sent
 * again, and a receiver tells them by their sequence numbers.
 */
export function startJournalDelivery(options: JournalDeliveryOptions): JournalDelivery {
  const ending = new AbortController();
  const loops = options.receivers.map((receiver) => follow(receiver, options, ending.signal));
  return {
    async stop() {
      ending.abort();
      await Promise.all(loops);
    },
  };
}

async function follow(
  receiver: Receiver,
  options: JournalDeliveryOptions,
  ending: AbortSignal,
): Promise<void> {
  const { logger, intervalMs, backoffMs = BACKOFF_MS } = options;
  let failures = 0;
  let limit = BATCH_EVENTS;
  while (!ending.aborted) {
    let pauseMs = intervalMs;
    try {
      const step = await deliverNext(receiver, limit, options, ending);
      if (step.kind === 'delivered') {
        if (failures > 0) logger.info({ receiver: receiver.name }, 'the journal is delivered again');
        failures = 0;
        pauseMs = step.isMoreWaiting ? 0 : intervalMs;
        limit = Math.min(limit * 2, BATCH_EVENTS);
      } else if (step.kind === 'failed') {
        const { category, retryAfterSeconds = 0 } = step;
        pauseMs = Math.max(backoffMs[failures] ?? backoffMs.at(-1) ?? intervalMs, retryAfterSeconds * 1_000);
        failures += 1;
        if (category === 'too-large') limit = Math.max(1, Math.floor(limit / 2));
        logger.warn({ receiver: receiver.name, category, pauseMs }, 'the journal could not be delivered');
      }
    } catch (error) {
      logger.error(
        { err: error, receiver: receiver.name },
        'delivery of the journal stopped; it goes on soon',
      );
    }
    await pause(pauseMs, ending);
  }
}

type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'delivered'; readonly isMoreWaiting: boolean }
  | Extract<Awaited<ReturnType<Receiver['deliver']>>, { kind: 'failed' }>;

async function deliverNext(
  receiver: Receiver,
  limit: number,
  { port, clock, leaseSeconds = LEASE_SECONDS }: JournalDeliveryOptions,
  ending: AbortSignal,
): Promise<Step> {
  const claim = await port.claimReceiver(receiver.name, leaseSeconds, clock.now());
  if (claim === undefined) return { kind: 'nothing' };
  const { events, isMoreWaiting } = await readBatch(port, claim, limit);
  const last = events.at(-1);
  if (last === undefined) {
    await port.releaseReceiver(claim);
    return { kind: 'nothing' };
  }
  // The attempt ends before its lease does, or another node would begin the next one beside it.
  const timeout = AbortSignal.timeout(Math.floor((leaseSeconds * 1_000 * 2) / 3));
  const result = await receiver.deliver(events, AbortSignal.any([ending, timeout]));
  if (result.kind === 'delivered') {
    await port.recordDelivered(claim, last.entry.sequence, clock.now());
    return { kind: 'delivered', isMoreWaiting };
  }
  if (ending.aborted) {
    await port.releaseReceiver(claim);
    return { kind: 'nothing' };
  }
  await port.recordFailed(claim, result.category, clock.now());
  return result;
}

async function readBatch(
  port: JournalDeliveryPort,
  claim: ReceiverClaim,
  limit: number,
): Promise<{ readonly events: readonly SentEvent[]; readonly isMoreWaiting: boolean }> {
  const found = (await port.listEntriesAfter(claim.sequence, limit)).map(presentEntry);
  let characters = 0;
  const events: SentEvent[] = [];
  for (const event of found) {
    characters += event.json.length;
    if (characters > BATCH_CHARACTERS && events.length > 0) break;
    events.push(event);
  }
  return { events, isMoreWaiting: events.length < found.length || found.length === limit };
}

function pause(ms: number, ending: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      ending.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    ending.addEventListener('abort', end, { once: true });
    if (ending.aborted) end();
  });
}
