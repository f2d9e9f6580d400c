import type { Instance } from '../instance.ts';

const INTERVAL_MS = 60_000;

/** At the start and each minute: the signed head of the journal goes outside of the database, and rows past their time go away. */
export function startUpkeep({ store, dataDirectory, clock, logger }: Instance): { stop(): Promise<void> } {
  const run = async (): Promise<void> => {
    try {
      await store.purge(clock.now());
      await store.audit.writeHead(dataDirectory.auditHeadsFile);
    } catch (error) {
      logger.error({ err: error }, 'upkeep failed; it is tried again in a minute');
    }
  };
  // At once as well: the signed heads are what the journal is compared with from the first minute on.
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, INTERVAL_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
