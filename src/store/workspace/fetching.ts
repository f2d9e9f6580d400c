import type { ExpressionBuilder, Transaction } from 'kysely';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { DueFetch, FetchingPort, FetchLane } from '../../workspace/fetching/ports.ts';
import type { StoreContext } from '../context.ts';
import type { Schema } from '../rows.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { insertKnown, insertKnownList } from './known-rows.ts';
import { markDue } from './mark-due.ts';
import { insertNotification } from './notification-rows.ts';

export function createFetchingPort({ reader, write, random }: StoreContext): FetchingPort {
  return {
    async claimDueFetches(now, lane, limit, leaseSeconds) {
      const at = now.getTime();
      const due = await reader
        .selectFrom('fetches')
        .select('url_key')
        .where('next_at', '<=', at)
        .where((eb) => isOfLane(eb, lane))
        .limit(1)
        .execute();
      if (due.length === 0) return [];
      return write(now, async ({ sql }) => {
        const rows = await sql
          .selectFrom('fetches')
          .select(['url_key', 'url', 'kind', 'failures'])
          .where('next_at', '<=', at)
          .where((eb) => isOfLane(eb, lane))
          .orderBy('next_at')
          .limit(limit)
          .forUpdate()
          .skipLocked()
          .execute();
        const claimed: DueFetch[] = [];
        for (const { url_key, url, kind, failures } of rows) {
          // The lease: a node that dies leaves it to the others after a while.
          const leaseUntil = at + leaseSeconds * 1000;
          await sql
            .updateTable('fetches')
            .set({ next_at: leaseUntil, lease_until: leaseUntil })
            .where('url_key', '=', url_key)
            .execute();
          claimed.push({ urlKey: url_key, url, kind: lane === 'questions' ? 'status' : kind, failures });
        }
        return claimed;
      });
    },

    recordFetch: ({ fetch, now, nextAt, durationMs, outcome }) =>
      write(now, async (unit) => {
        const { sql } = unit;
        const accountIds = await wishersOf(sql, fetch);
        if (fetch.kind === 'status' && accountIds.length === 0) {
          await dropQuestion(sql, fetch.urlKey);
          return;
        }
        const row = {
          last_at: now.getTime(),
          next_at: nextAt.getTime(),
          lease_until: null,
          duration_ms: durationMs,
        };
        if (outcome.kind === 'failed') {
          await sql
            .updateTable('fetches')
            .set({ ...row, outcome: 'failed', category: outcome.category, failures: fetch.failures + 1 })
            .where('url_key', '=', fetch.urlKey)
            .execute();
          if (fetch.failures === 0) {
            for (const accountId of accountIds) await tellFailure(unit, accountId, fetch, outcome.category);
          }
          return;
        }
        if (outcome.answer !== undefined) {
          await sql
            .updateTable('status_questions')
            .set({ der: outcome.answer })
            .where('url_key', '=', fetch.urlKey)
            .execute();
          for (const accountId of accountIds) await markAsked(sql, accountId, fetch, now);
        }
        await insertKnown(sql, outcome.certificates, now);
        for (const list of outcome.lists) await insertKnownList(sql, list, now);
        const isNew = await replaceContents(sql, fetch.urlKey, [
          ...outcome.certificates.map(({ sha256 }) => sha256),
          ...outcome.lists.map(({ sha256 }) => sha256),
        ]);
        await sql
          .updateTable('fetches')
          .set({ ...row, outcome: isNew ? 'fetched' : 'unchanged', category: null, failures: 0 })
          .where('url_key', '=', fetch.urlKey)
          .execute();
        for (const accountId of accountIds) {
          await grantContents(sql, fetch, accountId, now);
          if (!isNew && fetch.failures === 0) continue;
          unit.record(
            { kind: 'system' },
            {
              type: 'address-fetched',
              accountId,
              url: addressOf(fetch),
              content: fetch.kind,
              outcome: 'fetched',
            },
          );
        }
      }),
  };

  async function tellFailure(
    unit: UnitOfWork,
    accountId: AccountId,
    fetch: DueFetch,
    category: string,
  ): Promise<void> {
    const { kind } = fetch;
    const url = addressOf(fetch);
    unit.record(
      { kind: 'system' },
      { type: 'address-fetched', accountId, url, content: kind, outcome: 'failed', category },
    );
    // A list may say it as well: what a person has to know is the state.
    if (kind === 'status') return await markAsked(unit.sql, accountId, fetch, unit.now);
    await markDue(unit.sql, accountId, unit.now);
    await insertNotification(unit, random, {
      accountId,
      kind: 'fetch-failed',
      groupKey: url.slice(0, 200),
      payload: { url: url.slice(0, 500), content: kind, category },
    });
  }
}

function isOfLane(eb: ExpressionBuilder<Schema, 'fetches'>, lane: FetchLane) {
  const isQuestion = eb.exists(
    eb
      .selectFrom('status_questions as question')
      .select('question.url_key')
      .whereRef('question.url_key', '=', 'fetches.url_key'),
  );
  return lane === 'questions' ? isQuestion : eb.not(isQuestion);
}

/** Without the question that a responder is asked. */
function addressOf({ url }: Pick<DueFetch, 'url'>): string {
  return url.split('#', 1)[0] ?? url;
}

/** For whom it is asked: a responder for those who still have the certificate. */
async function wishersOf(
  sql: Transaction<Schema>,
  { urlKey, kind }: Pick<DueFetch, 'urlKey' | 'kind'>,
): Promise<readonly AccountId[]> {
  const wishes = sql
    .selectFrom('fetch_wishes as wish')
    .select('wish.account_id')
    .where('wish.url_key', '=', urlKey)
    .orderBy('wish.account_id');
  const rows =
    kind === 'status'
      ? await wishes
          .innerJoin('status_questions as question', 'question.url_key', 'wish.url_key')
          .innerJoin('certificate_checks as done', (join) =>
            join
              .onRef('done.account_id', '=', 'wish.account_id')
              .onRef('done.sha256', '=', 'question.sha256'),
          )
          .execute()
      : await wishes.execute();
  return rows.map(({ account_id }) => account_id);
}

async function dropQuestion(sql: Transaction<Schema>, urlKey: string): Promise<void> {
  await sql.deleteFrom('status_questions').where('url_key', '=', urlKey).execute();
  await sql.deleteFrom('fetch_wishes').where('url_key', '=', urlKey).execute();
  await sql.deleteFrom('fetches').where('url_key', '=', urlKey).execute();
}

/** The certificate that was asked about is checked again; everything, where others may stand below it. */
async function markAsked(
  sql: Transaction<Schema>,
  accountId: AccountId,
  { urlKey }: Pick<DueFetch, 'urlKey'>,
  now: Date,
): Promise<void> {
  const asked = await sql
    .selectFrom('status_questions as question')
    .leftJoin('known_certificates as known', 'known.sha256', 'question.sha256')
    .select(['question.sha256', 'known.is_ca'])
    .where('question.url_key', '=', urlKey)
    .executeTakeFirst();
  if (asked !== undefined) await markDue(sql, accountId, now, asked.is_ca === 0 ? [asked.sha256] : undefined);
}

/** Whether something came that this address had not given before. */
async function replaceContents(
  sql: Transaction<Schema>,
  urlKey: string,
  sha256s: readonly Sha256Fingerprint[],
): Promise<boolean> {
  const before = await sql
    .selectFrom('fetched_contents')
    .select('sha256')
    .where('url_key', '=', urlKey)
    .execute();
  const known = new Set(before.map(({ sha256 }) => sha256));
  if (sha256s.length === known.size && sha256s.every((sha256) => known.has(sha256))) return false;
  await sql.deleteFrom('fetched_contents').where('url_key', '=', urlKey).execute();
  const rows = [...new Set(sha256s)].map((sha256) => ({ url_key: urlKey, sha256 }));
  if (rows.length > 0) await sql.insertInto('fetched_contents').values(rows).execute();
  return true;
}

/**
 * What an address has given, into somebody's workspace. What the person has removed stays removed; of lists the former
 * one of the address goes, because the newer one says all that it said.
 */
export async function grantContents(
  sql: Transaction<Schema>,
  { urlKey, url }: Pick<DueFetch, 'urlKey' | 'url'>,
  accountId: AccountId,
  now: Date,
): Promise<void> {
  const at = now.getTime();
  const detail = url.slice(0, 200);
  const contents = await sql
    .selectFrom('fetched_contents as content')
    .leftJoin('known_lists as list', 'list.sha256', 'content.sha256')
    .select(['content.sha256', 'list.sha256 as list_sha256'])
    .where('content.url_key', '=', urlKey)
    .execute();
  let changed = 0;
  for (const { sha256, list_sha256 } of contents) {
    const shared = { account_id: accountId, sha256, added_at: at, removed_at: null };
    const inserted =
      list_sha256 === null
        ? await sql
            .insertInto('workspace_certificates')
            .values({ ...shared, store: 'authorities', has_key_elsewhere: 0 })
            .onConflict((conflict) => conflict.doNothing())
            .returning('sha256')
            .executeTakeFirst()
        : await sql
            .insertInto('workspace_lists')
            .values(shared)
            .onConflict((conflict) => conflict.doNothing())
            .returning('sha256')
            .executeTakeFirst();
    if (inserted !== undefined) changed += 1;
    if (inserted !== undefined && list_sha256 !== null) await dropFormer(sql, accountId, sha256, detail, at);
    await sql
      .insertInto('certificate_sources')
      .values({ account_id: accountId, sha256, kind: 'fetched', detail, at })
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'sha256', 'kind', 'detail']).doUpdateSet({ at }),
      )
      .execute();
  }
  if (changed > 0) await markDue(sql, accountId, now);
}

async function dropFormer(
  sql: Transaction<Schema>,
  accountId: AccountId,
  newer: Sha256Fingerprint,
  detail: string,
  at: number,
): Promise<void> {
  await sql
    .updateTable('workspace_lists')
    .set({ removed_at: at })
    .where('account_id', '=', accountId)
    .where('sha256', '!=', newer)
    .where('removed_at', 'is', null)
    .where(({ and, exists, not, selectFrom }) => {
      const sources = selectFrom('certificate_sources as source')
        .select('source.sha256')
        .where('source.account_id', '=', accountId)
        .whereRef('source.sha256', '=', 'workspace_lists.sha256');
      return and([
        exists(sources.where('source.kind', '=', 'fetched').where('source.detail', '=', detail)),
        not(
          exists(
            sources.where((eb) =>
              eb.or([eb('source.kind', '!=', 'fetched'), eb('source.detail', '!=', detail)]),
            ),
          ),
        ),
      ]);
    })
    .execute();
}
