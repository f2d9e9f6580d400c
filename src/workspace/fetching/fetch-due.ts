/** Issuers and revocation lists, from the addresses that certificates name (RFC 5280, 4.2.1.13 and 4.2.2.1). */
import { FetchError } from '../../fetching/fetch-error.ts';
import type { Fetcher } from '../../fetching/fetcher.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { questionOf, responderOf } from '../status/status-questions.ts';
import type { DueFetch, FetchFailure, FetchingPort, FetchKind, FetchLane } from './ports.ts';
import { type FetchedContent, readAnswer, readFetched } from './read-fetched.ts';

const AT_ONCE = 4;
/** Small ones. */
const ANSWERS_AT_ONCE = 8;
/** Longer than a fetch may take. */
const LEASE_SECONDS = 300;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ISSUER_MAX_BYTES = 1024 * 1024;
const ANSWER_LIMITS = { maxBytes: 256 * 1024, timeoutMs: 20_000, minBytesPerSecond: 0 };
/** After so long the failures of an address are tried daily. */
const BACK_OFF_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, DAY_MS];

export interface FetchDueOptions {
  readonly port: FetchingPort;
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly lane?: FetchLane;
}

/** One round; returns how many addresses were asked. */
export async function fetchDue(options: FetchDueOptions): Promise<number> {
  const { port, clock, lane = 'contents' } = options;
  const atOnce = lane === 'questions' ? ANSWERS_AT_ONCE : AT_ONCE;
  const page = await port.claimDueFetches(clock.now(), lane, atOnce, LEASE_SECONDS);
  await Promise.all(page.map((fetch) => fetchOne(fetch, options)));
  return page.length;
}

async function fetchOne(fetch: DueFetch, options: FetchDueOptions): Promise<void> {
  const { port, fetcher, clock, logger } = options;
  const started = performance.now();
  const result = await ask(fetch, fetcher);
  const now = clock.now();
  const durationMs = Math.round(performance.now() - started);
  if (result.kind === 'failed') {
    logger.info(
      { url: fetch.url, category: result.category, err: result.cause },
      'an address of a certificate gave nothing',
    );
    const wait = BACK_OFF_MS[Math.min(fetch.failures, BACK_OFF_MS.length - 1)] ?? DAY_MS;
    const nextAt = new Date(now.getTime() + wait * (1 + options.random() / 4));
    const outcome = { kind: 'failed', category: result.category } as const;
    await port.recordFetch({ fetch, now, nextAt, durationMs, outcome });
    return;
  }
  const { certificates, lists, answer } = result.content;
  await port.recordFetch({
    fetch,
    now,
    nextAt: nextAt(fetch.kind, result.content, now),
    durationMs,
    outcome: { kind: 'fetched', certificates, lists, answer: answer?.der },
  });
}

type Asked =
  | { readonly kind: 'content'; readonly content: FetchedContent }
  | { readonly kind: 'failed'; readonly category: FetchFailure; readonly cause: unknown };

async function ask({ url, kind }: DueFetch, fetcher: Fetcher): Promise<Asked> {
  try {
    if (kind === 'status') return await askResponder(url, fetcher);
    const limits = kind === 'issuer' ? { maxBytes: ISSUER_MAX_BYTES, timeoutMs: 30_000 } : {};
    const { body } = await fetcher.fetch({ url, limits });
    const content = await readFetched(body, kind);
    if (content) return { kind: 'content', content };
    return { kind: 'failed', category: 'not-expected', cause: undefined };
  } catch (cause) {
    if (cause instanceof FetchError) return { kind: 'failed', category: cause.category, cause };
    if (cause instanceof ProblemError) return { kind: 'failed', category: 'not-expected', cause };
    throw cause;
  }
}

/** RFC 6960, A.1: by POST, which every responder knows. */
async function askResponder(url: string, fetcher: Fetcher): Promise<Asked> {
  const { body } = await fetcher.fetch({
    url: responderOf(url),
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
    body: questionOf(url),
    limits: ANSWER_LIMITS,
  });
  const content = readAnswer(body);
  return content
    ? { kind: 'content', content }
    : { kind: 'failed', category: 'responder-refused', cause: undefined };
}

/** Before it expires, when nine tenths of its time are over; not more often than each quarter of an hour. */
function nextAt(kind: FetchKind, { lists, answer }: FetchedContent, now: Date): Date {
  if (kind === 'issuer') return new Date(now.getTime() + 30 * DAY_MS);
  // RFC 6960, 2.4: without a date there is always a newer answer.
  if (answer && answer.nextUpdate === undefined) return new Date(now.getTime() + HOUR_MS);
  const ends = [answer, ...lists].flatMap((each) => (each?.nextUpdate ? [each.nextUpdate.getTime()] : []));
  const left = Math.min(DAY_MS, ...ends.map((end) => (end - now.getTime()) * 0.9));
  return new Date(now.getTime() + Math.max(left, 15 * MINUTE_MS));
}
