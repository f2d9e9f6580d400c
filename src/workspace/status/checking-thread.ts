/**
 * Certificates are checked in a thread of their own, one after the other: what strangers wrote into them may take a
 * second of signatures and names, and the gate serves in this thread. Where the limits of validation do not hold, the
 * thread is ended.
 */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  AskedMethod,
  AskedPort,
  CheckResult,
  CheckTask,
  FromThread,
  ToThread,
} from './checking-messages.ts';

/** A large list may be read meanwhile. */
const TIMEOUT_MS = 60_000;
const MAX_HEAP_MIB = 384;
/** A thread without work is let go. */
const IDLE_MS = 60_000;

export interface CheckingThread {
  /**
   * `gave-up`: it took too long, or more memory than there is. Asked one at a time.
   *
   * @throws what the database throws
   */
  check(task: CheckTask): Promise<CheckResult | { readonly kind: 'gave-up'; readonly cause: unknown }>;
  close(): Promise<void>;
}

export interface CheckingThreadOptions {
  readonly timeoutMs?: number;
  /** For tests: a worker that does something else. */
  readonly workerFile?: URL;
}

export function createCheckingThread(port: AskedPort, options: CheckingThreadOptions = {}): CheckingThread {
  const { timeoutMs = TIMEOUT_MS } = options;
  // The program runs from TypeScript in development and from JavaScript when it is installed.
  const file = options.workerFile ?? new URL(`./checking-worker${extname(import.meta.url)}`, import.meta.url);
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  const end = async () => {
    const ended = worker;
    worker = undefined;
    clearTimeout(idle);
    await ended?.terminate();
  };

  return {
    async check(task) {
      clearTimeout(idle);
      worker ??= new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB } });
      const current = worker;
      const tell = (message: ToThread) => current.postMessage(message);
      const settled = Promise.withResolvers<
        CheckResult | { readonly kind: 'gave-up'; readonly cause: unknown }
      >();
      const giveUp = (cause: unknown) => settled.resolve({ kind: 'gave-up', cause });
      const onExit = () => giveUp(new Error('the thread ended early'));
      const onMessage = (message: FromThread) => {
        if (message.kind !== 'question') settled.resolve(message);
        else
          ask(port, message.method, message.args).then(
            (value) => tell({ kind: 'answer', question: message.question, value }),
            settled.reject,
          );
      };
      current.ref();
      current.on('message', onMessage).on('error', giveUp).on('exit', onExit);
      const timer = setTimeout(() => giveUp(new Error(`not checked within ${timeoutMs} ms`)), timeoutMs);
      tell({ kind: 'check', task });
      let outcome: Awaited<typeof settled.promise> | undefined;
      try {
        outcome = await settled.promise;
        return outcome;
      } finally {
        clearTimeout(timer);
        current.off('message', onMessage).off('error', giveUp).off('exit', onExit);
        // Whatever it still does belongs to a question that nobody asks any more.
        if (outcome === undefined || outcome.kind === 'gave-up') await end();
        else {
          current.unref();
          idle = setTimeout(() => void end(), IDLE_MS).unref();
        }
      }
    },
    close: end,
  };
}

/** The arguments are those that `checking-worker.ts` was called with, by types. */
function ask(port: AskedPort, method: AskedMethod, args: readonly unknown[]): Promise<unknown> {
  const called: (...given: never[]) => Promise<unknown> = port[method];
  return called(...(args as never[]));
}
