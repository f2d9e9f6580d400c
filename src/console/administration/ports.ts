import type { Account, Role } from '../../accounts/account.ts';
import type { AccessCertificate } from '../../enrolment/ports.ts';
import type { Actor } from '../../kernel/audit-event.ts';
import type { AccessCertificateId, AccountId, EmailAddress } from '../../kernel/brand.ts';
import type { Login, LoginKey } from '../../kernel/login.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import type { OutgoingMail, OutgoingSms } from '../../messaging/ports.ts';

/** Of an account: what its current certificate is. */
export const CERTIFICATE_STATES = ['none', 'active', 'expired', 'suspended', 'revoked'] as const;
export type CertificateStateFilter = (typeof CERTIFICATE_STATES)[number];

export interface AccountFilter {
  /** Inside of login, name, telephone or e-mail; small letters. */
  readonly search?: string | undefined;
  readonly certificate?: CertificateStateFilter | undefined;
  /** An active certificate ends within so many days. */
  readonly expiresWithinDays?: number | undefined;
  readonly signedIn?: 'never' | undefined;
  readonly status?: Account['status'] | undefined;
  readonly role?: Role | undefined;
}

export interface AccountListRow {
  readonly account: Account;
  readonly signedInAt: Date | undefined;
  readonly certificate: Pick<AccessCertificate, 'id' | 'status' | 'notAfter' | 'serialNumber'> | undefined;
}

export interface AccountDetails extends AccountListRow {
  readonly sessions: number;
  readonly phoneChangedBy: AccountId | undefined;
  /** The present number was never changed by administration: undefined. */
  readonly phoneChangedAt: Date | undefined;
  readonly hasPassword: boolean;
}

interface Edit {
  readonly id: AccountId;
  /** What whoever edits has seen. */
  readonly revision: number;
  readonly actor: Actor & { readonly kind: 'account' };
  readonly now: Date;
}

export interface AccountChange {
  readonly displayName: string;
  readonly phone: PhoneNumber | undefined;
  readonly email: EmailAddress | undefined;
  readonly role: Role;
}

export interface ImportRow {
  readonly login: Login;
  readonly displayName: string;
  readonly phone: PhoneNumber | undefined;
  readonly email: EmailAddress | undefined;
}

/**
 * What the administration of accounts needs of the database. Every change compares the revision, looks at both roles once
 * more, and writes its audit event, all in one transaction.
 *
 * Every change throws {ProblemError} `account-not-found`, `revision-changed`, `role-required`, `own-account`.
 */
export interface AccountAdministrationPort {
  countAccounts(filter: AccountFilter, now: Date): Promise<number>;
  listAccounts(query: {
    readonly filter: AccountFilter;
    readonly sort: 'login' | 'created';
    readonly direction: 'ascending' | 'descending';
    readonly offset: number;
    readonly limit: number;
    readonly now: Date;
  }): Promise<readonly AccountListRow[]>;
  /** By login key, for exports. */
  listAccountsAfter(after: LoginKey | undefined, limit: number): Promise<readonly AccountListRow[]>;
  findAccountDetails(id: AccountId, now: Date): Promise<AccountDetails | undefined>;
  /** Of these logins, those that exist. */
  findLogins(keys: readonly LoginKey[]): Promise<ReadonlySet<LoginKey>>;
  /**
   * A changed number is held for `holdSeconds`; `notices` tells its former owner in the same transaction.
   * @throws {ProblemError} `second-person-required`, `last-administrator`
   */
  editAccount(
    edit: Edit & {
      readonly change: AccountChange;
      readonly holdSeconds: number;
      readonly notices: (before: Account) => readonly (OutgoingMail | OutgoingSms)[];
    },
  ): Promise<Account>;
  /**
   * On the machine itself: held and told like an edit in the console. Any administrator may confirm it.
   * @throws {ProblemError} `account-not-found` only
   */
  changePhone(change: {
    readonly id: AccountId;
    readonly phone: PhoneNumber | undefined;
    readonly actor: Actor;
    readonly now: Date;
    readonly holdSeconds: number;
    readonly notices: (before: Account) => readonly (OutgoingMail | OutgoingSms)[];
  }): Promise<Account>;
  /** @throws {ProblemError} `last-administrator` */
  setStatus(edit: Edit & { readonly status: Account['status'] }): Promise<Account>;
  /**
   * A first password; every session ends.
   * @throws {ProblemError} `second-person-required`; `message-limit`
   */
  resetPassword(
    edit: Edit & {
      readonly passwordHash: string;
      readonly holdSeconds: number;
      readonly message: OutgoingSms | undefined;
    },
  ): Promise<Account>;
  /** @throws {ProblemError} `phone-not-held`; `second-person-required` for the one who changed it */
  confirmPhone(edit: Edit): Promise<Account>;
  /** One transaction. Existing logins are left as they are. */
  importAccounts(
    rows: readonly ImportRow[],
    actor: Actor,
    now: Date,
  ): Promise<readonly ('created' | 'exists')[]>;
  recordExport(actor: Actor, now: Date): Promise<void>;
}

export interface CertificateFilter {
  readonly search?: string | undefined;
  readonly state?: 'active' | 'expired' | 'superseded' | 'suspended' | 'revoked' | undefined;
  readonly expiresWithinDays?: number | undefined;
}

export interface CertificateRow {
  readonly certificate: AccessCertificate;
  readonly owner: Pick<Account, 'id' | 'login' | 'displayName' | 'role' | 'status' | 'currentCertificateId'>;
  /** Sessions of the owner that are live in an application: their connections close with the certificate. */
  readonly sessions: number;
}

export interface CertificateAdministrationPort {
  countCertificates(filter: CertificateFilter, now: Date): Promise<number>;
  listCertificates(query: {
    readonly filter: CertificateFilter;
    readonly offset: number;
    readonly limit: number;
    readonly now: Date;
  }): Promise<readonly CertificateRow[]>;
  findCertificates(ids: readonly AccessCertificateId[], now: Date): Promise<readonly CertificateRow[]>;
  /** Takes a certificate off hold. @throws {ProblemError} `certificate-state`, `certificate-not-found` */
  resumeCertificate(input: {
    readonly certificateId: AccessCertificateId;
    readonly comment: string | undefined;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<void>;
}
