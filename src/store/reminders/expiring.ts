import type { Kysely, Transaction } from 'kysely';
import type { AccessCertificateId } from '../../kernel/brand.ts';
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
    async stillCounts(sql, account, id) {
      if (account.current_certificate_id !== id) return false;
      const row = await sql
        .selectFrom('access_certificates')
        .select('status')
        .where('id', '=', account.current_certificate_id)
        .executeTakeFirst();
      return row?.status === 'active';
    },
  },
};

async function listDueCertificates(
  sql: Kysely<Schema>,
  { thresholdDays, after, through, afterId, limit }: DueQuery,
): Promise<ExpiringThing[]> {
  let query = sql
    .selectFrom('access_certificates as certificate')
    .innerJoin('accounts as account', 'account.current_certificate_id', 'certificate.id')
    .select([
      'certificate.id',
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
    notAfter: dateOf(row.not_after),
    owner: {
      login: row.login,
      locale: row.locale,
      phone: row.phone ?? undefined,
      email: row.email ?? undefined,
    },
  }));
}
