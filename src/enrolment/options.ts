import type { AccountPort } from '../accounts/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import { DEFAULT_MESSAGE_LIMITS, type MessageLimits } from '../messaging/message-limits.ts';
import type { MessageCounts } from '../messaging/ports.ts';
import type { KeyAlgorithm } from '../pki/x509/key-pair.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import type { EnrolmentPort } from './ports.ts';

export interface EnrolmentOptions {
  readonly validityDays: number;
  /** How long the same file can be downloaded again; then its key is wiped. */
  readonly keySeconds: number;
  /** How long the password of the file can be sent again; then it is wiped. */
  readonly passwordSeconds: number;
  /** Between two messages with the same password. */
  readonly resendSeconds: number;
  readonly keyAlgorithm: KeyAlgorithm;
  /** IANA name or an offset like `+03:00`: whose date a certificate, its file and its message carry. The server's by default. */
  readonly timeZone: string | undefined;
  readonly messageLimits: MessageLimits;
  /** `none`: nobody can be sent a password, so certificates are issued on the command line only. */
  readonly passwordDelivery: 'sms' | 'none';
  /** Whether the owner is told by e-mail too of what was done in their name. */
  readonly mail: 'smtp' | 'none';
  /** How the product is called in messages. */
  readonly productName: string;
}

export const DEFAULT_ENROLMENT_OPTIONS: EnrolmentOptions = {
  validityDays: 365,
  keySeconds: 600,
  passwordSeconds: 86_400,
  resendSeconds: 60,
  keyAlgorithm: 'p-256',
  timeZone: undefined,
  messageLimits: DEFAULT_MESSAGE_LIMITS,
  passwordDelivery: 'sms',
  mail: 'none',
  productName: 'Propusk',
};

/** In the order in which they are passed. */
export const ISSUANCE_STEPS = ['key-made', 'prepared', 'intended', 'signed', 'recorded'] as const;
export type IssuanceStep = (typeof ISSUANCE_STEPS)[number];

export interface EnrolmentDependencies {
  readonly port: EnrolmentPort;
  readonly accounts: Pick<AccountPort, 'findAccount'>;
  readonly outbox: MessageCounts;
  readonly authority: CertificateAuthority;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly options: EnrolmentOptions;
  /** Called when a message was queued: the delivery need not wait for its next look. */
  readonly onMessageQueued?: () => void;
  /** Called after each step of issuing; tests end the process here. */
  readonly onStep?: (step: IssuanceStep) => void;
}

export function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
