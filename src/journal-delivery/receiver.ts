import type { SentEvent } from './present-entry.ts';

/** Why a receiver did not take events. All that leaves a transport: nothing of the receiver's own words. */
export const DELIVERY_FAILURES = [
  /** No connection: name, address, port. */
  'unreachable',
  /** Connected or not, nothing that says the events were taken in time. */
  'timeout',
  /** No TLS, or a certificate that is not trusted. */
  'tls',
  /** The connection broke before everything was read. */
  'cut',
  /** The receiver says that this is wrong (HTTP 4xx): address, secret, authorization. */
  'refused',
  /** The receiver asks for less at once (HTTP 413). */
  'too-large',
  /** The receiver has a fault, or asks to come again later (HTTP 429, 5xx). */
  'server-error',
] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];

export type DeliveryResult =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly category: DeliveryFailure; readonly retryAfterSeconds?: number };

/** The way to one receiver. */
export interface Receiver {
  /** Under which its place in the journal is kept. */
  readonly name: string;
  /**
   * Hands over some events, in order. Every failure of the receiver is a result; it throws only for faults of this
   * program.
   *
   * @param signal ends the attempt, which is then reported as `timeout`
   */
  deliver(events: readonly SentEvent[], signal: AbortSignal): Promise<DeliveryResult>;
  /** Connects, secures, and sends nothing. */
  check(signal: AbortSignal): Promise<DeliveryResult>;
}

/** What Node says of a connection that failed before anything was sent. */
export function categoryOf(error: unknown): DeliveryFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO)/.test(code)
  ) {
    return 'tls';
  }
  return code === 'ECONNRESET' || code === 'EPIPE' ? 'cut' : 'unreachable';
}
