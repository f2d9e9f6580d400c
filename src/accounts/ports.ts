import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, EmailAddress, SessionId, TokenHash } from '../kernel/brand.ts';
import type { Login, LoginKey } from '../kernel/login.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { Account, Locale, Role } from './account.ts';

export interface NewAccount {
  readonly login: Login;
  readonly displayName: string;
  readonly phone: PhoneNumber | undefined;
  readonly email: EmailAddress | undefined;
  readonly role: Role;
  readonly locale: Locale;
  /** PHC string of argon2id. */
  readonly passwordHash: string;
  /** `own` by default. */
  readonly passwordState?: Account['passwordState'];
}

export interface AccountPage {
  readonly accounts: readonly Account[];
  /** Pass as `after` to get the next page; undefined on the last one. */
  readonly next: LoginKey | undefined;
}

/** What `accounts` needs of the database. Every change writes its audit event in the same transaction. */
export interface AccountPort {
  /** @throws {ProblemError} `account-exists` */
  createAccount(account: NewAccount, actor: Actor, now: Date): Promise<Account>;
  findAccountByLogin(key: LoginKey): Promise<Account | undefined>;
  findAccount(id: AccountId): Promise<Account | undefined>;
  /** In the order of the login keys. */
  listAccounts(query: {
    readonly limit: number;
    readonly after?: LoginKey;
    readonly status?: Account['status'];
    readonly role?: Role;
  }): Promise<AccountPage>;
  findPasswordHash(id: AccountId): Promise<string | undefined>;
  /**
   * Blocking ends every session of the account.
   * @throws {ProblemError} `account-not-found`; `last-administrator` where no active administrator would be left
   */
  setAccountStatus(id: AccountId, status: Account['status'], actor: Actor, now: Date): Promise<Account>;
  /** Of a password that somebody else hands over: to be changed at the next sign-in. Ends every session of the account. */
  setPasswordHash(id: AccountId, passwordHash: string, actor: Actor, now: Date): Promise<void>;
  /** By the owner: the password is their own from then on, every session but this one ends. */
  changeOwnPassword(input: {
    readonly id: AccountId;
    readonly passwordHash: string;
    readonly sessionId: SessionId;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<void>;
  /** Stores the hash again with today's parameters after a successful sign-in; ends nothing, no event. */
  refreshPasswordHash(id: AccountId, passwordHash: string): Promise<void>;
  /** The owner's own choice: no event. Nothing happens to an unknown account. */
  setLocale(id: AccountId, locale: Locale, now: Date): Promise<void>;
  setEmail(id: AccountId, email: EmailAddress | undefined, actor: Actor, now: Date): Promise<Account>;
}

export interface Session {
  readonly id: SessionId;
  readonly account: Account;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
}

/**
 * One session per sign-in. It has a token for the portal and one for every application it was handed over to;
 * tokens are stored as hashes. Ending the session makes all of them void.
 */
export interface SessionPort {
  startSession(input: {
    readonly accountId: AccountId;
    readonly portalTokenHash: TokenHash;
    readonly address: string;
    readonly userAgent: string;
    readonly now: Date;
    readonly idleSeconds: number;
    readonly absoluteSeconds: number;
  }): Promise<Session>;
  /** Undefined when unknown, ended, idle too long or too old. An account that is blocked still has its session here. */
  findPortalSession(tokenHash: TokenHash, now: Date): Promise<Session | undefined>;
  /** Moves the idle limit on; the store writes at most once a minute per session. */
  touchSession(id: SessionId, now: Date): Promise<void>;
  endSession(
    id: SessionId,
    why: 'signed-out' | 'ended-by-owner' | 'ended-by-administrator' | 'replaced',
    actor: Actor,
    now: Date,
  ): Promise<void>;
}

/** Counters of failed attempts in fixed windows. Keys hold no personal data beyond an account id or an address. */
export interface ThrottlePort {
  /** The attempts recorded under the key since `since`. */
  countAttempts(key: string, since: Date): Promise<number>;
  recordAttempt(key: string, now: Date): Promise<void>;
  clearAttempts(key: string): Promise<void>;
}

/** Failed sign-ins go to the journal aggregated: one event per account (or unknown login), address and minute. */
export interface SignInJournalPort {
  recordSignInFailure(input: {
    readonly accountId: AccountId | undefined;
    readonly address: string;
    readonly now: Date;
  }): Promise<void>;
}
