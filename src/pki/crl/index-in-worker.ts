/** Indexes and verifies a large list in a thread of its own, so that nobody else waits meanwhile. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { derInvalid } from '../der/der-element.ts';
import { type LargeRevocationList, openRevocationListIndex } from './large-revocation-list.ts';
import type { WorkerAnswer, WorkerTask } from './revocation-list-worker.ts';

/** Ten times what the largest lists of today need. */
const TIMEOUT_MS = 30_000;
/** For 64 MiB of list; the index itself lies outside this heap. */
const MAX_HEAP_MIB = 256;

/**
 * @param der is kept, not copied: nobody may write to it.
 * @param subjectPublicKeyInfos the keys that may have signed the list; it is verified with each of them.
 * @throws {ProblemError} `der-invalid`, also for a list that cannot be read in 30 seconds.
 */
export async function indexRevocationListInWorker(
  der: Uint8Array,
  subjectPublicKeyInfos: readonly Uint8Array[],
): Promise<LargeRevocationList> {
  const task: WorkerTask = { der, subjectPublicKeyInfos };
  // The program runs from TypeScript in development and from JavaScript when it is installed.
  const file = new URL(`./revocation-list-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(derInvalid('revocation list: reading it ended early')));
      timer = setTimeout(
        () => reject(derInvalid(`revocation list: not read within ${TIMEOUT_MS / 1000} seconds`)),
        TIMEOUT_MS,
      );
    });
    if (answer.kind === 'invalid') throw derInvalid(answer.detail);
    return openRevocationListIndex({ der, ...answer.index });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
