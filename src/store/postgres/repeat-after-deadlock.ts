const MAX_RUNS = 4;

/** PostgreSQL ends one of two transactions that wait for each other; it has done nothing and can be run again. */
export async function repeatAfterDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (let runs = 1; ; runs += 1) {
    try {
      return await run();
    } catch (error) {
      if (runs >= MAX_RUNS || !isDeadlock(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, runs * 10));
  }
}

/** `deadlock_detected` and `serialization_failure` (PostgreSQL, appendix A). */
function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001');
}
