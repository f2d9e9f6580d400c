import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import type { WorkspacePort } from '../../workspace/stores/ports.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf } from '../row-values.ts';
import { listSources } from './entries.ts';
import { containing, LIST_COLUMNS, listOf } from './known-rows.ts';

export async function readListDer(
  reader: StoreContext['reader'],
  sha256: Sha256Fingerprint,
): Promise<Uint8Array | undefined> {
  const row = await reader
    .selectFrom('known_lists')
    .select('der')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row && bytesOf(row.der);
}

/** Revocation lists of a person. */
export function createListReading({
  reader,
}: StoreContext): Pick<WorkspacePort, 'listLists' | 'findList' | 'readListDer' | 'findListsOfIssuers'> {
  const listsOf = (accountId: Parameters<WorkspacePort['findList']>[0]) =>
    reader
      .selectFrom('workspace_lists')
      .innerJoin('known_lists', 'known_lists.sha256', 'workspace_lists.sha256')
      .where('workspace_lists.account_id', '=', accountId)
      .where('removed_at', 'is', null);
  return {
    async listLists({ accountId, search, offset, limit }) {
      let found = listsOf(accountId);
      if (search !== undefined) {
        const { words, compact } = search;
        found = found.where((eb) =>
          eb.or([
            containing('search_text', words),
            ...(compact === undefined ? [] : [containing('search_text', [compact])]),
          ]),
        );
      }
      const [{ total }, rows] = await Promise.all([
        found.select((eb) => eb.fn.countAll<number | string>().as('total')).executeTakeFirstOrThrow(),
        found
          .select([...LIST_COLUMNS, 'added_at'])
          .orderBy('issuer_sort')
          .orderBy('this_update', 'desc')
          .orderBy('known_lists.sha256')
          .limit(limit)
          .offset(offset)
          .execute(),
      ]);
      const sources = await listSources(
        reader,
        accountId,
        rows.map(({ sha256 }) => sha256),
      );
      return {
        total: Number(total),
        entries: rows.map((row) => ({
          list: listOf(row),
          size: row.size,
          sources: sources.get(row.sha256) ?? [],
          addedAt: dateOf(row.added_at),
        })),
      };
    },

    async findList(accountId, sha256) {
      const row = await listsOf(accountId)
        .select([...LIST_COLUMNS, 'added_at'])
        .where('known_lists.sha256', '=', sha256)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const sources = await listSources(reader, accountId, [sha256]);
      return {
        list: listOf(row),
        size: row.size,
        sources: sources.get(sha256) ?? [],
        addedAt: dateOf(row.added_at),
      };
    },

    readListDer: (sha256) => readListDer(reader, sha256),

    async findListsOfIssuers(accountId, issuerKeys) {
      if (issuerKeys.length === 0) return [];
      const rows = await listsOf(accountId)
        .select(LIST_COLUMNS)
        .where('issuer_key', 'in', issuerKeys.slice(0, 500))
        .orderBy('this_update', 'desc')
        .limit(1000)
        .execute();
      return rows.map(listOf);
    },
  };
}
