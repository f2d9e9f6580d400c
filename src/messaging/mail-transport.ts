import type { EmailAddress } from '../kernel/brand.ts';

export interface MailMessage {
  readonly to: EmailAddress;
  /** One line. */
  readonly subject: string;
  /** Plain text, lines divided by `\n`. */
  readonly text: string;
  /** The same for every attempt at one message: it becomes the Message-ID, by which mail programs tell a second copy. */
  readonly id: string;
  /** When the message was queued; its Date. */
  readonly at: Date;
}

/**
 * Why a mail server did not take a message. All that leaves a transport: never the server's words, which may quote the
 * message.
 */
export const MAIL_FAILURE_CATEGORIES = [
  /** No connection: name, address, or cut before the answer. */
  'unreachable',
  /** Connected or not, no whole answer in time. */
  'timeout',
  /** TLS is not offered where it has to be, or the server's certificate is not trusted. */
  'tls',
  /** The server does not accept our user and password. */
  'credentials',
  /** The server does not take mail for this address. */
  'address-refused',
  /** The server does not take mail from our sender address. */
  'sender-refused',
  /** The server asks to come again later (4xx): greylisting, a full mailbox. */
  'server-deferred',
  /** The server does not take the message (5xx), for another reason. */
  'server-refused',
] as const;
export type MailFailureCategory = (typeof MAIL_FAILURE_CATEGORIES)[number];

export type MailResult =
  /** The server has the message; whether it reached the mailbox is not known. */
  | { readonly kind: 'accepted' }
  /** Another attempt would end alike. */
  | { readonly kind: 'rejected-permanently'; readonly category: MailFailureCategory }
  | { readonly kind: 'failed-temporarily'; readonly category: MailFailureCategory };

/** The way to one mail server. */
export interface MailTransport {
  /**
   * Makes one attempt. Every failure of the server is a result; it throws only for faults of this program.
   *
   * @param signal ends the attempt, which is then reported as `timeout`
   */
  send(message: MailMessage, signal: AbortSignal): Promise<MailResult>;
  /** Connects, secures and signs in, and sends nothing. */
  check(signal: AbortSignal): Promise<MailResult>;
}
