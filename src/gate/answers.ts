import { problemMessage } from '../http/problem-response.ts';
import type { Exchange } from './exchange.ts';

/** Answers that the gate gives itself, in the place of the application. */
export function sendProblem(exchange: Exchange, error: unknown, extraHeaders: readonly string[] = []): void {
  const { status, headers, body } = problemMessage(error);
  const lower = headers.map((text, index) => (index % 2 === 0 ? text.toLowerCase() : text));
  exchange.respond(status, [...lower, ...extraHeaders]);
  exchange.end(body);
}

const STRICT_TRANSPORT = ['strict-transport-security', 'max-age=31536000'] as const;

/**
 * With the redirect, by which every visit begins, the browser learns to come over https only. What the application
 * itself says about that comes with each of its answers, later, and holds.
 */
export function sendRedirect(
  exchange: Exchange,
  location: string,
  extraHeaders: readonly string[] = [],
): void {
  exchange.respond(303, [
    'location',
    location,
    'cache-control',
    'no-store',
    'content-length',
    '0',
    ...(exchange.connection.strictTransport ? STRICT_TRANSPORT : []),
    ...extraHeaders,
  ]);
  exchange.end();
}

/** A refused body of at most this is read to its end, so that the answer arrives and the connection lives on. */
const DRAINED_BODY_BYTES = 1_048_576;

/** For HTTP/1: what becomes of a body that nobody wants. HTTP/2 resets the stream alone. */
export function abandonBody(
  exchange: Exchange,
  fields: { readonly contentLength: string | undefined; readonly transferEncoding: string | undefined },
): void {
  if (exchange.version === '2') return;
  const small = Number(fields.contentLength ?? '0') <= DRAINED_BODY_BYTES;
  if (fields.transferEncoding !== undefined || !small || exchange.expectsContinue) {
    exchange.closeConnectionAfter('framing');
  }
}
