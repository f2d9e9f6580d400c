/** Issuers and revocation lists, from the addresses that certificates name (RFC 5280, 4.2.1.13 and 4.2.2.1). */
import { FetchError } from '../../fetching/fetch-error.ts';
import type { Fetcher } from '../../fetching/fetcher.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { DueFetch, FetchFailure, FetchingPort } from './ports.ts';
import { type FetchedContent, readFetched } from './read-fetched.ts';

const AT_ONCE = 4;
/** Longer than a fetch may take. */
const LEASE_SECONDS = 300;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ISSUER_MAX_BYTES = 1024 * 1024;
/** After so long the failures of an address are tried daily. */
const BACK_OFF_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, DAY_MS];

export interface FetchDueOptions {
  readonly port: FetchingPort;
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** One round; returns how many addresses were asked. */
export async function fetchDue(options: FetchDueOptions): Promise<number> {
  const { port, clock } = options;
  const page = await port.claimDueFetches(clock.now(), AT_ONCE, LEASE_SECONDS);
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
  const { certificates, lists } = result.content;
  const nextAt = fetch.kind === 'issuer' ? new Date(now.getTime() + 30 * DAY_MS) : nextListAt(lists, now);
  await port.recordFetch({
    fetch,
    now,
    nextAt,
    durationMs,
    outcome: { kind: 'fetched', certificates, lists },
  });
}

type Asked =
  | { readonly kind: 'content'; readonly content: FetchedContent }
  | { readonly kind: 'failed'; readonly category: FetchFailure; readonly cause: unknown };

async function ask({ url, kind }: DueFetch, fetcher: Fetcher): Promise<Asked> {
  try {
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

/** Before it expires, when nine tenths of its time are over; not more often than each quarter of an hour. */
function nextListAt(lists: FetchedContent['lists'], now: Date): Date {
  const ends = lists.flatMap(({ nextUpdate }) => (nextUpdate ? [nextUpdate.getTime()] : []));
  const left = Math.min(DAY_MS, ...ends.map((end) => (end - now.getTime()) * 0.9));
  return new Date(now.getTime() + Math.max(left, 15 * MINUTE_MS));
}
