import type { PhoneNumber } from '../kernel/phone-number.ts';

export interface SmsMessage {
  readonly to: PhoneNumber;
  /** May hold a password: never log it, never put it into an address or an error. */
  readonly text: string;
  /** The same for every attempt at one message, so that a gateway that knows it sends the message once. */
  readonly idempotencyKey: string;
}

/**
 * Why a gateway did not take a message. All that leaves a transport: never the gateway's answer, which may quote
 * the text, and never what was sent.
 */
export const SMS_FAILURE_CATEGORIES = [
  /** No connection: name, address, TLS, or cut before the answer. */
  'unreachable',
  /** Connected or not, no whole answer in time. */
  'timeout',
  /** A status that is no success and says nothing more exact. */
  'http-status',
  /** The answer is too large, not JSON, or without the field that was asked for. */
  'answer-not-understood',
  /** The gateway does not accept our key or password. */
  'credentials',
  /** The gateway does not send to this number. */
  'number-refused',
  /** No money left at the gateway. */
  'balance',
  /** The gateway says no, for a reason that the configuration does not name. */
  'gateway-refused',
] as const;
export type SmsFailureCategory = (typeof SMS_FAILURE_CATEGORIES)[number];

export type SmsResult =
  /** The gateway has the message; whether the telephone got it is not known. */
  | { readonly kind: 'accepted'; readonly gatewayId?: string }
  /** Another attempt would end alike. */
  | { readonly kind: 'rejected-permanently'; readonly category: SmsFailureCategory }
  | { readonly kind: 'failed-temporarily'; readonly category: SmsFailureCategory };

/** The way to one gateway. */
export interface SmsTransport {
  /**
   * Makes one attempt. Every failure of the gateway is a result; it throws only for faults of this program.
   *
   * @param signal ends the attempt, which is then reported as `timeout`
   */
  send(message: SmsMessage, signal: AbortSignal): Promise<SmsResult>;
}
