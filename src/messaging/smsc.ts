import { type JsonValue, readAnswerPath } from './answer-path.ts';
import { askGateway } from './ask-gateway.ts';
import { checkGatewayUrl } from './gateway-url.ts';
import type { SmsMessage, SmsResult, SmsTransport } from './sms-transport.ts';

/** An account at SMSC.ru. */
export interface SmscConfig {
  /** Of its JSON interface; the second is asked where the first one cannot be reached. */
  readonly urls: readonly [string, ...string[]];
  readonly credentials:
    | { readonly kind: 'key'; readonly key: string }
    | { readonly kind: 'login'; readonly login: string; readonly password: string };
  /** A name that SMSC has approved; without it the account's own default. */
  readonly sender: string | undefined;
  /** For each host. */
  readonly timeoutMs: number;
}

/** https://smsc.ru/api/http/ : `error_code`. What is not here is not documented. */
const FAILURES: Readonly<Record<number, SmsResult>> = {
  // Wrong parameters.
  1: { kind: 'rejected-permanently', category: 'gateway-refused' },
  // Wrong login, password or key: an administrator can put it right while the message waits.
  2: { kind: 'failed-temporarily', category: 'credentials' },
  3: { kind: 'failed-temporarily', category: 'balance' },
  // Our address is blocked for a while, because of too many mistakes.
  4: { kind: 'failed-temporarily', category: 'gateway-refused' },
  // Wrong date; none is sent.
  5: { kind: 'rejected-permanently', category: 'gateway-refused' },
  // The text or the sender's name is forbidden.
  6: { kind: 'rejected-permanently', category: 'gateway-refused' },
  // Not a number.
  7: { kind: 'rejected-permanently', category: 'number-refused' },
  // Cannot be delivered to this number.
  8: { kind: 'rejected-permanently', category: 'number-refused' },
  // The same request more than once in a minute, or too many at once.
  9: { kind: 'failed-temporarily', category: 'gateway-refused' },
};

/**
 * SMSC.ru through its JSON interface. Key and text travel in the body of a POST, never in an address. Success is the
 * message's id in the answer: the status is 200 for errors too.
 *
 * The spare host is asked only where no connection came about. After anything else the first host may have the message
 * already, and SMSC knows no idempotency key: a second copy would be paid for and confuse; the next attempt is the
 * outbox's.
 *
 * @throws {ProblemError} `configuration-invalid`
 */
export function createSmscTransport(config: SmscConfig): SmsTransport {
  checkSmscConfig(config);
  const { urls, timeoutMs } = config;
  return {
    async send(message, signal) {
      const body = JSON.stringify(buildRequest(config, message));
      let result: SmsResult = { kind: 'failed-temporarily', category: 'unreachable' };
      for (const url of urls) {
        const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' });
        const asked = await askGateway(url, { method: 'POST', headers, body }, { signal, timeoutMs });
        if (asked.kind === 'answered') return judge(asked.status, asked.answer);
        result = { kind: 'failed-temporarily', category: asked.category };
        if (asked.maybeSent) return result;
      }
      return result;
    },
  };
}

/** Refuses what cannot work or is not safe. @throws {ProblemError} `configuration-invalid` */
export function checkSmscConfig({ urls }: SmscConfig): void {
  for (const url of urls) checkGatewayUrl(url);
}

function buildRequest({ credentials, sender }: SmscConfig, { to, text }: SmsMessage) {
  return {
    ...(credentials.kind === 'key'
      ? { apikey: credentials.key }
      : { login: credentials.login, psw: credentials.password }),
    phones: to.slice(1),
    mes: text,
    ...(sender === undefined ? {} : { sender }),
    charset: 'utf-8',
    fmt: 3,
  };
}

function judge(status: number, answer: JsonValue | undefined): SmsResult {
  if (answer === undefined) {
    return { kind: 'failed-temporarily', category: status === 200 ? 'answer-not-understood' : 'http-status' };
  }
  const code = readAnswerPath(answer, ['error_code']);
  if (code !== undefined) {
    return FAILURES[Number(code)] ?? { kind: 'failed-temporarily', category: 'gateway-refused' };
  }
  if (readAnswerPath(answer, ['error']) !== undefined) {
    return { kind: 'failed-temporarily', category: 'gateway-refused' };
  }
  const id = readAnswerPath(answer, ['id']);
  if (status !== 200 || (typeof id !== 'number' && typeof id !== 'string')) {
    return { kind: 'failed-temporarily', category: status === 200 ? 'answer-not-understood' : 'http-status' };
  }
  return { kind: 'accepted', gatewayId: String(id) };
}
