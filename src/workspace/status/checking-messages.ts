/** What the thread that checks and the one that serves say to each other: see `checking-thread.ts`. */
import type { CheckServices } from './check-certificate.ts';
import type { DueCheck, Wish } from './ports.ts';
import type { Judgement } from './status-detail.ts';

/** What is asked of the database while a certificate is checked. */
export type AskedPort = CheckServices['port'] & {
  readListDer(sha256: string): Promise<Uint8Array | undefined>;
};
export type AskedMethod = keyof AskedPort;

export interface CheckTask {
  readonly due: Pick<DueCheck, 'accountId' | 'der'>;
  /** Of the person, in DER. */
  readonly anchors: readonly Uint8Array[];
  readonly now: Date;
}

export type CheckResult =
  | { readonly kind: 'judged'; readonly judgement: Judgement & { readonly wishes: readonly Wish[] } }
  /** What is stored is no certificate any more. */
  | { readonly kind: 'unreadable' };

export type ToThread =
  | { readonly kind: 'check'; readonly task: CheckTask }
  | { readonly kind: 'answer'; readonly question: number; readonly value: unknown };

export type FromThread =
  | CheckResult
  | {
      readonly kind: 'question';
      readonly question: number;
      readonly method: AskedMethod;
      readonly args: readonly unknown[];
    };
