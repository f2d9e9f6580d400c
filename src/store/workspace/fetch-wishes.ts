import { createHash } from 'node:crypto';
import type { AccountId } from '../../kernel/brand.ts';
import type { FetchState, Wish } from '../../workspace/status/ports.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf, dateOrUndefined, storable } from '../row-values.ts';
import { grantContents } from './fetching.ts';
import { inParts } from './workspace.ts';

export function urlKeyOf(url: string): string {
  return createHash('sha256').update(url).digest('hex');
}

export async function readFetches(
  { reader }: StoreContext,
  urls: readonly string[],
): Promise<readonly FetchState[]> {
  const found: FetchState[] = [];
  for (const part of inParts([...new Set(urls)].map(urlKeyOf))) {
    const rows = await reader
      .selectFrom('fetches')
      .leftJoin('status_questions as question', 'question.url_key', 'fetches.url_key')
      .selectAll('fetches')
      .select('question.sha256 as asked_about')
      .where('fetches.url_key', 'in', part)
      .execute();
    for (const row of rows) {
      found.push({
        url: row.url,
        kind: row.asked_about === null ? row.kind : 'status',
        outcome: row.outcome ?? undefined,
        category: row.category ?? undefined,
        lastAt: dateOrUndefined(row.last_at),
        nextAt: dateOf(row.next_at),
        durationMs: row.duration_ms ?? undefined,
      });
    }
  }
  return found;
}

/** What responders said, where they did. */
export async function readAnswers(
  { reader }: StoreContext,
  urls: readonly string[],
): Promise<readonly Uint8Array[]> {
  if (urls.length === 0) return [];
  const rows = await reader
    .selectFrom('status_questions')
    .select('der')
    .where('url_key', 'in', urls.slice(0, 100).map(urlKeyOf))
    .execute();
  return rows.flatMap(({ der }) => (der === null ? [] : [bytesOf(der)]));
}

/** A new wish for what was fetched for somebody else already is granted from what is here. */
export async function wishFor(
  { reader, write }: StoreContext,
  accountId: AccountId,
  wishes: readonly Wish[],
  now: Date,
  when: 'when-due' | 'at-once',
): Promise<void> {
  const keys = new Map(wishes.map((wish) => [urlKeyOf(wish.url), wish]));
  if (keys.size === 0) return;
  if (when === 'when-due') {
    const known = await reader
      .selectFrom('fetch_wishes')
      .select('url_key')
      .where('account_id', '=', accountId)
      .where('url_key', 'in', [...keys.keys()])
      .execute();
    for (const { url_key } of known) keys.delete(url_key);
    if (keys.size === 0) return;
  }
  await write(now, async ({ sql }) => {
    for (const [key, { url, kind, sha256 }] of [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      await sql
        .insertInto('fetches')
        .values({
          url_key: key,
          url: storable(url),
          kind: kind === 'status' ? 'list' : kind,
          outcome: null,
          category: null,
          last_at: null,
          next_at: now.getTime(),
          lease_until: null,
          sha256: null,
          duration_ms: null,
          failures: 0,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      if (kind === 'status' && sha256 !== undefined) {
        await sql
          .insertInto('status_questions')
          .values({ url_key: key, sha256, der: null })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      const wished = await sql
        .insertInto('fetch_wishes')
        .values({ url_key: key, account_id: accountId })
        .onConflict((conflict) => conflict.doNothing())
        .returning('url_key')
        .executeTakeFirst();
      if (wished !== undefined) await grantContents(sql, { urlKey: key, url }, accountId, now);
      if (when === 'at-once') {
        await sql
          .updateTable('fetches')
          .set({ next_at: now.getTime() })
          .where('url_key', '=', key)
          // While a node is at it, its answer is as new as another.
          .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now.getTime())]))
          .execute();
      }
    }
  });
}
