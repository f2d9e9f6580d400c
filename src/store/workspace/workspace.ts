import { sql } from 'kysely';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { CertificateStore } from '../../workspace/stores/known-certificate.ts';
import type { CertificateSort, StoreCount, WorkspacePort } from '../../workspace/stores/ports.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf } from '../row-values.ts';
import { completeEntries, ENTRY_COLUMNS, entriesOf, foundEntries } from './entries.ts';
import { groupCertificates, groupOrder } from './grouping.ts';
import { insertKnown, knownOf, SHOWN_COLUMNS, shownOf } from './known-rows.ts';
import { createListReading } from './lists.ts';
import { markNew } from './mark-due.ts';

const SORT_COLUMNS = {
  owner: 'owner_sort',
  issuer: 'issuer_sort',
  organisation: 'organisation_sort',
  'not-before': 'not_before',
  'not-after': 'not_after',
  added: 'added_at',
  algorithm: 'algorithm',
} as const satisfies Record<CertificateSort, string>;
const STORES: readonly CertificateStore[] = ['personal', 'others', 'authorities'];

export function createWorkspacePort(context: StoreContext): WorkspacePort {
  const { reader, write } = context;
  return {
    ...createListReading(context),

    async listCertificates(query) {
      const order = query.direction === 'ascending' ? 'asc' : 'desc';
      const [{ total }, found] = await Promise.all([
        foundEntries(reader, query)
          .select((eb) => eb.fn.countAll<number | string>().as('total'))
          .executeTakeFirstOrThrow(),
        // Only the keys are put in order: of ten thousand rows all columns take twice as long.
        (query.group === undefined ? [] : groupOrder(query.group))
          .reduce((rows, part) => rows.orderBy(part), foundEntries(reader, query).select('entries.sha256'))
          .orderBy(SORT_COLUMNS[query.sort], order)
          .orderBy('owner_sort', order)
          .orderBy('entries.sha256')
          .limit(query.limit)
          .offset(query.offset)
          .execute(),
      ]);
      const bySha256 = new Map<Sha256Fingerprint, Awaited<ReturnType<typeof readEntries>>[number]>();
      for (const part of inParts(found.map(({ sha256 }) => sha256))) {
        for (const row of await readEntries(reader, query.accountId, part)) bySha256.set(row.sha256, row);
      }
      const rows = found.flatMap(({ sha256 }) => bySha256.get(sha256) ?? []);
      return { total: Number(total), entries: await completeEntries(reader, query.accountId, rows) };
    },

    groupCertificates: (query, by) => groupCertificates(context, query, by),

    async countStores(accountId, now) {
      const rows = await entriesOf(reader, accountId)
        .select((eb) => [
          'entries.store',
          eb.fn.countAll<number | string>().as('count'),
          eb.fn
            .sum<number | string | null>(
              sql<number>`case when certificate_checks.state in ('invalid', 'unknown') or not_after < ${sql.lit(now.getTime())} then 1 else 0 end`,
            )
            .as('problems'),
        ])
        .groupBy('entries.store')
        .execute();
      const lists = await reader
        .selectFrom('workspace_lists')
        .innerJoin('known_lists', 'known_lists.sha256', 'workspace_lists.sha256')
        .select((eb) => [
          eb.fn.countAll<number | string>().as('count'),
          eb.fn
            .sum<number | string | null>(
              sql<number>`case when next_update < ${sql.lit(now.getTime())} then 1 else 0 end`,
            )
            .as('problems'),
        ])
        .where('account_id', '=', accountId)
        .where('removed_at', 'is', null)
        .executeTakeFirstOrThrow();
      return [
        ...STORES.map((store): StoreCount => {
          const row = rows.find((each) => each.store === store);
          return { store, count: Number(row?.count ?? 0), problems: Number(row?.problems ?? 0) };
        }),
        { store: 'revocation-lists', count: Number(lists.count), problems: Number(lists.problems ?? 0) },
      ];
    },

    async findCertificate(accountId, sha256) {
      const row = await entriesOf(reader, accountId)
        .select([...ENTRY_COLUMNS, 'known_certificates.der'])
        .where('entries.sha256', '=', sha256)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const [[entry], details] = await Promise.all([
        completeEntries(reader, accountId, [row]),
        reader
          .selectFrom('certificate_sources')
          .select(['kind', 'detail', 'at'])
          .where('account_id', '=', accountId)
          .where('sha256', '=', sha256)
          .orderBy('at')
          .execute(),
      ]);
      if (entry === undefined) return undefined;
      return {
        ...entry,
        der: bytesOf(row.der),
        sourceDetails: details.map(({ kind, detail, at }) => ({ kind, detail, at: dateOf(at) })),
      };
    },

    async findPresence(accountId, sha256s) {
      const found = new Map<Sha256Fingerprint, 'here' | 'removed'>();
      for (const part of inParts(sha256s)) {
        const [certificates, lists, issued] = await Promise.all([
          reader
            .selectFrom('workspace_certificates')
            .select(['sha256', 'removed_at'])
            .where('account_id', '=', accountId)
            .where('sha256', 'in', part)
            .execute(),
          reader
            .selectFrom('workspace_lists')
            .select(['sha256', 'removed_at'])
            .where('account_id', '=', accountId)
            .where('sha256', 'in', part)
            .execute(),
          reader
            .selectFrom('accounts')
            .innerJoin('access_certificates', 'access_certificates.id', 'accounts.current_certificate_id')
            .select('sha256_fingerprint as sha256')
            .where('accounts.id', '=', accountId)
            .where('sha256_fingerprint', 'in', part)
            .execute(),
        ]);
        for (const row of [...certificates, ...lists]) {
          found.set(row.sha256, row.removed_at === null ? 'here' : 'removed');
        }
        for (const row of issued) found.set(row.sha256, 'here');
      }
      return found;
    },

    async findBySubject(accountId, subjectKeys) {
      const found = [];
      for (const part of inParts([...new Set(subjectKeys)])) {
        const rows = await entriesOf(reader, accountId)
          .select(SHOWN_COLUMNS)
          .where('subject_key', 'in', part)
          .orderBy('not_after', 'desc')
          .limit(1000)
          .execute();
        found.push(...rows.map(shownOf));
      }
      return found;
    },

    async readCertificates(accountId, sha256s) {
      const found = new Map<Sha256Fingerprint, { der: Uint8Array; owner: string; notAfter: Date }>();
      for (const part of inParts(sha256s)) {
        const rows = await entriesOf(reader, accountId)
          .select(['entries.sha256', 'known_certificates.der', 'owner', 'not_after'])
          .where('entries.sha256', 'in', part)
          .execute();
        for (const row of rows) {
          found.set(row.sha256, { der: bytesOf(row.der), owner: row.owner, notAfter: dateOf(row.not_after) });
        }
      }
      return sha256s.flatMap((sha256) => {
        const one = found.get(sha256);
        return one === undefined ? [] : [{ sha256, ...one }];
      });
    },

    async readIssuers(accountId, subjectKey) {
      const rows = await reader
        .selectFrom('known_certificates')
        .selectAll()
        .where('subject_key', '=', subjectKey)
        .where(({ or, exists, selectFrom }) =>
          or([
            exists(
              selectFrom('workspace_certificates')
                .select('workspace_certificates.sha256')
                .whereRef('workspace_certificates.sha256', '=', 'known_certificates.sha256')
                .where('workspace_certificates.account_id', '=', accountId)
                .where('removed_at', 'is', null),
            ),
            exists(
              selectFrom('trust_anchors')
                .select('trust_anchors.sha256')
                .whereRef('trust_anchors.sha256', '=', 'known_certificates.sha256')
                .where('trust_anchors.account_id', 'in', ['', accountId])
                .where('withdrawn_at', 'is', null),
            ),
          ]),
        )
        .orderBy('not_after', 'desc')
        .limit(20)
        .execute();
      return rows.map(knownOf);
    },

    async findAccessCertificate(accountId) {
      const row = await reader
        .selectFrom('accounts')
        .innerJoin('access_certificates', 'access_certificates.id', 'accounts.current_certificate_id')
        .leftJoin('known_certificates', 'known_certificates.sha256', 'sha256_fingerprint')
        .select([
          'sha256_fingerprint as sha256',
          'certificate_der as der',
          'known_certificates.sha256 as known',
        ])
        .where('accounts.id', '=', accountId)
        .executeTakeFirst();
      return row && { sha256: row.sha256, der: bytesOf(row.der), isKnown: row.known !== null };
    },

    rememberCertificate: (accountId, certificate, now) =>
      write(now, async ({ sql }) => {
        await insertKnown(sql, [certificate], now);
        await markNew(sql, accountId, now);
      }),
  };
}

function readEntries(
  reader: StoreContext['reader'],
  accountId: AccountId,
  sha256s: readonly Sha256Fingerprint[],
) {
  return entriesOf(reader, accountId).select(ENTRY_COLUMNS).where('entries.sha256', 'in', sha256s).execute();
}

const PART = 500;

export function inParts<T>(values: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = [];
  for (let at = 0; at < values.length; at += PART) parts.push(values.slice(at, at + PART));
  return parts;
}
