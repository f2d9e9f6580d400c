import { ProblemError } from '../kernel/problem.ts';
import { type AnswerPath, type JsonValue, parseAnswerPath } from './answer-path.ts';
import { checkGatewayUrl } from './gateway-url.ts';
import { isPlaceholder, listJsonTexts, listPlaceholders, PLACEHOLDERS } from './request-template.ts';
import type { SmsFailureCategory } from './sms-transport.ts';

/** One HTTP status, or a range with both ends included. */
export type StatusRange = number | { readonly from: number; readonly to: number };

/** A question to a JSON answer. `path` as {@link parseAnswerPath} reads it. */
export type AnswerTest =
  | { readonly path: string; readonly exists: boolean }
  | { readonly path: string; readonly equals: string | number | boolean | null };

/** A way for a gateway to say no that is worth telling apart. Every given part has to match. */
export interface FailureRule {
  readonly statuses?: readonly StatusRange[];
  readonly answer?: AnswerTest;
  readonly category: SmsFailureCategory;
  /** `permanent`: another attempt would end alike, for example for a number that does not exist. */
  readonly outcome: 'permanent' | 'temporary';
}

/** The body of the request: JSON with placeholders in its strings, or the fields of a form. */
export type BodyTemplate =
  | { readonly format: 'json'; readonly template: JsonValue }
  | { readonly format: 'form'; readonly fields: Readonly<Record<string, string>> };

/**
 * A gateway with an HTTP interface, described and not programmed. Placeholders: `{phone}` (+79031234567),
 * `{phoneDigits}` (79031234567), `{text}`, `{id}` (the same for every attempt at one message).
 */
export interface GenericHttpSmsConfig {
  readonly method: 'POST' | 'PUT';
  /** `https:`, or `http:` to this machine. May hold `{phone}`, `{phoneDigits}`, `{id}`; never `{text}`: addresses get logged. */
  readonly url: string;
  /** Secrets stand here as they are. `{id}` is filled in, for gateways with an `Idempotency-Key`; nothing else is. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: BodyTemplate;
  /** Both parts have to hold: many gateways answer 200 and put the error into the body. */
  readonly success: { readonly statuses: readonly StatusRange[]; readonly answer?: AnswerTest };
  /** Looked at before `success`; the first that matches decides. */
  readonly failures?: readonly FailureRule[];
  /** Where the gateway's own id of the message stands in the answer. */
  readonly gatewayIdPath?: string;
  /** For the whole exchange. 10 000 by default. */
  readonly timeoutMs?: number;
}

/** Refuses a description that cannot work or is not safe, at start and not at the first message. */
export function checkGenericHttpConfig(config: GenericHttpSmsConfig): void {
  const inUrl = checkUrl(config.url);
  const bodyTexts =
    config.body.format === 'json' ? listJsonTexts(config.body.template) : Object.values(config.body.fields);
  const inBody = bodyTexts.flatMap(listPlaceholders);
  // A header is not filled in beyond {id}, and a key may hold braces: unknown words are looked for elsewhere only.
  const unknown = [...inUrl, ...inBody].find((name) => !isPlaceholder(name));
  if (unknown !== undefined) {
    throw invalid(
      `unknown placeholder {${unknown}}; known are ${PLACEHOLDERS.map((p) => `{${p}}`).join(' ')}`,
    );
  }
  if (!inBody.includes('text')) throw invalid('body: {text} stands nowhere in it');
  if (![...inUrl, ...inBody].some((name) => name === 'phone' || name === 'phoneDigits')) {
    throw invalid('body: neither {phone} nor {phoneDigits} stands in it or in the url');
  }
  checkRanges('success.statuses', config.success.statuses);
  if (config.success.answer) getAnswerPath(config.success.answer.path);
  for (const rule of config.failures ?? []) {
    if (!rule.statuses && !rule.answer) throw invalid('failures: a rule needs statuses, answer or both');
    if (rule.statuses) checkRanges('failures.statuses', rule.statuses);
    if (rule.answer) getAnswerPath(rule.answer.path);
  }
  if (config.gatewayIdPath !== undefined) getAnswerPath(config.gatewayIdPath);
}

/** @throws {ProblemError} `configuration-invalid` when it is no path */
export function getAnswerPath(path: string): AnswerPath {
  const parsed = parseAnswerPath(path);
  if (!parsed) {
    throw invalid(
      `"${path}" is no path into an answer; write at most eight names or indexes with dots, like data.0.id`,
    );
  }
  return parsed;
}

function checkUrl(template: string): string[] {
  checkGatewayUrl(template);
  const names = listPlaceholders(template);
  if (names.includes('text'))
    throw invalid('url: {text} may stand in the body only, because addresses get logged');
  return names;
}

function checkRanges(option: string, ranges: readonly StatusRange[]): void {
  if (ranges.length === 0) throw invalid(`${option}: name at least one status`);
  for (const range of ranges) {
    const { from, to } = typeof range === 'number' ? { from: range, to: range } : range;
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 100 || to > 599 || from > to) {
      throw invalid(`${option}: ${from} to ${to} is no range of statuses between 100 and 599`);
    }
  }
}

function invalid(detail: string): ProblemError {
  return new ProblemError('configuration-invalid', { detail: `SMS gateway, ${detail}` });
}
