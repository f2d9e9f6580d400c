import type { AccessCertificateId, AccountId, EmailAddress } from '../kernel/brand.ts';
import type { Login } from '../kernel/login.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';

export const ROLES = ['user', 'operator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const LOCALES = ['ru', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** A person's account, without anything secret. */
export interface Account {
  readonly id: AccountId;
  readonly login: Login;
  readonly displayName: string;
  readonly phone: PhoneNumber | undefined;
  readonly email: EmailAddress | undefined;
  readonly role: Role;
  readonly status: 'active' | 'blocked';
  readonly locale: Locale;
  /** False: `locale` is what the account was made with. */
  readonly localeChosen: boolean;
  /** `first`: handed over by somebody else; nothing opens with it before it is changed. */
  readonly passwordState: 'own' | 'first';
  /** The number was changed: nothing is issued to it before this instant. Undefined: at once. */
  readonly phoneHeldUntil: Date | undefined;
  /** The newest certificate issued to the account; undefined after a new download was allowed. */
  readonly currentCertificateId: AccessCertificateId | undefined;
  readonly createdAt: Date;
  /** Grows with every change: whoever edits hands back the revision they saw. */
  readonly revision: number;
}
