import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { EnrolmentPort } from './ports.ts';
import { type Repetition, repeat } from './repeat.ts';

const INTERVAL_MS = 15_000;

/**
 * Wipes keys and passwords whose time is over, and gives up intents to issue that nobody finished. The times are also
 * compared at every use, so that a late wiping lets nothing through.
 */
export function startWiping({
  port,
  clock,
  logger,
  intervalMs = INTERVAL_MS,
}: {
  readonly port: Pick<EnrolmentPort, 'wipeExpiredFiles' | 'abandonStaleIntents'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs?: number;
}): Repetition {
  return repeat(async () => {
    try {
      const wiped = await port.wipeExpiredFiles(clock.now());
      const abandoned = await port.abandonStaleIntents(clock.now());
      if (wiped > 0) logger.debug({ wiped }, 'keys and passwords of certificate files wiped');
      if (abandoned > 0) logger.warn({ abandoned }, 'intents to issue a certificate abandoned');
    } catch (error) {
      logger.error({ err: error }, 'nothing could be wiped; it is tried again');
    }
  }, intervalMs);
}
