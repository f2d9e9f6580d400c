import type { Actor } from '../kernel/audit-event.ts';
import type { SessionId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { Account } from './account.ts';
import type { PasswordHasher } from './password-hash.ts';
import { checkNewPassword, isPasswordTooLong, normalisePassword } from './password-policy.ts';
import type { AccountPort, ThrottlePort } from './ports.ts';
import { createThrottle, type ThrottleWindow } from './throttle.ts';

interface Change {
  readonly account: Pick<Account, 'id' | 'login' | 'passwordState'>;
  /** Goes on; all other sessions end. */
  readonly sessionId: SessionId;
  readonly actor: Actor;
  readonly wanted: string;
}

export interface PasswordChange {
  /**
   * In place of one that somebody else handed over. Whoever asks has just signed in with it.
   *
   * @throws {ProblemError} `password-wrong` where the password is the owner's own already; `password-invalid`
   */
  changeFirst(change: Change): Promise<void>;
  /** @throws {ProblemError} `password-wrong`, `password-invalid`; `throttled` with `retryAfterSeconds` */
  changeOwn(change: Change & { readonly current: string }): Promise<void>;
}

const WINDOWS: readonly ThrottleWindow[] = [
  { seconds: 60, attempts: 5 },
  { seconds: 3_600, attempts: 20 },
];

export function createPasswordChange(dependencies: {
  readonly accounts: Pick<AccountPort, 'findPasswordHash' | 'changeOwnPassword'>;
  readonly hasher: PasswordHasher;
  readonly throttle: ThrottlePort;
  readonly clock: Clock;
}): PasswordChange {
  const { accounts, hasher, throttle: port, clock } = dependencies;
  const throttle = createThrottle({ port, clock });

  async function isPresent(account: Change['account'], written: string): Promise<boolean> {
    const password = normalisePassword(written);
    if (isPasswordTooLong(password)) return false;
    const stored = await accounts.findPasswordHash(account.id);
    return (await hasher.verifyPassword(password, stored, 'known')) !== 'wrong';
  }

  async function store({ account, sessionId, actor, wanted }: Change): Promise<void> {
    const password = checkNewPassword(wanted, account.login);
    if (await isPresent(account, password)) {
      throw new ProblemError('password-invalid', { detail: 'it is not the present one' });
    }
    const passwordHash = await hasher.hashPassword(password);
    await accounts.changeOwnPassword({ id: account.id, passwordHash, sessionId, actor, now: clock.now() });
  }

  return {
    async changeFirst(change) {
      if (change.account.passwordState !== 'first') throw new ProblemError('password-wrong');
      await store(change);
    },
    async changeOwn({ current, ...change }) {
      const key = `password/account/${change.account.id}`;
      await throttle.admit(key, WINDOWS, async () => {
        if (await isPresent(change.account, current)) return;
        await port.recordAttempt(key, clock.now());
        throw new ProblemError('password-wrong');
      });
      await store(change);
      await port.clearAttempts(key);
    },
  };
}
