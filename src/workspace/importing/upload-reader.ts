/**
 * Reads uploads in a thread of its own, one after the other: whatever somebody brings, it does not stop anybody else. A
 * thread that runs out of time or memory is ended, and the file says so.
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../kernel/problem.ts';
import type { ImportItem, UploadedFile } from './import-item.ts';

const TIMEOUT_MS = 20_000;
const MAX_HEAP_MIB = 384;
const WAITING_MAX = 100;
/** A thread without work is let go. */
const IDLE_MS = 30_000;

export interface UploadReader {
  /**
   * @throws {ProblemError} `throttled` where too many wait
   */
  read(upload: UploadedFile): Promise<readonly ImportItem[]>;
  close(): Promise<void>;
}

export interface UploadReaderOptions {
  readonly timeoutMs?: number;
  /** For tests: a worker that does something else. */
  readonly workerFile?: URL;
}

export function createUploadReader(options: UploadReaderOptions = {}): UploadReader {
  const { timeoutMs = TIMEOUT_MS } = options;
  // The program runs from TypeScript in development and from JavaScript when it is installed.
  const file = options.workerFile ?? new URL(`./upload-worker${extname(import.meta.url)}`, import.meta.url);
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const end = async () => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };

  const readNow = async (upload: UploadedFile): Promise<readonly ImportItem[]> => {
    clearTimeout(idle);
    worker ??= new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB } });
    const current = worker;
    const settled = Promise.withResolvers<readonly ImportItem[]>();
    const onExit = () => settled.reject(new Error('the reader ended early'));
    const onTimeout = () => settled.reject(new Error(`not read within ${timeoutMs} ms`));
    current.on('message', settled.resolve).on('error', settled.reject).on('exit', onExit);
    const timer = setTimeout(onTimeout, timeoutMs);
    current.postMessage(upload);
    try {
      return await settled.promise;
    } catch (error) {
      await end();
      const detail = error instanceof Error ? error.message : '';
      return [{ kind: 'not-importable', file: upload.name, what: 'reading-failed', detail }];
    } finally {
      clearTimeout(timer);
      current.off('message', settled.resolve).off('error', settled.reject).off('exit', onExit);
      idle = setTimeout(() => void end(), IDLE_MS).unref();
    }
  };

  return {
    async read(upload) {
      if (waiting >= WAITING_MAX) {
        throw new ProblemError('throttled', { detail: 'many files are being read', retryAfterSeconds: 5 });
      }
      waiting += 1;
      const turn = last.then(() => readNow(upload));
      last = turn;
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
    async close() {
      clearTimeout(idle);
      await end();
    },
  };
}
