import { sql } from 'kysely';
import type {
  RecordedRefusal,
  RefusalDetails,
  RefusalPort,
  RefusalSearch,
} from '../../console/refusals/ports.ts';
import type { StoreContext } from '../context.ts';
import type { AccessCertificateRow } from '../enrolment/rows.ts';
import { toCurrentFact } from '../entry.ts';
import { dateOf, dateOrUndefined } from '../row-values.ts';

export function createRefusalPort({ reader }: StoreContext): RefusalPort {
  const refusals = () =>
    reader
      .selectFrom('decisions as d')
      .innerJoin('accounts as a', 'a.id', 'd.account_id')
      .leftJoin('access_certificates as p', 'p.sha256_fingerprint', 'd.presented_fingerprint')
      .leftJoin('accounts as o', 'o.id', 'p.account_id')
      .select([
        'd.id',
        'd.at',
        'd.reason',
        'd.account_id',
        'd.session_id',
        'd.certificate_id',
        'd.address',
        'd.application_id',
        'd.return_path',
        'd.presented_fingerprint',
        'd.presented_subject',
        'd.presented_serial_number',
        'd.presented_not_before',
        'a.login',
        'a.display_name',
        'o.id as owner_id',
        'o.login as owner_login',
        'o.display_name as owner_name',
      ])
      .where('d.outcome', '=', 'deny');
  type Query = ReturnType<typeof refusals>;
  type Row = Awaited<ReturnType<Query['execute']>>[number];

  function searched(query: Query, search: RefusalSearch): Query {
    switch (search.kind) {
      case 'person':
        return query.where(
          sql<boolean>`a.search_text like ${`%${search.text.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
        );
      case 'address':
        return query.where('d.address', '=', search.address);
      case 'serial':
        return query.where((eb) =>
          eb.or([
            eb('d.presented_serial_number', '=', search.serialNumber),
            eb(
              'd.account_id',
              'in',
              eb
                .selectFrom('access_certificates as c')
                .select('c.account_id')
                .where('c.serial_number', '=', search.serialNumber),
            ),
          ]),
        );
      case 'fingerprint':
        return query.where((eb) =>
          eb.or([
            eb('d.presented_fingerprint', '=', search.sha256Fingerprint),
            eb(
              'd.account_id',
              'in',
              eb
                .selectFrom('access_certificates as c')
                .select('c.account_id')
                .where('c.sha256_fingerprint', '=', search.sha256Fingerprint),
            ),
          ]),
        );
    }
  }

  function toRefusal(row: Row): RecordedRefusal {
    if (row.reason === null) throw new TypeError('a permit is no refusal');
    const { presented_fingerprint: fingerprint, presented_serial_number: serialNumber } = row;
    return {
      id: row.id,
      at: dateOf(row.at),
      reason: row.reason,
      account: { id: row.account_id, login: row.login, displayName: row.display_name },
      address: row.address,
      applicationId: row.application_id,
      returnPath: row.return_path ?? undefined,
      presented:
        fingerprint === null || serialNumber === null
          ? undefined
          : {
              sha256Fingerprint: fingerprint,
              subject: row.presented_subject ?? '',
              serialNumber,
              notBefore: dateOf(row.presented_not_before ?? 0),
              owner:
                row.owner_id === null
                  ? undefined
                  : { id: row.owner_id, login: row.owner_login ?? '', displayName: row.owner_name ?? '' },
            },
    };
  }

  const findCertificate = (id: AccessCertificateRow['id'] | null) =>
    id === null
      ? undefined
      : reader.selectFrom('access_certificates').selectAll().where('id', '=', id).executeTakeFirst();

  return {
    async listRefusals({ search, reason, from, to, before, limit }) {
      let query = refusals().orderBy('d.at', 'desc').orderBy('d.id', 'desc').limit(limit);
      if (search !== undefined) query = searched(query, search);
      // Another word than those of the list finds nothing.
      if (reason !== undefined) query = query.where('d.reason', '=', reason as RecordedRefusal['reason']);
      if (from !== undefined) query = query.where('d.at', '>=', from.getTime());
      if (to !== undefined) query = query.where('d.at', '<', to.getTime());
      if (before !== undefined) {
        const last = await reader
          .selectFrom('decisions')
          .select(['at', 'id'])
          .where('id', '=', before)
          .executeTakeFirst();
        if (last === undefined) return [];
        query = query.where((eb) =>
          eb.or([eb('d.at', '<', last.at), eb.and([eb('d.at', '=', last.at), eb('d.id', '<', last.id)])]),
        );
      }
      return (await query.execute()).map(toRefusal);
    },

    async findRefusal(id): Promise<RefusalDetails | undefined> {
      const row = await refusals().where('d.id', '=', id).executeTakeFirst();
      if (row === undefined) return undefined;
      const [session, account, own, entered] = await Promise.all([
        reader
          .selectFrom('sessions')
          .select('user_agent')
          .where('id', '=', row.session_id)
          .executeTakeFirst(),
        reader
          .selectFrom('accounts')
          .select(['status', 'current_certificate_id'])
          .where('id', '=', row.account_id)
          .executeTakeFirstOrThrow(),
        findCertificate(row.certificate_id),
        reader
          .selectFrom('decisions')
          .select('at')
          .where('account_id', '=', row.account_id)
          .where('application_id', '=', row.application_id)
          .where('outcome', '=', 'permit')
          .where('at', '>=', row.at)
          .orderBy('at')
          .limit(1)
          .executeTakeFirst(),
      ]);
      const current = await findCertificate(account.current_certificate_id);
      return {
        ...toRefusal(row),
        userAgent: session?.user_agent,
        certificate: own && toCertificate(own),
        now: {
          session: {
            kind: 'signed-in',
            account: { status: account.status },
            current: toCurrentFact({
              account_id: row.account_id,
              current_certificate_id: account.current_certificate_id,
              sha256_fingerprint: current?.sha256_fingerprint ?? null,
              certificate_status: current?.status ?? null,
              not_before: current?.not_before ?? null,
              not_after: current?.not_after ?? null,
            }),
          },
          certificate: current && toCertificate(current),
        },
        enteredAt: dateOrUndefined(entered?.at ?? null),
      };
    },
  };
}

function toCertificate(row: AccessCertificateRow): NonNullable<RefusalDetails['certificate']> {
  return {
    id: row.id,
    serialNumber: row.serial_number,
    sha256Fingerprint: row.sha256_fingerprint,
    notBefore: dateOf(row.not_before),
    notAfter: dateOf(row.not_after),
    status: row.status,
  };
}
