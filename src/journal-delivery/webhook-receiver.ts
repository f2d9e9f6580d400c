import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Clock } from '../kernel/clock.ts';
import type { SentEvent } from './present-entry.ts';
import { categoryOf, type DeliveryResult, type Receiver } from './receiver.ts';

export interface WebhookConfig {
  readonly name: string;
  readonly url: URL;
  /** Signs every body. */
  readonly secret: string;
  /** The value of the field `Authorization`, where the receiver wants one besides. */
  readonly authorization: string | undefined;
  /** PEM of the authorities that the receiver's certificate may come from; those of Node by default. */
  readonly authoritiesPem: string | undefined;
}

const RETRY_AFTER_MAX_SECONDS = 3_600;

/**
 * `propusk-signature: t=<Unix time>,v1=<HMAC-SHA-256 in hexadecimal of "<t>.<body>">`. With the time inside a body that
 * somebody has overheard is of no use later.
 */
export function signBody(secret: string, at: Date, body: string): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${mac}`;
}

/** POST of JSON lines. Every 2xx says that all of them were taken; redirects are not followed. */
export function createWebhookReceiver(config: WebhookConfig, clock: Clock): Receiver {
  const { name, url, secret, authorization, authoritiesPem } = config;
  return {
    name,
    deliver(events: readonly SentEvent[], signal) {
      const body = events.map(({ json }) => `${json}\n`).join('');
      const headers: Record<string, string | number> = {
        'content-type': 'application/jsonl; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Propusk',
        'propusk-signature': signBody(secret, clock.now(), body),
        'propusk-first-sequence': events[0]?.entry.sequence ?? 0,
        'propusk-last-sequence': events.at(-1)?.entry.sequence ?? 0,
        ...(authorization !== undefined && { authorization }),
      };
      return exchange(url, { method: 'POST', headers, ca: authoritiesPem, agent: false, signal }, body);
    },
    async check(signal) {
      const found = await exchange(url, { method: 'HEAD', ca: authoritiesPem, agent: false, signal }, '');
      // Whatever it says to that: it answers.
      return found.kind === 'failed' && ['refused', 'server-error', 'too-large'].includes(found.category)
        ? { kind: 'delivered' }
        : found;
    },
  };
}

function exchange(url: URL, options: https.RequestOptions, body: string): Promise<DeliveryResult> {
  return new Promise((resolve) => {
    let isSent = false;
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      // The whole answer: some write the events down only after its head.
      response.resume();
      response.once('end', () => resolve(judge(response)));
      response.once('error', (error) => fail(error));
    });
    const fail = (error: unknown) => {
      const category = options.signal?.aborted ? 'timeout' : categoryOf(error);
      resolve({ kind: 'failed', category: isSent && category === 'unreachable' ? 'cut' : category });
    };
    request.once('error', fail);
    request.once('finish', () => {
      isSent = true;
    });
    request.end(body);
  });
}

function judge({ statusCode = 0, headers }: http.IncomingMessage): DeliveryResult {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'delivered' };
  if (statusCode === 413) return { kind: 'failed', category: 'too-large' };
  if (statusCode === 429 || statusCode >= 500 || statusCode === 408) {
    const seconds = Number(headers['retry-after']);
    return {
      kind: 'failed',
      category: 'server-error',
      ...(seconds > 0 && { retryAfterSeconds: Math.min(seconds, RETRY_AFTER_MAX_SECONDS) }),
    };
  }
  return { kind: 'failed', category: 'refused' };
}
