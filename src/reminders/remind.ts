import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { ProblemError } from '../kernel/problem.ts';
import { admitWithin, type MessageLimits } from '../messaging/message-limits.ts';
import type { OutgoingMail, OutgoingSms } from '../messaging/ports.ts';
import { type Band, planBands } from './plan-bands.ts';
import type { ExpiringThing, ReminderPort } from './ports.ts';
import type { ReminderSource } from './reminder-source.ts';

const PAGE_SIZE = 200;
const SMS_SECONDS = 86_400;
const MAIL_SECONDS = 3 * 86_400;
const DAY_MS = 86_400_000;

export interface ReminderOptions {
  readonly port: ReminderPort;
  readonly sources: readonly ReminderSource[];
  /** Besides the notice on the pages, which everybody gets. */
  readonly channels: { readonly email: boolean; readonly sms: boolean };
  readonly messageLimits: MessageLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onMessageQueued?: () => void;
}

/**
 * One pass: everything that has come to a threshold is told, once, whichever node is first.
 *
 * @returns how many reminders were recorded
 */
export async function remindOnce(options: ReminderOptions): Promise<number> {
  const now = options.clock.now();
  let recorded = 0;
  for (const source of options.sources) {
    for (const band of planBands(source.thresholdDays, now)) {
      recorded += await remindBand(options, source, band, now);
    }
  }
  if (recorded > 0) options.onMessageQueued?.();
  return recorded;
}

async function remindBand(
  options: ReminderOptions,
  { kind, compose }: ReminderSource,
  { thresholdDays, passedDays, after, through }: Band,
  now: Date,
): Promise<number> {
  const { port, logger } = options;
  let recorded = 0;
  let afterId: string | undefined;
  for (;;) {
    const page = await port.listDue({ kind, thresholdDays, after, through, afterId, limit: PAGE_SIZE });
    for (const thing of page) {
      const texts = compose(thing, now);
      try {
        const outcome = await port.recordReminder({
          thing,
          thresholdDays,
          passedDays,
          messages: wasPassedAtIssue(thing, thresholdDays) ? [] : makeMessages(options, thing, texts, now),
          now,
        });
        if (outcome === 'recorded') recorded += 1;
      } catch (error) {
        if (!(error instanceof ProblemError && error.code === 'message-limit')) throw error;
        // Put off, not dropped: nothing was recorded, so that the next pass finds it again.
        logger.warn(
          { kind, id: thing.id, thresholdDays },
          'a reminder waits, because SMS are at their limit',
        );
      }
    }
    afterId = page.at(-1)?.id;
    if (page.length < PAGE_SIZE) return recorded;
  }
}

/** Who has just been given a certificate for ten days knows it: the pages say it, and messages wait for the next threshold. */
function wasPassedAtIssue({ issuedAt, notAfter }: ExpiringThing, thresholdDays: number): boolean {
  return notAfter.getTime() - thresholdDays * DAY_MS <= issuedAt.getTime();
}

function makeMessages(
  { channels, messageLimits }: ReminderOptions,
  { accountId, notAfter, owner: { phone, email } }: ExpiringThing,
  texts: ReturnType<ReminderSource['compose']>,
  now: Date,
): (OutgoingMail | OutgoingSms)[] {
  const until = (seconds: number) => new Date(Math.min(now.getTime() + seconds * 1000, notAfter.getTime()));
  const messages: (OutgoingMail | OutgoingSms)[] = [];
  if (channels.email && email !== undefined) {
    messages.push({ channel: 'email', to: email, ...texts.mail, expiresAt: until(MAIL_SECONDS) });
  }
  if (channels.sms && phone !== undefined) {
    const admit = admitWithin(spareHalf(messageLimits), { accountId, to: phone }, now);
    messages.push({ channel: 'sms', to: phone, text: texts.sms, expiresAt: until(SMS_SECONDS), admit });
  }
  return messages;
}

/** A thousand reminders at once leave half of the budget to those who wait for a password in front of the page. */
function spareHalf(limits: MessageLimits): MessageLimits {
  const { perHour, perDay } = limits.total;
  return { ...limits, total: { perHour: Math.ceil(perHour / 2), perDay: Math.ceil(perDay / 2) } };
}

/** Passes at once and at each interval, until stopped. */
export function startReminders(options: ReminderOptions & { readonly intervalMs: number }): {
  stop(): Promise<void>;
} {
  const { logger, intervalMs } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  async function pass(): Promise<void> {
    try {
      const recorded = await remindOnce(options);
      if (recorded > 0) logger.info({ recorded }, 'owners were reminded of what ends soon');
    } catch (error) {
      logger.error({ err: error }, 'reminders failed; they are tried again at the next interval');
    }
    if (!stopped) timer = setTimeout(run, intervalMs);
  }
  function run(): void {
    running = pass();
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
