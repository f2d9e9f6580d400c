import type { ApplicationId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { GatePort } from './ports.ts';

/** Requests without a session: counted here, one line per application and minute in the journal. */
export interface SignInCounter {
  count(applicationId: ApplicationId): void;
  /** Writes what has been counted; a count that could not be written is kept for the next time. */
  flush(): Promise<void>;
}

export function createSignInCounter(port: GatePort, clock: Clock, logger: Logger): SignInCounter {
  const counts = new Map<ApplicationId, number>();
  return {
    count(applicationId) {
      counts.set(applicationId, (counts.get(applicationId) ?? 0) + 1);
    },
    async flush() {
      const batch = [...counts];
      counts.clear();
      for (const [applicationId, count] of batch) {
        try {
          await port.recordBeforeSignIn(applicationId, count, clock.now());
        } catch (error) {
          counts.set(applicationId, (counts.get(applicationId) ?? 0) + count);
          logger.error({ err: error, applicationId }, 'requests before sign-in could not be recorded');
        }
      }
    },
  };
}
