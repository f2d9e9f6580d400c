import type { Locale, Role } from '../accounts/account.ts';
import type { AccountId, SerialNumber, Sha256Fingerprint } from '../kernel/brand.ts';

/** What a request's rights depend on besides the gate's permit; read anew for each. */
export interface ActorFacts {
  readonly role: Role;
  readonly status: 'active' | 'blocked';
  readonly locale: Locale;
  /** False: `locale` is what the account was made with. */
  readonly localeChosen: boolean;
}

export interface OwnCertificate {
  readonly serialNumber: SerialNumber;
  readonly sha256Fingerprint: Sha256Fingerprint;
  readonly notAfter: Date;
}

export interface Preference {
  readonly name: string;
  /** JSON. */
  readonly value: string;
}

/** What every part of the console needs of the database; each section has a port of its own beside this one. */
export interface ConsolePort {
  findActorFacts(accountId: AccountId): Promise<ActorFacts | undefined>;
  /** The account's current certificate. */
  findOwnCertificate(accountId: AccountId): Promise<OwnCertificate | undefined>;
  /** In the order of their names. */
  listPreferences(accountId: AccountId): Promise<readonly Preference[]>;
  /**
   * Undefined forgets it.
   * @throws {ProblemError} `request-too-large` where the account would have more than `limit` of them
   */
  storePreference(input: {
    readonly accountId: AccountId;
    readonly name: string;
    readonly value: string | undefined;
    readonly limit: number;
    readonly now: Date;
  }): Promise<void>;
}
