import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    // Browsers fight for two cores: one file after the other.
    fileParallelism: false,
    // A process of its own, because everything it starts is bound to its main thread's life.
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A page after a restart or an alert takes its time on a busy machine; vitest's own 1 s does not do.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    retry: 0,
    passWithNoTests: false,
  },
});
