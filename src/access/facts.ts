import type { Sha256Fingerprint } from '../kernel/brand.ts';

/** Everything that entry depends on, as plain values. The time is a fact too: the rules read no clock. */
export interface AccessFacts {
  readonly now: Date;
  /** The session that the request carries; `none` also for an ended or expired one. */
  readonly session: SessionFact;
  /** What the TLS connection itself shows; `none` also when it could not be read. */
  readonly presented: PresentedFact;
}

export type SessionFact =
  | { readonly kind: 'none' }
  | { readonly kind: 'signed-in'; readonly account: AccountFact; readonly current: CurrentFact };

export interface AccountFact {
  readonly status: 'active' | 'blocked';
}

/** The newest certificate issued to the account. `none` after an administrator allowed a new download. */
export type CurrentFact =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'issued';
      readonly sha256Fingerprint: Sha256Fingerprint;
      readonly status: 'active' | 'suspended' | 'revoked';
      readonly notBefore: Date;
      readonly notAfter: Date;
    };

/** Decided only by the SHA-256 of the presented DER: never by subject, serial number or issuer. */
export type PresentedFact =
  | { readonly kind: 'none' }
  | { readonly kind: 'certificate'; readonly sha256Fingerprint: Sha256Fingerprint };
