import type { FetchCategory } from '../../fetching/fetch-error.ts';
import type { KnownCertificate, KnownList } from '../stores/known-certificate.ts';

/** `not-expected`: something came, and it is neither a list nor a certificate, whichever was to come. */
export type FetchFailure = FetchCategory | 'not-expected';

export interface DueFetch {
  readonly urlKey: string;
  readonly url: string;
  readonly kind: 'issuer' | 'list';
  /** In a row. */
  readonly failures: number;
}

export interface FetchingPort {
  /** Wanted by somebody and due; taken for a while, so that no other node does the same. */
  claimDueFetches(now: Date, limit: number, leaseSeconds: number): Promise<readonly DueFetch[]>;
  /**
   * In one transaction: what came goes to everybody who wished for it, with its source; their certificates are checked
   * again; the journal is written where something is new or begins to fail.
   */
  recordFetch(result: {
    readonly fetch: DueFetch;
    readonly now: Date;
    readonly nextAt: Date;
    readonly durationMs: number;
    readonly outcome:
      | {
          readonly kind: 'fetched';
          readonly certificates: readonly KnownCertificate[];
          readonly lists: readonly KnownList[];
        }
      | { readonly kind: 'failed'; readonly category: FetchFailure };
  }): Promise<void>;
}
