/** What a person has: what they brought, and the access certificate, which is not copied. */
import { type Kysely, sql } from 'kysely';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { SourceKind } from '../../workspace/stores/known-certificate.ts';
import type { AnchorScope, CertificateEntry, CertificateQuery } from '../../workspace/stores/ports.ts';
import { dateOf } from '../row-values.ts';
import type { Schema } from '../rows.ts';
import { containing, SHOWN_COLUMNS, type ShownRow, shownOf } from './known-rows.ts';
import type { CertificateCheckRow, WorkspaceCertificateRow } from './rows.ts';

const DAY_MS = 86_400_000;
/** «Скоро истекает»: within these many days. */
const SOON_DAYS = 30;

/** One row a certificate; known_certificates and certificate_checks are joined. */
export function entriesOf(reader: Kysely<Schema>, accountId: AccountId) {
  const brought = reader
    .selectFrom('workspace_certificates')
    .select(['sha256', 'store', 'has_key_elsewhere', 'added_at'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null);
  const issued = reader
    .selectFrom('accounts')
    .innerJoin('access_certificates', 'access_certificates.id', 'accounts.current_certificate_id')
    .select([
      'access_certificates.sha256_fingerprint as sha256',
      sql<WorkspaceCertificateRow['store']>`'personal'`.as('store'),
      sql<0 | 1>`1`.as('has_key_elsewhere'),
      'access_certificates.issued_at as added_at',
    ])
    .where('accounts.id', '=', accountId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('workspace_certificates as own')
            .select('own.sha256')
            .whereRef('own.sha256', '=', 'access_certificates.sha256_fingerprint')
            .where('own.account_id', '=', accountId)
            .where('own.removed_at', 'is', null),
        ),
      ),
    );
  return reader
    .selectFrom(brought.unionAll(issued).as('entries'))
    .innerJoin('known_certificates', 'known_certificates.sha256', 'entries.sha256')
    .leftJoin('certificate_checks', (join) =>
      join
        .onRef('certificate_checks.sha256', '=', 'entries.sha256')
        .on('certificate_checks.account_id', '=', accountId),
    );
}

/** As {@link entriesOf}, with what the query leaves. */
export function foundEntries(reader: Kysely<Schema>, query: CertificateQuery) {
  const { search, ends, now } = query;
  const soon = now.getTime() + SOON_DAYS * DAY_MS;
  let found = entriesOf(reader, query.accountId);
  if (query.store !== undefined) found = found.where('entries.store', '=', query.store);
  if (search !== undefined) {
    const { words, compact } = search;
    found = found.where((eb) =>
      eb.or([
        containing('search_text', words),
        ...(compact === undefined ? [] : [containing('search_text', [compact])]),
      ]),
    );
  }
  if (query.state === 'checking') {
    found = found.where((eb) =>
      eb.or([eb('certificate_checks.state', 'is', null), eb('certificate_checks.state', '=', 'checking')]),
    );
  } else if (query.state !== undefined) {
    found = found.where('certificate_checks.state', '=', query.state);
  }
  if (ends === 'expired') found = found.where('not_after', '<', now.getTime());
  if (ends === 'soon') found = found.where('not_after', '>=', now.getTime()).where('not_after', '<', soon);
  if (ends === 'later') found = found.where('not_after', '>=', soon);
  if (query.issuerKey !== undefined) found = found.where('issuer_key', '=', query.issuerKey);
  if (query.organisation !== undefined) found = found.where('organisation', '=', query.organisation);
  if (query.algorithm !== undefined) found = found.where('algorithm', '=', query.algorithm);
  const { source, accountId } = query;
  if (source === 'access') {
    found = found.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('access_certificates')
          .select('id')
          .whereRef('sha256_fingerprint', '=', 'entries.sha256')
          .where('access_certificates.account_id', '=', accountId),
      ),
    );
  } else if (source !== undefined) {
    found = found.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('certificate_sources')
          .select('kind')
          .whereRef('certificate_sources.sha256', '=', 'entries.sha256')
          .where('certificate_sources.account_id', '=', accountId)
          .where('kind', '=', source),
      ),
    );
  }
  return found;
}

export const ENTRY_COLUMNS = [
  ...SHOWN_COLUMNS,
  'entries.store',
  'entries.has_key_elsewhere',
  'entries.added_at',
  'certificate_checks.state',
  'certificate_checks.reason',
] as const;

type EntryRow = ShownRow &
  Pick<WorkspaceCertificateRow, 'store' | 'has_key_elsewhere' | 'added_at'> & {
    readonly state: CertificateCheckRow['state'] | null;
    readonly reason: string | null;
  };

/** Adds sources and anchors of these entries. */
export async function completeEntries(
  reader: Kysely<Schema>,
  accountId: AccountId,
  rows: readonly EntryRow[],
): Promise<readonly CertificateEntry[]> {
  const sha256s = rows.map(({ sha256 }) => sha256);
  const [sources, anchors] = await Promise.all([
    listSources(reader, accountId, sha256s),
    listAnchors(reader, accountId, sha256s),
  ]);
  return rows.map((row) => ({
    certificate: shownOf(row),
    store: row.store,
    hasKeyElsewhere: row.has_key_elsewhere === 1,
    sources: sources.get(row.sha256) ?? [],
    addedAt: dateOf(row.added_at),
    state: row.state ?? 'checking',
    reason: row.reason ?? undefined,
    anchor: anchors.get(row.sha256) ?? 'none',
  }));
}

/** Of certificates and lists, each kind once. */
export async function listSources(
  reader: Kysely<Schema>,
  accountId: AccountId,
  sha256s: readonly Sha256Fingerprint[],
): Promise<ReadonlyMap<Sha256Fingerprint, readonly SourceKind[]>> {
  const found = new Map<Sha256Fingerprint, SourceKind[]>();
  if (sha256s.length === 0) return found;
  const [rows, issued] = await Promise.all([
    reader
      .selectFrom('certificate_sources')
      .select(['sha256', 'kind'])
      .distinct()
      .where('account_id', '=', accountId)
      .where('sha256', 'in', sha256s)
      .orderBy('kind')
      .execute(),
    reader
      .selectFrom('access_certificates')
      .select('sha256_fingerprint as sha256')
      .where('account_id', '=', accountId)
      .where('sha256_fingerprint', 'in', sha256s)
      .execute(),
  ]);
  for (const { sha256, kind } of [...issued.map((row) => ({ ...row, kind: 'access' as const })), ...rows]) {
    const kinds = found.get(sha256) ?? [];
    found.set(sha256, kinds);
    if (!kinds.includes(kind)) kinds.push(kind);
  }
  return found;
}

async function listAnchors(
  reader: Kysely<Schema>,
  accountId: AccountId,
  sha256s: readonly Sha256Fingerprint[],
): Promise<ReadonlyMap<Sha256Fingerprint, AnchorScope>> {
  const found = new Map<Sha256Fingerprint, AnchorScope>();
  if (sha256s.length === 0) return found;
  const rows = await reader
    .selectFrom('trust_anchors')
    .select(['sha256', 'account_id'])
    .where('account_id', 'in', [accountId, ''])
    .where('sha256', 'in', sha256s)
    .where('withdrawn_at', 'is', null)
    .execute();
  for (const { sha256, account_id: owner } of rows) {
    const scope = owner === '' ? 'everybody' : 'own';
    found.set(sha256, found.has(sha256) ? 'own-and-everybody' : scope);
  }
  return found;
}
