import { createHmac } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Login, loginKey, parseLogin } from '../kernel/login.ts';
import { ProblemError } from '../kernel/problem.ts';
import { hashToken, makeToken, type Random } from '../kernel/random.ts';
import type { Account } from './account.ts';
import type { Standing } from './hash-queue.ts';
import { networkOf } from './network-of.ts';
import type { PasswordHasher } from './password-hash.ts';
import { isPasswordTooLong, normalisePassword } from './password-policy.ts';
import type { AccountPort, Session, SessionPort, SignInJournalPort, ThrottlePort } from './ports.ts';
import { createThrottle, type ThrottleWindow } from './throttle.ts';

export interface SignInLimits {
  /** Failed attempts at one account: the wait grows, and half an hour is the longest. */
  readonly account: readonly ThrottleWindow[];
  /** Failed attempts from one address; high, because a whole office sits behind one. */
  readonly address: readonly ThrottleWindow[];
}

export const DEFAULT_SIGN_IN_LIMITS: SignInLimits = {
  account: [
    { seconds: 60, attempts: 5 },
    { seconds: 300, attempts: 10 },
    { seconds: 1800, attempts: 20 },
  ],
  address: [
    { seconds: 60, attempts: 60 },
    { seconds: 3600, attempts: 600 },
  ],
};

export interface SessionLimits {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}

/** A working day and a bit without a request; two weeks altogether. */
export const DEFAULT_SESSION_LIMITS: SessionLimits = { idleSeconds: 12 * 3600, absoluteSeconds: 14 * 86_400 };

export interface SignInDependencies {
  readonly accounts: AccountPort;
  readonly sessions: SessionPort;
  readonly throttle: ThrottlePort;
  readonly journal: SignInJournalPort;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits?: SignInLimits;
  readonly sessionLimits?: SessionLimits;
  /** Of the instance, the same on every node: under it the logins that do not exist are counted. */
  readonly secret: Uint8Array;
}

export interface SignInInput {
  readonly login: string;
  readonly password: string;
  /** Of the client. */
  readonly address: string;
  readonly userAgent: string;
  /**
   * A random name of this browser that has signed in to this very account before, as the caller checked; undefined for
   * a browser that has not. It has its own count: strangers who fail at the account do not keep its owner out.
   */
  readonly knownBrowser?: ((account: Account) => string | undefined) | undefined;
}

export interface SignedIn {
  /** The new token of the portal; only its hash is stored. */
  readonly token: string;
  readonly session: Session;
}

/**
 * Signs in by login and password. A blocked account signs in too: the gate lets it nowhere, and its owner is told.
 *
 * @throws {ProblemError} `sign-in-failed` for an unknown login and a wrong password alike, after the same work;
 *   `throttled` with `retryAfterSeconds`
 */
export type SignIn = (input: SignInInput) => Promise<SignedIn>;

const USER_AGENT_MAX_CHARACTERS = 256;

export function createSignIn(dependencies: SignInDependencies): SignIn {
  const { accounts, sessions, throttle: port, journal, hasher, clock, random, logger } = dependencies;
  const { limits = DEFAULT_SIGN_IN_LIMITS, sessionLimits = DEFAULT_SESSION_LIMITS } = dependencies;
  const throttle = createThrottle({ port, clock });

  async function findAccount(written: string): Promise<Account | undefined> {
    const login = findLogin(written);
    return login === undefined ? undefined : await accounts.findAccountByLogin(loginKey(login));
  }

  /** Undefined: wrong. */
  async function check(
    account: Account | undefined,
    password: string,
    standing: Standing,
  ): Promise<Account | undefined> {
    const passwordHash = account === undefined ? undefined : await accounts.findPasswordHash(account.id);
    const verdict = await hasher.verifyPassword(password, passwordHash, standing);
    if (account === undefined || verdict === 'wrong') return undefined;
    if (verdict === 'right-rehash') {
      await accounts.refreshPasswordHash(account.id, await hasher.hashPassword(password));
    }
    return account;
  }

  return async ({ login, password, address, userAgent, knownBrowser }) => {
    const network = networkOf(address);
    const found = await findAccount(login);
    const browser = found === undefined ? undefined : knownBrowser?.(found);
    const accountKey =
      browser === undefined
        ? `sign-in/account/${found?.id ?? nameOfUnknown(login, dependencies.secret)}`
        : `sign-in/browser/${browser}`;
    const addressKey = `sign-in/address/${network}`;

    const attempt = async (): Promise<SignedIn> => {
      const normalised = normalisePassword(password);
      // Too long to be anybody's: no reason to hash it, and the bound says nothing about the account.
      const account = isPasswordTooLong(normalised)
        ? undefined
        : await check(found, normalised, browser === undefined ? 'stranger' : 'known');
      const now = clock.now();
      if (account === undefined) {
        await port.recordAttempt(accountKey, now);
        await port.recordAttempt(addressKey, now);
        await journal.recordSignInFailure({ accountId: found?.id, address, now });
        throw new ProblemError('sign-in-failed');
      }
      await port.clearAttempts(accountKey);
      const token = makeToken(random);
      const session = await sessions.startSession({
        accountId: account.id,
        portalTokenHash: hashToken(token),
        address,
        userAgent: userAgent.slice(0, USER_AGENT_MAX_CHARACTERS),
        now,
        ...sessionLimits,
      });
      return { token, session };
    };

    try {
      return await throttle.admit(accountKey, limits.account, () =>
        // A browser known to the account is no stranger in its network either.
        browser === undefined ? throttle.admit(addressKey, limits.address, attempt) : attempt(),
      );
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'throttled') {
        logger.warn({ accountId: found?.id, address }, 'a sign-in was refused: too many attempts');
      }
      throw error;
    }
  };
}

/** A login that cannot exist is an unknown one: the answer and its time are the same. */
function findLogin(written: string): Login | undefined {
  try {
    return parseLogin(written);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** Unknown logins are throttled like known ones. What people type there by mistake is often a password: only a keyed digest is kept. */
function nameOfUnknown(written: string, secret: Uint8Array): string {
  const folded = written.normalize('NFC').trim().toUpperCase().toLowerCase();
  return `unknown-${createHmac('sha256', secret).update(`unknown-login\0${folded}`).digest('hex').slice(0, 32)}`;
}
