import type { CheckState } from '../stores/ports.ts';
import type { CheckReason, Fix } from './reasons.ts';

/** What was found out about a certificate; kept as JSON beside its state. */
export interface StatusDetail {
  readonly reason: CheckReason | undefined;
  /** Whose fault it is: a certificate of the chain, which may be the certificate itself. */
  readonly culprit: { readonly sha256: string; readonly name: string } | undefined;
  /** What the sentence needs: instants as ISO 8601. */
  readonly facts: {
    readonly at?: string;
    readonly issuer?: string;
    readonly algorithm?: string;
    readonly revocationReason?: string;
    readonly url?: string;
    readonly category?: string;
    /** The engine's code with its clause, for specialists. */
    readonly rule?: string;
    /** It is the certificate for signing in, which is replaced here. */
    readonly isAccess?: boolean;
  };
  /** From the root, or as far as it reaches, to the certificate itself. */
  readonly chain: readonly ChainLevel[];
  readonly fixes: readonly Fix[];
  /** Of the revocation lists that were used or are too old. */
  readonly lists: readonly {
    readonly issuer: string;
    readonly sha256: string;
    readonly thisUpdate: string;
    readonly nextUpdate: string | undefined;
  }[];
  /** What is named in the certificates and is not http. */
  readonly skippedUrls: readonly string[];
}

export interface ChainLevel {
  readonly sha256: string;
  readonly name: string;
  readonly notAfter: string;
  readonly isTrusted: boolean;
  readonly state: 'valid' | 'unknown' | 'invalid';
  readonly reason: CheckReason | undefined;
}

export interface Judgement {
  readonly state: CheckState;
  readonly detail: StatusDetail;
  /** When it may be different, with nothing else changed. */
  readonly dueAt: Date;
}
