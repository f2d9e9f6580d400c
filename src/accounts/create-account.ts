import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, EmailAddress } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { parseLogin } from '../kernel/login.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { Random } from '../kernel/random.ts';
import type { Account, Locale, Role } from './account.ts';
import { makeFirstPassword } from './make-first-password.ts';
import type { PasswordHasher } from './password-hash.ts';
import { checkNewPassword } from './password-policy.ts';
import type { AccountPort } from './ports.ts';

export interface AccountInput {
  readonly login: string;
  readonly displayName: string;
  readonly phone?: PhoneNumber | undefined;
  readonly email?: EmailAddress | undefined;
  readonly role?: Role;
  readonly locale?: Locale;
  readonly passwordState?: Account['passwordState'];
  /** Without it one is made up and returned. */
  readonly password?: string | undefined;
}

export interface AccountDependencies {
  readonly accounts: AccountPort;
  readonly hasher: PasswordHasher;
  readonly random: Random;
  readonly clock: Clock;
}

/**
 * @returns the account and its first password, which is shown once and stored nowhere
 * @throws {ProblemError} `login-invalid`, `password-invalid`, `account-exists`
 */
export async function createAccount(
  {
    accounts,
    hasher,
    random,
    clock,
  }: Omit<AccountDependencies, 'accounts'> & { readonly accounts: Pick<AccountPort, 'createAccount'> },
  input: AccountInput,
  actor: Actor,
): Promise<{ readonly account: Account; readonly password: string }> {
  const login = parseLogin(input.login);
  const password = checkNewPassword(input.password ?? makeFirstPassword(random), login);
  const passwordHash = await hasher.hashPassword(password);
  const account = await accounts.createAccount(
    {
      login,
      displayName: input.displayName.normalize('NFC').trim() || login,
      phone: input.phone,
      email: input.email,
      role: input.role ?? 'user',
      locale: input.locale ?? 'ru',
      passwordHash,
      passwordState: input.passwordState ?? 'own',
    },
    actor,
    clock.now(),
  );
  return { account, password };
}

/**
 * Sets another password, which its owner has to change at the next sign-in; every session of the account ends.
 *
 * @returns the password, which is shown once and stored nowhere
 * @throws {ProblemError} `account-not-found`, `password-invalid`
 */
export async function setPassword(
  { accounts, hasher, random, clock }: AccountDependencies,
  account: Pick<Account, 'id' | 'login'>,
  actor: Actor,
  wanted?: string,
): Promise<string> {
  const password = checkNewPassword(wanted ?? makeFirstPassword(random), account.login);
  await accounts.setPasswordHash(
    account.id satisfies AccountId,
    await hasher.hashPassword(password),
    actor,
    clock.now(),
  );
  return password;
}
