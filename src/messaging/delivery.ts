import { assertNever } from '../kernel/assert-never.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { MailTransport } from './mail-transport.ts';
import {
  CHANNELS,
  type Channel,
  type ClaimedMessage,
  type DeliveryFailureCategory,
  type OutboxPort,
} from './ports.ts';
import type { SmsTransport } from './sms-transport.ts';

interface Patience {
  /** The pause after the first, second, … failed attempt; the last one is used from then on. */
  readonly backoffSeconds: readonly number[];
  readonly maxAttempts: number;
}

const PATIENCE: Readonly<Record<Channel, Patience>> = {
  // Somebody waits in front of the page.
  sms: { backoffSeconds: [5, 15, 60, 300, 900], maxAttempts: 8 },
  // Nobody does; and greylisting wants to see the sender again after minutes. Mostly the message's own end comes first.
  email: { backoffSeconds: [30, 120, 600, 1800, 3600], maxAttempts: 60 },
};
const BATCH_SIZE = 8;
const LEASE_SECONDS = 60;
/** An attempt ends before its lease does, or another node would begin the next one beside it. */
const ATTEMPT_TIMEOUT_MS = (LEASE_SECONDS - 15) * 1000;

export interface DeliveryOptions {
  readonly port: OutboxPort;
  /** Messages of a channel without a transport are left where they are. */
  readonly transports: {
    readonly sms?: SmsTransport | undefined;
    readonly email?: MailTransport | undefined;
  };
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
  const { port, transports, clock, logger } = options;
  const channels = CHANNELS.filter((channel) => transports[channel] !== undefined);
  const messages = await port.claimDueMessages(clock.now(), BATCH_SIZE, LEASE_SECONDS, channels);
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

async function attempt({ port, transports, clock, logger }: DeliveryOptions, message: ClaimedMessage) {
  const { id, channel } = message;
  if (message.expiresAt <= clock.now()) {
    logger.warn(
      { messageId: id, attempts: message.attempts },
      'message expired before it could be delivered',
    );
    await port.recordFailed(id, 'expired', clock.now());
    return;
  }
  const result = await send(transports, message);
  if (result === undefined) return;
  const attempts = message.attempts + 1;
  switch (result.kind) {
    case 'accepted':
      await port.recordDelivered(id, 'gatewayId' in result ? result.gatewayId : undefined, clock.now());
      logger.info({ messageId: id, channel, attempts }, 'message delivered to the gateway');
      return;
    case 'rejected-permanently':
      await fail(result.category);
      return;
    case 'failed-temporarily': {
      const { backoffSeconds, maxAttempts } = PATIENCE[channel];
      const pauseSeconds = backoffSeconds[attempts - 1] ?? backoffSeconds.at(-1) ?? 0;
      const nextAttemptAt = new Date(clock.now().getTime() + pauseSeconds * 1000);
      // An attempt that would come after the end is no reason to keep the person waiting for the bad news.
      if (attempts >= maxAttempts || nextAttemptAt >= message.expiresAt) {
        await fail(result.category);
        return;
      }
      await port.recordRetry(id, result.category, nextAttemptAt, clock.now());
      logger.warn(
        { messageId: id, channel, attempts, category: result.category, nextAttemptAt },
        'message not delivered; it will be tried again',
      );
      return;
    }
    default:
      assertNever(result);
  }

  async function fail(category: DeliveryFailureCategory): Promise<void> {
    await port.recordFailed(id, category, clock.now());
    logger.error({ messageId: id, channel, attempts, category }, 'message given up');
  }
}

/** One attempt. Undefined: nothing was tried, because the channel has no transport any more. */
function send(transports: DeliveryOptions['transports'], message: ClaimedMessage) {
  const signal = AbortSignal.timeout(ATTEMPT_TIMEOUT_MS);
  const { id, text } = message;
  return message.channel === 'sms'
    ? transports.sms?.send({ to: message.to, text, idempotencyKey: id }, signal)
    : transports.email?.send(
        { to: message.to, subject: message.subject, text, id, at: message.createdAt },
        signal,
      );
}
