import { join } from 'node:path';
import { test } from 'vitest';
import { type Lab, openLab } from './lab.ts';

function fileNameOf(testName: string): string {
  return testName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100);
}

/** Vitest's `test` with a lab of its own; when it fails, pictures go to `test-results/` before anything is closed. */
export const browserTest = test.extend<{ lab: Lab }>({
  lab: async ({ task }, use) => {
    const lab = await openLab();
    try {
      await use(lab);
    } finally {
      if ((task.result?.errors?.length ?? 0) > 0 || task.result?.state === 'fail') {
        await lab.saveEvidence(join('test-results', fileNameOf(task.name)));
      }
      await lab.close();
    }
  },
});
