import type { DenialReason } from '../../access/decide.ts';
import type { Actor } from '../../kernel/audit-event.ts';
import type { AccountId, ApplicationId, SerialNumber, SessionId } from '../../kernel/brand.ts';

export interface OwnSession {
  readonly id: SessionId;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  /** The earlier of its two limits. */
  readonly endsAt: Date;
  readonly address: string;
  readonly userAgent: string;
  /** Of the last permit in it. */
  readonly certificate:
    | { readonly serialNumber: SerialNumber; readonly issuedAt: Date; readonly notAfter: Date }
    | undefined;
  /** That it holds a token of. */
  readonly applicationIds: readonly ApplicationId[];
}

export type OwnHistoryEvent =
  | { readonly kind: 'signed-in'; readonly at: Date; readonly address: string; readonly userAgent: string }
  | { readonly kind: 'sign-in-failed'; readonly at: Date; readonly address: string; readonly count: number }
  | {
      readonly kind: 'refused';
      readonly at: Date;
      readonly address: string;
      readonly reason: DenialReason;
      readonly applicationId: ApplicationId;
    };

/** A person's own sessions; nobody else's can be reached through it. */
export interface OwnSessionPort {
  /** Live ones, the last seen first. */
  listOwnSessions(accountId: AccountId, now: Date): Promise<readonly OwnSession[]>;
  /** `missing`: there is none of this person's. One that is over already is `ended` as well. */
  endOwnSession(input: {
    readonly accountId: AccountId;
    readonly sessionId: SessionId;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<'ended' | 'missing'>;
  /** Returns how many were ended. */
  endOtherSessions(input: {
    readonly accountId: AccountId;
    readonly exceptSessionId: SessionId;
    readonly actor: Actor;
    readonly now: Date;
  }): Promise<number>;
  /** Of each kind at most `limit`, all newest first. Sign-ins are as old as the sessions that are kept. */
  listOwnHistory(accountId: AccountId, limit: number): Promise<readonly OwnHistoryEvent[]>;
}
