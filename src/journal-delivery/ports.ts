import type { Actor, AuditEvent } from '../kernel/audit-event.ts';
import type { DeliveryFailure } from './receiver.ts';

/** An event with what the journal itself names by id only, as it is called at this moment. */
export interface JournalEntry {
  readonly sequence: number;
  readonly at: Date;
  readonly actor: Actor;
  readonly event: AuditEvent;
  /** Undefined: no account did it, or it is gone. */
  readonly actorLogin: string | undefined;
  /** Whom it is about. */
  readonly accountLogin: string | undefined;
  /** Where the browser was, as far as that is known still. */
  readonly address: string | undefined;
}

/** This node is at a receiver, and nobody else is, until the lease is over. */
export interface ReceiverClaim {
  readonly receiver: string;
  /** The last event that the receiver has. */
  readonly sequence: number;
  readonly leaseUntil: Date;
}

export interface ReceiverState {
  readonly receiver: string;
  /** Events that it has not got yet. */
  readonly behind: number;
  /** When the oldest of them happened; undefined: it has got everything. */
  readonly behindSince: Date | undefined;
  readonly deliveredAt: Date | undefined;
  /** Of the last attempt, where it failed. */
  readonly failure: { readonly category: DeliveryFailure; readonly at: Date } | undefined;
}

/** What the delivery of the journal needs of the database. The journal itself says nothing about it: it would never end. */
export interface JournalDeliveryPort {
  /**
   * Remembers new receivers, each from the place where it begins, and forgets those that are not there any more.
   * Events that a remembered receiver has not got are not cut off the journal.
   */
  keepReceivers(
    receivers: readonly { readonly name: string; readonly begin: 'oldest' | 'now' }[],
  ): Promise<void>;
  /** Undefined: there is nothing for it, or another node is at it. */
  claimReceiver(receiver: string, leaseSeconds: number, now: Date): Promise<ReceiverClaim | undefined>;
  /** In order, without a gap. */
  listEntriesAfter(sequence: number, limit: number): Promise<readonly JournalEntry[]>;
  /** The receiver has everything through `sequence`; the claim ends. Nothing happens where the claim was lost meanwhile. */
  recordDelivered(claim: ReceiverClaim, sequence: number, now: Date): Promise<void>;
  /** The claim ends. */
  recordFailed(claim: ReceiverClaim, failure: DeliveryFailure, now: Date): Promise<void>;
  /** The claim ends without a word: the program ends. */
  releaseReceiver(claim: ReceiverClaim): Promise<void>;
  listReceiverStates(): Promise<readonly ReceiverState[]>;
}
