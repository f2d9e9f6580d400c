import type { AccountId, OutboxMessageId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { SmsFailureCategory } from './sms-transport.ts';

/** A message that this node has taken for one attempt. */
export interface ClaimedMessage {
  readonly id: OutboxMessageId;
  readonly accountId: AccountId | undefined;
  readonly to: PhoneNumber;
  readonly text: string;
  /** Made already, not counting the one it was claimed for. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** Past it nobody waits for the message any more. */
  readonly expiresAt: Date;
}

/** Why a message was not delivered. `expired`: its time was over before an attempt could be made. */
export type DeliveryFailureCategory = SmsFailureCategory | 'expired';

/** Whose messages are counted. */
export type MessageScope =
  | { readonly kind: 'account'; readonly accountId: AccountId }
  | { readonly kind: 'number'; readonly phone: PhoneNumber }
  | { readonly kind: 'total' };

/** What the delivery of messages needs of the database. Each `record…` writes its audit event in the same transaction. */
export interface OutboxPort {
  /**
   * Takes up to `limit` messages whose next attempt is due and which nobody holds, oldest first, for `leaseSeconds`,
   * so that two nodes never send the same one at once. Expired messages are handed out too: the worker ends them.
   * A message whose lease ended without a record is due again.
   */
  claimDueMessages(now: Date, limit: number, leaseSeconds: number): Promise<readonly ClaimedMessage[]>;
  /** Final. Wipes the text. */
  recordDelivered(id: OutboxMessageId, gatewayId: string | undefined, now: Date): Promise<void>;
  /** Counts the attempt and gives the message back until `nextAttemptAt`. */
  recordRetry(
    id: OutboxMessageId,
    category: DeliveryFailureCategory,
    nextAttemptAt: Date,
    now: Date,
  ): Promise<void>;
  /** Final. Wipes the text. */
  recordFailed(id: OutboxMessageId, category: DeliveryFailureCategory, now: Date): Promise<void>;
  /** The messages queued at or after `since`, whatever became of them: delivered, waiting or failed. */
  countSentSince(scope: MessageScope, since: Date): Promise<number>;
}
