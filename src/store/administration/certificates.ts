import type { CertificateAdministrationPort, CertificateRow } from '../../console/administration/ports.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { lockAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import { getCertificateRow, toAccessCertificate } from '../enrolment/certificate-rows.ts';
import { isLive } from '../sessions.ts';
import { isLike } from './query-accounts.ts';

const DAY_MS = 86_400_000;
type Filter = Parameters<CertificateAdministrationPort['countCertificates']>[0];

export function createCertificateAdministration(context: StoreContext): CertificateAdministrationPort {
  const { reader, write } = context;

  function select(filter: Filter, now: Date) {
    const nowMs = now.getTime();
    let query = reader
      .selectFrom('access_certificates')
      .innerJoin('accounts', 'accounts.id', 'access_certificates.account_id');
    const { search, state, expiresWithinDays } = filter;
    if (search) {
      // Numbers and fingerprints as people copy them: groups, colons, capitals.
      const hex = search.replace(/[\s:]/g, '').toLowerCase();
      query = /^[0-9a-f]{4,}$/.test(hex)
        ? query.where((eb) =>
            eb.or([
              isLike('accounts.search_text', search),
              isLike('access_certificates.serial_number', hex),
              eb('access_certificates.sha256_fingerprint', '=', hex as never),
            ]),
          )
        : query.where(isLike('accounts.search_text', search));
    }
    if (state === 'active' || state === 'expired') {
      query = query
        .where('access_certificates.status', '=', 'active')
        .where('access_certificates.not_after', state === 'active' ? '>=' : '<', nowMs);
    } else if (state !== undefined) query = query.where('access_certificates.status', '=', state);
    if (expiresWithinDays !== undefined) {
      query = query
        .where('access_certificates.status', '=', 'active')
        .where('access_certificates.not_after', '>=', nowMs)
        .where('access_certificates.not_after', '<=', nowMs + expiresWithinDays * DAY_MS);
    }
    return query;
  }

  async function present(query: ReturnType<typeof select>, now: Date): Promise<readonly CertificateRow[]> {
    const rows = await query
      .selectAll('access_certificates')
      .select([
        'accounts.login',
        'accounts.display_name',
        'accounts.role',
        'accounts.status as account_status',
        'accounts.current_certificate_id',
      ])
      .execute();
    const owners = [...new Set(rows.map((row) => row.account_id))];
    const sessions =
      owners.length === 0
        ? []
        : await reader
            .selectFrom('sessions')
            .select(['account_id', (eb) => eb.fn.countAll<number | string>().as('count')])
            .where('account_id', 'in', owners)
            .where((eb) => isLive(eb, now))
            .groupBy('account_id')
            .execute();
    const counts = new Map(sessions.map((row) => [row.account_id, Number(row.count)]));
    return rows.map((row) => ({
      certificate: toAccessCertificate(row),
      owner: {
        id: row.account_id,
        login: row.login,
        displayName: row.display_name,
        role: row.role,
        status: row.account_status,
        currentCertificateId: row.current_certificate_id ?? undefined,
      },
      sessions: counts.get(row.account_id) ?? 0,
    }));
  }

  return {
    async countCertificates(filter, now) {
      const { count } = await select(filter, now)
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    listCertificates: ({ filter, offset, limit, now }) =>
      present(
        select(filter, now)
          .orderBy('access_certificates.issued_at', 'desc')
          .orderBy('access_certificates.id')
          .limit(limit)
          .offset(offset),
        now,
      ),
    findCertificates: (ids, now) =>
      ids.length === 0
        ? Promise.resolve([])
        : present(select({}, now).where('access_certificates.id', 'in', ids), now),
    resumeCertificate: ({ certificateId, comment, actor, now }) =>
      write(now, async (unit) => {
        const { account_id: accountId } = await getCertificateRow(unit.sql, certificateId);
        await lockAccount(unit.sql, accountId);
        // RFC 5280, section 5.3.1: only a hold can be taken off.
        const row = await unit.sql
          .updateTable('access_certificates')
          .set({ status: 'active', status_changed_at: now.getTime(), revocation_reason: null })
          .where('id', '=', certificateId)
          .where('status', '=', 'suspended')
          .returning('id')
          .executeTakeFirst();
        if (row === undefined) throw new ProblemError('certificate-state');
        unit.record(actor, {
          type: 'certificate-resumed',
          accountId,
          certificateId,
          ...(comment === undefined ? {} : { comment }),
        });
        unit.accessChanged();
        unit.certificatesChanged();
      }),
  };
}
