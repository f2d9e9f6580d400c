import type { Account } from '../../accounts/account.ts';
import type { AccessCertificateId, AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import type { OutgoingMail, OutgoingSms } from '../../messaging/ports.ts';

/** An account whose password may be recovered by whoever has both its certificate and its telephone. */
export interface RecoverableAccount {
  readonly account: Account & { readonly phone: PhoneNumber };
  readonly certificateId: AccessCertificateId;
  /** The present one, or what stands for none. */
  readonly passwordHash: string;
}

/** What the recovery of passwords needs of the database. */
export interface RecoveryPort {
  /**
   * The owner of a certificate that is the account's current one, active, and within its time; who is not blocked, has a
   * telephone, and whose number does not wait after a change. Undefined otherwise.
   */
  findRecoverable(fingerprint: Sha256Fingerprint, now: Date): Promise<RecoverableAccount | undefined>;
  /** @throws {ProblemError} `phone-held`, `certificate-state`, `message-limit` */
  queueRecoveryCode(accountId: AccountId, message: OutgoingSms, now: Date): Promise<void>;
  recordWrongRecoveryCode(accountId: AccountId, now: Date): Promise<void>;
  /**
   * The password is the owner's own; every session ends. All that {@link findRecoverable} asks is asked once more, and
   * that the password is still the one that was forgotten.
   *
   * @throws {ProblemError} `recovery-not-possible`
   */
  recoverPassword(input: {
    readonly found: RecoverableAccount;
    readonly fingerprint: Sha256Fingerprint;
    readonly passwordHash: string;
    readonly notices: readonly (OutgoingMail | OutgoingSms)[];
    readonly now: Date;
  }): Promise<void>;
}
