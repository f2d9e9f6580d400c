import type { FetchCategory } from '../../fetching/fetch-error.ts';
import type { KnownCertificate, KnownList } from '../stores/known-certificate.ts';

/** Responders are asked apart, so that many questions hold up no list. */
export type FetchLane = 'contents' | 'questions';

/** `status`: a responder is asked about one certificate (OCSP). */
export type FetchKind = 'issuer' | 'list' | 'status';

/**
 * `not-expected`: something came, and it is neither a list nor a certificate, whichever was to come.
 * `responder-refused`: the responder answered that it does not answer.
 */
export type FetchFailure = FetchCategory | 'not-expected' | 'responder-refused';

export interface DueFetch {
  readonly urlKey: string;
  readonly url: string;
  readonly kind: FetchKind;
  /** In a row. */
  readonly failures: number;
}

export interface FetchingPort {
  /** Wanted by somebody and due; taken for a while, so that no other node does the same. */
  claimDueFetches(
    now: Date,
    lane: FetchLane,
    limit: number,
    leaseSeconds: number,
  ): Promise<readonly DueFetch[]>;
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
          /** Of a responder. */
          readonly answer: Uint8Array | undefined;
        }
      | { readonly kind: 'failed'; readonly category: FetchFailure };
  }): Promise<void>;
}
