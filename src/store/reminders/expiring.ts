import { type Kysely, sql, type Transaction } from 'kysely';
import type { AccessCertificateId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { ExpiringKind, ExpiringThing, ReminderPort } from '../../reminders/ports.ts';
import { dateOf } from '../row-values.ts';
import type { AccountRow, Schema } from '../rows.ts';

type DueQuery = Parameters<ReminderPort['listDue']>[0];

interface Expiring {
  listDue(sql: Kysely<Schema>, query: DueQuery): Promise<ExpiringThing[]>;
  /** Of a locked, active account: whether it still counts. */
  stillCounts(sql: Transaction<Schema>, account: AccountRow, id: string): Promise<boolean>;
}

/** What each kind's own tables say. */
export const EXPIRING: Readonly<Record<ExpiringKind, Expiring>> = {
  'access-certificate': {
    listDue: listDueCertificates,
    async stillCounts(transaction, account, id) {
      if (account.current_certificate_id !== id) return false;
      const row = await transaction
        .selectFrom('access_certificates')
        .select('status')
        .where('id', '=', account.current_certificate_id)
        .executeTakeFirst();
      return row?.status === 'active';
    },
  },
  'workspace-certificate': {
    listDue: listDuePersonal,
    async stillCounts(transaction, account, id) {
      const row = await personal(transaction)
        .select('mine.sha256')
        .where('mine.account_id', '=', account.id)
        .where('mine.sha256', '=', id.slice(0, SHA256_DIGITS) as Sha256Fingerprint)
        .executeTakeFirst();
      return row !== undefined;
    },
  },
};

/** The id of a person's certificate: its fingerprint, a point, the account. */
const SHA256_DIGITS = 64;

/** In «Личные», and not replaced by another of the same owner and issuer that ends later. */
function personal(reader: Kysely<Schema>) {
  return reader
    .selectFrom('workspace_certificates as mine')
    .innerJoin('known_certificates as known', 'known.sha256', 'mine.sha256')
    .where('mine.store', '=', 'personal')
    .where('mine.removed_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('workspace_certificates as other')
            .innerJoin('known_certificates as later', 'later.sha256', 'other.sha256')
            .select('other.sha256')
            .whereRef('other.account_id', '=', 'mine.account_id')
            .where('other.store', '=', 'personal')
            .where('other.removed_at', 'is', null)
            .whereRef('later.subject_key', '=', 'known.subject_key')
            .whereRef('later.issuer_key', '=', 'known.issuer_key')
            .whereRef('later.not_after', '>', 'known.not_after'),
        ),
      ),
    );
}

async function listDuePersonal(
  reader: Kysely<Schema>,
  { thresholdDays, after, through, afterId, limit }: DueQuery,
): Promise<ExpiringThing[]> {
  const id = sql<string>`mine.sha256 || '.' || mine.account_id`;
  let query = personal(reader)
    .innerJoin('accounts as account', 'account.id', 'mine.account_id')
    .select([
      id.as('id'),
      'known.not_before',
      'known.not_after',
      'mine.account_id',
      'account.login',
      'account.locale',
      'account.phone',
      'account.email',
    ])
    .where('account.status', '=', 'active')
    .where('known.not_after', '>', after.getTime())
    .where('known.not_after', '<=', through.getTime())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reminders')
            .select('subject_id')
            .where('kind', '=', 'workspace-certificate')
            .where('subject_id', '=', id)
            .where('threshold_days', '=', thresholdDays),
        ),
      ),
    )
    .orderBy(id)
    .limit(limit);
  if (afterId !== undefined) query = query.where(id, '>', afterId);
  const rows = await query.execute();
  return rows.map((row) => ({
    kind: 'workspace-certificate',
    id: row.id,
    accountId: row.account_id,
    issuedAt: dateOf(row.not_before),
    notAfter: dateOf(row.not_after),
    owner: {
      login: row.login,
      locale: row.locale,
      phone: row.phone ?? undefined,
      email: row.email ?? undefined,
    },
  }));
}

async function listDueCertificates(
  reader: Kysely<Schema>,
  { thresholdDays, after, through, afterId, limit }: DueQuery,
): Promise<ExpiringThing[]> {
  let query = reader
    .selectFrom('access_certificates as certificate')
    .innerJoin('accounts as account', 'account.current_certificate_id', 'certificate.id')
    .select([
      'certificate.id',
      'certificate.issued_at',
      'certificate.not_after',
      'account.id as account_id',
      'account.login',
      'account.locale',
      'account.phone',
      'account.email',
    ])
    .where('certificate.status', '=', 'active')
    .where('account.status', '=', 'active')
    .where('certificate.not_after', '>', after.getTime())
    .where('certificate.not_after', '<=', through.getTime())
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('reminders')
            .select('subject_id')
            .where('kind', '=', 'access-certificate')
            .whereRef('subject_id', '=', 'certificate.id')
            .where('threshold_days', '=', thresholdDays),
        ),
      ),
    )
    .orderBy('certificate.id')
    .limit(limit);
  if (afterId !== undefined) query = query.where('certificate.id', '>', afterId as AccessCertificateId);
  const rows = await query.execute();
  return rows.map((row) => ({
    kind: 'access-certificate',
    id: row.id,
    accountId: row.account_id,
    issuedAt: dateOf(row.issued_at),
    notAfter: dateOf(row.not_after),
    owner: {
      login: row.login,
      locale: row.locale,
      phone: row.phone ?? undefined,
      email: row.email ?? undefined,
    },
  }));
}
