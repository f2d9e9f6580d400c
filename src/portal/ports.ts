import type { DenialReason } from '../access/decide.ts';
import type { AccountId, ApplicationId, DecisionId, SessionId, TokenHash } from '../kernel/brand.ts';

/** Where somebody wanted to go when an application sent them here, as the gate sealed it into the address. */
export interface EntryRequest {
  readonly applicationId: ApplicationId;
  readonly returnPath: string;
  readonly bindingHash: TokenHash;
}

export interface EntryTokenReader {
  /** Undefined: not sealed by our gate, or too old. */
  open(token: string, now: Date): EntryRequest | undefined;
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
  /**
   * A code of 30 s for one entry request; the request itself goes on to hold, so that the back button works.
   * @throws {ProblemError} `hand-over-invalid` where the session has ended
   */
  createHandOver(input: {
    readonly codeHash: TokenHash;
    readonly sessionId: SessionId;
    readonly applicationId: ApplicationId;
    readonly bindingHash: TokenHash;
    readonly returnPath: string;
    readonly now: Date;
    readonly expiresAt: Date;
  }): Promise<void>;
  /** The applications that a live session was handed over to, the one entered last first. */
  listEntered(sessionId: SessionId): Promise<readonly ApplicationId[]>;
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
