/** A job that is done now, then each `intervalMs`, and at once when woken; never twice at the same time. */
export interface Repetition {
  wake(): void;
  /** Resolves when the job that is running has ended. */
  stop(): Promise<void>;
}

/** @param job must not throw */
export function repeat(job: () => Promise<void>, intervalMs: number): Repetition {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isWokenMeanwhile = false;

  function run(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (running !== undefined) {
      isWokenMeanwhile = true;
      return;
    }
    isWokenMeanwhile = false;
    running = job().finally(() => {
      running = undefined;
      if (!stopped) timer = setTimeout(run, isWokenMeanwhile ? 0 : intervalMs);
    });
  }

  run();
  return {
    wake: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
