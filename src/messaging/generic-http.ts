import { type JsonValue, parseAnswerPath, readAnswerPath } from './answer-path.ts';
import { askGateway } from './ask-gateway.ts';
import {
  type AnswerTest,
  checkGenericHttpConfig,
  type FailureRule,
  type GenericHttpSmsConfig,
  getAnswerPath,
  type StatusRange,
} from './generic-http-config.ts';
import { fillJson, fillUrl, type PlaceholderValues, placeholderValues } from './request-template.ts';
import type { SmsFailureCategory, SmsResult, SmsTransport } from './sms-transport.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const GATEWAY_ID_MAX_CHARACTERS = 128;

/**
 * A transport for every gateway that can be described by {@link GenericHttpSmsConfig}.
 *
 * @throws {ProblemError} `configuration-invalid` with the option and what is wrong with it
 */
export function createGenericHttpTransport(config: GenericHttpSmsConfig): SmsTransport {
  checkGenericHttpConfig(config);
  return {
    async send(message, signal) {
      const { url, init } = buildRequest(config, placeholderValues(message));
      const asked = await askGateway(url, init, {
        signal,
        timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      });
      return asked.kind === 'failed' ? temporary(asked.category) : judge(config, asked.status, asked.answer);
    },
  };
}

function buildRequest(config: GenericHttpSmsConfig, values: PlaceholderValues) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(config.headers ?? {})) {
    // replaceAll with a function: a `$&` in a value is no pattern.
    headers.set(
      name,
      value.replaceAll('{id}', () => values.id),
    );
  }
  let body: string | URLSearchParams;
  if (config.body.format === 'json') {
    headers.set('content-type', 'application/json; charset=utf-8');
    body = JSON.stringify(fillJson(config.body.template, values));
  } else {
    // fetch sets the content type of URLSearchParams itself, charset included.
    const fields = fillJson(config.body.fields, values) as Record<string, string>;
    body = new URLSearchParams(fields);
  }
  return { url: fillUrl(config.url, values), init: { method: config.method, headers, body } };
}

/** `undefined` is an answer that is not JSON. */
function judge(config: GenericHttpSmsConfig, status: number, answer: JsonValue | undefined): SmsResult {
  const rule = config.failures?.find((candidate) => matches(candidate, status, answer));
  if (rule) {
    return rule.outcome === 'permanent' ? permanent(rule.category) : temporary(rule.category);
  }
  if (!includesStatus(config.success.statuses, status)) return judgeStatus(status);
  if (config.success.answer) {
    if (answer === undefined) return temporary('answer-not-understood');
    if (!passes(config.success.answer, answer)) return temporary('gateway-refused');
  }
  const gatewayId = readGatewayId(config.gatewayIdPath, answer);
  return gatewayId === undefined ? { kind: 'accepted' } : { kind: 'accepted', gatewayId };
}

/** What a status says by itself (RFC 9110, section 15), where no rule of the configuration knows better. */
function judgeStatus(status: number): SmsResult {
  switch (status) {
    case 401:
    case 403:
      // Temporary, because an administrator can put the key right while the message waits.
      return temporary('credentials');
    case 402:
      return temporary('balance');
    case 400:
    case 413:
    case 422:
      // The gateway read this very request and does not want it; it will be the same next time.
      return permanent('http-status');
    default:
      return temporary('http-status');
  }
}

function matches(rule: FailureRule, status: number, answer: JsonValue | undefined): boolean {
  if (rule.statuses && !includesStatus(rule.statuses, status)) return false;
  return !rule.answer || (answer !== undefined && passes(rule.answer, answer));
}

function passes(test: AnswerTest, answer: JsonValue): boolean {
  const value = readAnswerPath(answer, getAnswerPath(test.path));
  return 'equals' in test ? value === test.equals : (value !== undefined) === test.exists;
}

function includesStatus(ranges: readonly StatusRange[], status: number): boolean {
  return ranges.some((range) =>
    typeof range === 'number' ? range === status : range.from <= status && status <= range.to,
  );
}

/** Kept for asking the gateway about the message later; what is no short plain text is not an id. */
function readGatewayId(path: string | undefined, answer: JsonValue | undefined): string | undefined {
  const steps = path === undefined ? undefined : parseAnswerPath(path);
  if (!steps || answer === undefined) return undefined;
  const value = readAnswerPath(answer, steps);
  if (typeof value === 'number') return String(value);
  const plain =
    typeof value === 'string' && value.length <= GATEWAY_ID_MAX_CHARACTERS && /^[\x21-\x7e]+$/.test(value);
  return plain ? value : undefined;
}

function temporary(category: SmsFailureCategory): SmsResult {
  return { kind: 'failed-temporarily', category };
}

function permanent(category: SmsFailureCategory): SmsResult {
  return { kind: 'rejected-permanently', category };
}
