import type { AccountId, EmailAddress, OutboxMessageId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { MailFailureCategory } from './mail-transport.ts';
import type { SmsFailureCategory } from './sms-transport.ts';

/** The ways out of the one outbox. */
export const CHANNELS = ['sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

interface Claim {
  readonly id: OutboxMessageId;
  readonly accountId: AccountId | undefined;
  /** Made already, not counting the one it was claimed for. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** Past it nobody waits for the message any more. */
  readonly expiresAt: Date;
}

/** A message that this node has taken for one attempt. */
export type ClaimedMessage =
  | (Claim & { readonly channel: 'sms'; readonly to: PhoneNumber; readonly text: string })
  | (Claim & {
      readonly channel: 'email';
      readonly to: EmailAddress;
      readonly subject: string;
      readonly text: string;
    });

/** Why a message was not delivered. `expired`: its time was over before an attempt could be made. */
export type DeliveryFailureCategory = SmsFailureCategory | MailFailureCategory | 'expired';

/** Whose SMS are counted. */
export type MessageScope =
  | { readonly kind: 'account'; readonly accountId: AccountId }
  | { readonly kind: 'number'; readonly phone: PhoneNumber }
  | { readonly kind: 'total' };

/** Counts of what was queued. */
export interface MessageCounts {
  /** The SMS queued at or after `since`, whatever became of them: delivered, waiting or failed. */
  countSentSince(scope: MessageScope, since: Date): Promise<number>;
}

/**
 * The question whether one more SMS is within the limits, asked inside the transaction that queues it: the counts are
 * those of that transaction, and nobody else queues between the question and the message.
 *
 * @throws {ProblemError} `message-limit`, which undoes the transaction
 */
export type AdmitMessage = (counts: MessageCounts) => Promise<void>;

/** An SMS to be queued. Passwords and codes go this way alone. */
export interface OutgoingSms {
  readonly channel: 'sms';
  readonly to: PhoneNumber;
  readonly text: string;
  /** Past it the message is given up. */
  readonly expiresAt: Date;
  /** `always`: nobody may keep it from being sent by using up the limits. */
  readonly admit: AdmitMessage | 'always';
}

/** An e-mail to be queued. It passes through servers of others and stays in mailboxes: no password, no code. */
export interface OutgoingMail {
  readonly channel: 'email';
  readonly to: EmailAddress;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** Past it the message is given up. */
  readonly expiresAt: Date;
}

/** What the delivery of messages needs of the database. Each `record…` writes its audit event in the same transaction. */
export interface OutboxPort extends MessageCounts {
  /**
   * Takes up to `limit` messages of these channels whose next attempt is due and which nobody holds, oldest first, for
   * `leaseSeconds`, so that two nodes never send the same one at once. Expired messages are handed out too: the worker
   * ends them. A message whose lease ended without a record is due again.
   */
  claimDueMessages(
    now: Date,
    limit: number,
    leaseSeconds: number,
    channels?: readonly Channel[],
  ): Promise<readonly ClaimedMessage[]>;
  /** Final. Wipes the text. */
  recordDelivered(id: OutboxMessageId, gatewayId: string | undefined, now: Date): Promise<void>;
  /**
   * Counts the attempt and gives the message back until `nextAttemptAt`. In the journal the failed attempts of a minute
   * are one line for each channel and category: when a gateway is down for a day, its own lines would bury the rest, and
   * how often a message was tried stands in the line about its end.
   */
  recordRetry(
    id: OutboxMessageId,
    category: DeliveryFailureCategory,
    nextAttemptAt: Date,
    now: Date,
  ): Promise<void>;
  /** Final. Wipes the text. */
  recordFailed(id: OutboxMessageId, category: DeliveryFailureCategory, now: Date): Promise<void>;
}
