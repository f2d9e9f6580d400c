import type { AuthorityPort } from '../../console/authority/ports.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf, dateOrUndefined } from '../row-values.ts';

export function createAuthorityPort({ reader }: StoreContext): AuthorityPort {
  return {
    async listWatchedIssuers(now) {
      const [rows, counts] = await Promise.all([
        reader
          .selectFrom('issuers as i')
          .leftJoin('crls as l', 'l.issuer_id', 'i.id')
          .select([
            'i.id',
            'i.role',
            'i.status',
            'i.certificate_der',
            'l.number',
            'l.this_update',
            'l.next_update',
          ])
          .select((eb) => eb('i.private_key_sealed', 'is not', null).as('has_key'))
          .orderBy('i.status')
          .orderBy('i.role')
          .orderBy('i.created_at', 'desc')
          .execute(),
        reader
          .selectFrom('access_certificates')
          .select('issuer_id')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('status', '=', 'active')
          .where('not_after', '>=', now.getTime())
          .groupBy('issuer_id')
          .execute(),
      ]);
      const countOf = new Map(counts.map(({ issuer_id: id, count }) => [id, count]));
      return rows.map((row) => ({
        id: row.id,
        role: row.role,
        status: row.status,
        certificateDer: bytesOf(row.certificate_der),
        hasKey: Boolean(row.has_key),
        certificates: countOf.get(row.id) ?? 0,
        list:
          row.number === null || row.this_update === null || row.next_update === null
            ? undefined
            : {
                number: row.number,
                thisUpdate: dateOf(row.this_update),
                nextUpdate: dateOf(row.next_update),
              },
      }));
    },

    async findIssuerRequestTime() {
      const row = await reader.selectFrom('issuer_requests').select('created_at').executeTakeFirst();
      return dateOrUndefined(row?.created_at ?? null);
    },
  };
}
