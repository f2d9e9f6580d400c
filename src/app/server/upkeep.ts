import type { Instance } from '../instance.ts';

const INTERVAL_MS = 60_000;

/** Each minute: the signed head of the journal goes outside of the database, and rows past their time go away. */
export function startUpkeep({ store, dataDirectory, clock, logger }: Instance): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      await store.purge(clock.now());
      await store.audit.writeHead(dataDirectory.auditHeadsFile);
    } catch (error) {
      logger.error({ err: error }, 'upkeep failed; it is tried again in a minute');
    }
  };
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
