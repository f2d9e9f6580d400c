/** What a person types while a dialogue runs, handed from the request that brings it to the dialogue that waits. */
export type PersonInput =
  | { readonly kind: 'password'; readonly password: string; readonly remember: boolean }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'method'; readonly refId: string };

export interface Mailbox {
  readonly isEmpty: boolean;
  put(input: PersonInput): void;
  /** Undefined: nothing came in this time. Rejects when the signal is aborted. */
  take(waitMs: number, signal: AbortSignal): Promise<PersonInput | undefined>;
}

export function createMailbox(): Mailbox {
  const waiting: PersonInput[] = [];
  let wake: (() => void) | undefined;
  return {
    get isEmpty() {
      return waiting.length === 0;
    },
    put(input) {
      waiting.push(input);
      wake?.();
    },
    async take(waitMs, signal) {
      signal.throwIfAborted();
      if (waiting.length === 0) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, Math.max(0, Math.min(waitMs, 2 ** 31 - 1)));
        const abort = () => reject(signal.reason);
        wake = resolve;
        signal.addEventListener('abort', abort, { once: true });
        try {
          await promise;
        } finally {
          clearTimeout(timer);
          wake = undefined;
          signal.removeEventListener('abort', abort);
        }
      }
      return waiting.shift();
    },
  };
}
