import type { DenialReason } from '../access/decide.ts';
import type { AccountId, ApplicationId, DecisionId, SessionId, TokenHash } from '../kernel/brand.ts';

export interface EntryRequest {
  readonly applicationId: ApplicationId;
  readonly returnPath: string;
}

export interface Refusal {
  readonly id: DecisionId;
  readonly at: Date;
  readonly applicationId: ApplicationId;
  readonly reason: DenialReason;
  readonly returnPath: string | undefined;
  readonly presented:
    | {
        readonly subject: string;
        readonly serialNumber: string;
        readonly notBefore: Date;
        readonly sha256Fingerprint: string;
      }
    | undefined;
}

/** What the portal needs of the database beside accounts, sessions and enrolment. */
export interface PortalPort {
  findEntryRequest(requestHash: TokenHash, now: Date): Promise<EntryRequest | undefined>;
  /** A code of 30 s for one entry request; the request itself stays, so that the back button works. */
  createHandOver(input: {
    readonly requestHash: TokenHash;
    readonly codeHash: TokenHash;
    readonly sessionId: SessionId;
    readonly now: Date;
    readonly expiresAt: Date;
  }): Promise<void>;
  /** Only the account's own; undefined otherwise. */
  findRefusal(id: DecisionId, accountId: AccountId): Promise<Refusal | undefined>;
  /** The newest refusal of this session, for a page opened without one in its address. */
  findLastRefusal(sessionId: SessionId): Promise<Refusal | undefined>;
  createChooseAgain(input: {
    readonly tokenHash: TokenHash;
    readonly sessionId: SessionId;
    readonly applicationId: ApplicationId;
    readonly now: Date;
    readonly expiresAt: Date;
  }): Promise<void>;
}
