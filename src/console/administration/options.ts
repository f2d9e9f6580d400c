import type { PasswordChange } from '../../accounts/change-password.ts';
import type { PasswordHasher } from '../../accounts/password-hash.ts';
import type { AccountPort } from '../../accounts/ports.ts';
import type { EnrolmentPort } from '../../enrolment/ports.ts';
import type { AccountAdministrationPort, CertificateAdministrationPort } from './ports.ts';

export interface AdministrationOptions {
  readonly port: AccountAdministrationPort;
  readonly certificates: CertificateAdministrationPort;
  readonly accounts: Pick<AccountPort, 'createAccount' | 'findAccount' | 'findPasswordHash'>;
  readonly enrolment: Pick<EnrolmentPort, 'revokeCertificate' | 'allowDownload' | 'listIssuers'>;
  readonly hasher: PasswordHasher;
  readonly passwords: Pick<PasswordChange, 'changeOwn'>;
  /** How long nothing is issued to a changed number. */
  readonly holdSeconds: number;
  readonly channels: { readonly sms: boolean; readonly email: boolean };
  /** A message was queued: the delivery need not wait. */
  readonly onMessageQueued: () => void;
}
