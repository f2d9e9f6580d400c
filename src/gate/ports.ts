import type { DenialReason } from '../access/decide.ts';
import type { AccountFact, CurrentFact } from '../access/facts.ts';
import type { CookieScope } from '../http/cookie-scope.ts';
import type {
  AccessCertificateId,
  AccountId,
  ApplicationId,
  DecisionId,
  SerialNumber,
  SessionId,
  Sha256Fingerprint,
  TokenHash,
} from '../kernel/brand.ts';
import type { Login } from '../kernel/login.ts';

/** One read per request: the session behind an application's token, its account and the account's current certificate. */
export interface Entry {
  readonly sessionId: SessionId;
  readonly accountId: AccountId;
  readonly login: Login;
  readonly displayName: string;
  readonly account: AccountFact;
  readonly current: CurrentFact;
  readonly currentCertificateId: AccessCertificateId | undefined;
  readonly lastSeenAt: Date;
}

/** What is told of a presented certificate on the refusal page; never used to decide. */
export interface PresentedSummary {
  readonly sha256Fingerprint: Sha256Fingerprint;
  /** The subject's common name, cut to 64 characters. */
  readonly subject: string;
  readonly serialNumber: SerialNumber;
  readonly notBefore: Date;
}

export type MaybePromise<T> = T | Promise<T>;

/** What the gate needs of the database. */
export interface GatePort {
  /**
   * Uncached, on the data path of every request. SQLite answers synchronously. Undefined: no such token for this
   * application, or the session ended, was idle too long or is too old.
   */
  readEntry(tokenHash: TokenHash, applicationId: ApplicationId, now: Date): MaybePromise<Entry | undefined>;
  /** Moves the idle limit on; the gate calls it when `lastSeenAt` is older than a minute. */
  touchSession(sessionId: SessionId, now: Date): Promise<void>;

  /** Single use: redeems a code for a new token of this application. Undefined: unknown, used, too old, other browser. */
  redeemHandOver(input: {
    readonly codeHash: TokenHash;
    readonly bindingHash: TokenHash;
    readonly applicationId: ApplicationId;
    readonly newTokenHash: TokenHash;
    readonly now: Date;
  }): Promise<
    { readonly sessionId: SessionId; readonly accountId: AccountId; readonly returnPath: string } | undefined
  >;
  /** Single use. Undefined: unknown, used or too old. */
  redeemChooseAgain(input: {
    readonly tokenHash: TokenHash;
    readonly applicationId: ApplicationId;
    readonly now: Date;
  }): Promise<
    { readonly sessionId: SessionId; readonly accountId: AccountId; readonly createdAt: Date } | undefined
  >;

  /** Where the application sets a cookie; known ones cost a reading only. With `limit` of them it changes nothing. */
  rememberCookie(input: {
    readonly applicationId: ApplicationId;
    readonly scope: CookieScope;
    readonly limit: number;
    readonly now: Date;
  }): Promise<void>;
  /** All that were remembered, by whichever process. */
  listCookies(applicationId: ApplicationId): Promise<readonly CookieScope[]>;

  /** Once per session, application and certificate; a repeated one changes nothing. Also sets `firstPresentedAt`. */
  recordPermit(input: {
    readonly entry: Entry;
    readonly applicationId: ApplicationId;
    readonly address: string;
    readonly now: Date;
  }): Promise<void>;
  /** Always recorded for signed-in people. */
  recordRefusal(input: {
    readonly entry: Entry;
    readonly applicationId: ApplicationId;
    readonly reason: DenialReason;
    readonly presented: PresentedSummary | undefined;
    /** The address first asked for, where the request was a navigation. */
    readonly returnPath: string | undefined;
    readonly address: string;
    readonly now: Date;
  }): Promise<DecisionId>;
  /** Before sign-in: counted, one event per application and minute. */
  recordBeforeSignIn(applicationId: ApplicationId, count: number, now: Date): Promise<void>;

  /**
   * Calls back after a change that can turn a permit into a refusal (revoked, replaced, blocked, session ended), from
   * whichever process: at most 250 ms later on SQLite, 1 s on PostgreSQL. Returns the call that ends the subscription.
   */
  subscribeToChanges(onChange: () => void): () => void;
}
