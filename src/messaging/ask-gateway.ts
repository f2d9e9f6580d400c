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
  | { readonly kind: 'failed'; readonly category: SmsFailureCategory };

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
    if (error instanceof AnswerTooLargeError) return { kind: 'failed', category: 'answer-not-understood' };
    return { kind: 'failed', category: signal.aborted || timeout.aborted ? 'timeout' : 'unreachable' };
  }
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
