import type { JsonValue } from './answer-path.ts';
import { AnswerTooLargeError, readBoundedText } from './bounded-answer.ts';
import type { SmsFailureCategory } from './sms-transport.ts';

const ANSWER_LIMIT_BYTES = 64 * 1024;

export type GatewayAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Undefined: not JSON. */
      readonly answer: JsonValue | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly category: SmsFailureCategory;
      /** Whether the gateway may have got the request all the same. */
      readonly maybeSent: boolean;
    };

/** Of Node and undici, before a connection was there. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** One request to a gateway, whose answer is read whole and within bounds. */
export async function askGateway(
  url: string,
  init: { readonly method: string; readonly headers: Headers; readonly body: string | URLSearchParams },
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<GatewayAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...init,
      // Not followed: the message would go to an address that nobody configured. A 3xx is a failure like others.
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await readBoundedText(response, ANSWER_LIMIT_BYTES);
    return { kind: 'answered', status: response.status, answer: parseJson(text) };
  } catch (error) {
    if (error instanceof AnswerTooLargeError) {
      return { kind: 'failed', category: 'answer-not-understood', maybeSent: true };
    }
    const category = signal.aborted || timeout.aborted ? 'timeout' : 'unreachable';
    return { kind: 'failed', category, maybeSent: !wasNotConnected(error) };
  }
}

/** fetch tells the reason as the cause; for a name with several addresses it holds one for each. */
function wasNotConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const reasons: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  return reasons.every(
    (reason) => reason instanceof Error && 'code' in reason && NOT_CONNECTED.has(String(reason.code)),
  );
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
