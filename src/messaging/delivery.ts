import { assertNever } from '../kernel/assert-never.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { ClaimedMessage, OutboxPort } from './ports.ts';
import type { SmsFailureCategory, SmsTransport } from './sms-transport.ts';

/** The pause after the first, second, … failed attempt; the last one is used from then on. */
const BACKOFF_SECONDS = [5, 15, 60, 300, 900];
const MAX_ATTEMPTS = 8;
const BATCH_SIZE = 8;
const LEASE_SECONDS = 60;
/** An attempt ends before its lease does, or another node would begin the next one beside it. */
const ATTEMPT_TIMEOUT_MS = (LEASE_SECONDS - 15) * 1000;

export interface DeliveryOptions {
  readonly port: OutboxPort;
  readonly transport: SmsTransport;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Delivery {
  /** Looks for due messages now and not at the next interval. */
  wake(): void;
  /** Takes no new message; resolves when the attempts under way have ended and are recorded. */
  stop(): Promise<void>;
}

/**
 * Delivers the messages of the outbox until stopped: each `intervalMs`, and at once when woken.
 *
 * At least once, not exactly once: after a crash between the gateway's answer and the record, the lease ends and
 * the message is sent again. The idempotency key is the message's id, so a gateway that knows such keys drops the
 * second one; with others the person may read the same password twice.
 */
export function startDelivery(options: DeliveryOptions & { readonly intervalMs: number }): Delivery {
  const { logger, intervalMs } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let wokenWhileRunning = false;

  async function runPass(): Promise<void> {
    try {
      // A full batch means that more may be due.
      while (!stopped && (await deliverDueMessages(options)) === BATCH_SIZE);
    } catch (error) {
      logger.error({ err: error }, 'the outbox cannot be read; delivery goes on at the next interval');
    }
  }

  function pass(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (running !== undefined) {
      wokenWhileRunning = true;
      return;
    }
    wokenWhileRunning = false;
    running = runPass().finally(() => {
      running = undefined;
      if (!stopped) timer = setTimeout(pass, wokenWhileRunning ? 0 : intervalMs);
    });
  }

  pass();
  return {
    wake: pass,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * One pass: takes a batch of due messages and makes one attempt at each, side by side.
 *
 * @returns how many were taken
 * @throws what the port throws when the batch cannot be taken
 */
export async function deliverDueMessages(options: DeliveryOptions): Promise<number> {
  const { port, clock, logger } = options;
  const messages = await port.claimDueMessages(clock.now(), BATCH_SIZE, LEASE_SECONDS);
  await Promise.all(
    messages.map((message) =>
      attempt(options, message).catch((error: unknown) => {
        // Without a record the lease runs out and the message is due again: late or twice, but not lost.
        logger.error({ err: error, messageId: message.id }, 'an attempt could not be recorded');
      }),
    ),
  );
  return messages.length;
}

async function attempt({ port, transport, clock, logger }: DeliveryOptions, message: ClaimedMessage) {
  const { id, to, text } = message;
  if (message.expiresAt <= clock.now()) {
    logger.warn(
      { messageId: id, attempts: message.attempts },
      'message expired before it could be delivered',
    );
    await port.recordFailed(id, 'expired', clock.now());
    return;
  }
  const result = await transport.send(
    { to, text, idempotencyKey: id },
    AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
  );
  const attempts = message.attempts + 1;
  switch (result.kind) {
    case 'accepted':
      await port.recordDelivered(id, result.gatewayId, clock.now());
      logger.info({ messageId: id, attempts }, 'message delivered to the gateway');
      return;
    case 'rejected-permanently':
      await fail(result.category);
      return;
    case 'failed-temporarily': {
      const nextAttemptAt = new Date(clock.now().getTime() + backoffSeconds(attempts) * 1000);
      // An attempt that would come after the end is no reason to keep the person waiting for the bad news.
      if (attempts >= MAX_ATTEMPTS || nextAttemptAt >= message.expiresAt) {
        await fail(result.category);
        return;
      }
      await port.recordRetry(id, result.category, nextAttemptAt, clock.now());
      logger.warn(
        { messageId: id, attempts, category: result.category, nextAttemptAt },
        'message not delivered; it will be tried again',
      );
      return;
    }
    default:
      assertNever(result);
  }

  async function fail(category: SmsFailureCategory): Promise<void> {
    await port.recordFailed(id, category, clock.now());
    logger.error({ messageId: id, attempts, category }, 'message given up');
  }
}

function backoffSeconds(attempts: number): number {
  return BACKOFF_SECONDS[Math.min(attempts, BACKOFF_SECONDS.length) - 1] ?? 900;
}
