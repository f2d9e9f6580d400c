import type { AccountId, EmailAddress } from '../kernel/brand.ts';
import type { Login } from '../kernel/login.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { OutgoingMail, OutgoingSms } from '../messaging/ports.ts';

/** Kinds of things that end and whose owners are reminded. A new kind gets its query in `store/reminders`. */
export const EXPIRING_KINDS = ['access-certificate', 'workspace-certificate'] as const;
export type ExpiringKind = (typeof EXPIRING_KINDS)[number];

/** Something that ends soon, and whom to tell. */
export interface ExpiringThing {
  readonly kind: ExpiringKind;
  readonly id: string;
  readonly accountId: AccountId;
  /** Where somebody else issued it: its notBefore. */
  readonly issuedAt: Date;
  readonly notAfter: Date;
  readonly owner: {
    readonly login: Login;
    readonly locale: 'ru' | 'en';
    readonly phone: PhoneNumber | undefined;
    readonly email: EmailAddress | undefined;
  };
}

/** What the pages show of something that ends. */
export interface Notice {
  readonly kind: ExpiringKind;
  readonly id: string;
  readonly notAfter: Date;
  readonly createdAt: Date;
  readonly isRead: boolean;
}

/** What reminding needs of the database. */
export interface ReminderPort {
  /**
   * Things whose end lies after `after` and not after `through` and for which nothing was recorded at this threshold:
   * of active accounts, and of their kind what still counts (no replaced, revoked or suspended certificate). By id.
   */
  listDue(query: {
    readonly kind: ExpiringKind;
    readonly thresholdDays: number;
    readonly after: Date;
    readonly through: Date;
    /** The id of the last one of the page before. */
    readonly afterId: string | undefined;
    readonly limit: number;
  }): Promise<readonly ExpiringThing[]>;
  /**
   * One transaction: the threshold is recorded once and for ever, greater ones that were not are recorded as passed
   * over, the messages are queued, the notice for the pages is made, the journal is written.
   *
   * @returns `already` where another node was first, `not-any-more` where the thing has been replaced, revoked, or its
   *   account blocked since; nothing is changed then
   * @throws {ProblemError} `message-limit`
   */
  recordReminder(input: {
    readonly thing: Pick<ExpiringThing, 'kind' | 'id' | 'accountId' | 'notAfter'>;
    readonly thresholdDays: number;
    /** The greater ones. */
    readonly passedDays: readonly number[];
    readonly messages: readonly (OutgoingMail | OutgoingSms)[];
    readonly now: Date;
  }): Promise<'recorded' | 'already' | 'not-any-more'>;
}

/** For pages and menus: one read by key, made for being asked often. */
export interface NoticePort {
  /** What ends soon and still counts, the nearest end first. */
  listNotices(accountId: AccountId, now: Date): Promise<readonly Notice[]>;
}
