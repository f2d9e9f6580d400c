import type { EnrolmentPort, RevokedEntry } from '../../enrolment/ports.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf } from '../row-values.ts';

type RevocationListPart = Pick<
  EnrolmentPort,
  | 'readCertificateRevision'
  | 'listRevoked'
  | 'findCertificateStatus'
  | 'recordResponder'
  | 'findRevocationList'
  | 'storeRevocationList'
>;

export function createRevocationListPart({ reader, write }: StoreContext): RevocationListPart {
  return {
    async readCertificateRevision() {
      const { certificate_revision } = await reader
        .selectFrom('change_counters')
        .select('certificate_revision')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow();
      return certificate_revision;
    },

    async listRevoked(issuerId, now) {
      const certificates = await reader
        .selectFrom('access_certificates')
        .leftJoin('crls', 'crls.issuer_id', 'access_certificates.issuer_id')
        .select(['serial_number', 'status_changed_at', 'revocation_reason'])
        .where('access_certificates.issuer_id', '=', issuerId)
        .where('status', '<>', 'active')
        .where((eb) =>
          eb.or([
            eb('not_after', '>=', now.getTime()),
            // Expired since the last list, or before there was one.
            eb('not_after', '>=', eb.ref('crls.this_update')),
            eb('crls.this_update', 'is', null),
          ]),
        )
        .execute();
      const abandoned = await reader
        .selectFrom('issuance_intents')
        .select(['serial_number', 'finished_at', 'created_at'])
        .where('issuer_id', '=', issuerId)
        .where('status', '=', 'abandoned')
        .execute();
      return [
        ...certificates.map(
          (row): RevokedEntry => ({
            serialNumber: row.serial_number,
            revokedAt: dateOf(row.status_changed_at),
            reason: row.revocation_reason ?? undefined,
          }),
        ),
        ...abandoned.map(
          (row): RevokedEntry => ({
            serialNumber: row.serial_number,
            revokedAt: dateOf(row.finished_at ?? row.created_at),
            reason: undefined,
          }),
        ),
      ];
    },

    async findCertificateStatus(issuerId, serialNumber) {
      const certificate = await reader
        .selectFrom('access_certificates')
        .select(['status', 'status_changed_at', 'revocation_reason'])
        .where('serial_number', '=', serialNumber)
        .where('issuer_id', '=', issuerId)
        .executeTakeFirst();
      if (certificate?.status === 'active') return { kind: 'good' };
      if (certificate) {
        return {
          kind: 'revoked',
          serialNumber,
          revokedAt: dateOf(certificate.status_changed_at),
          reason: certificate.revocation_reason ?? undefined,
        };
      }
      const abandoned = await reader
        .selectFrom('issuance_intents')
        .select(['finished_at', 'created_at'])
        .where('serial_number', '=', serialNumber)
        .where('issuer_id', '=', issuerId)
        .where('status', '=', 'abandoned')
        .executeTakeFirst();
      return (
        abandoned && {
          kind: 'revoked',
          serialNumber,
          revokedAt: dateOf(abandoned.finished_at ?? abandoned.created_at),
          reason: undefined,
        }
      );
    },

    recordResponder: (issuerId, serialNumber, actor, now) =>
      write(now, async ({ record }) => {
        record(actor, { type: 'responder-appointed', issuerId, serialNumber });
      }),

    async findRevocationList(issuerId) {
      const row = await reader
        .selectFrom('crls')
        .selectAll()
        .where('issuer_id', '=', issuerId)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        issuerId: row.issuer_id,
        number: row.number,
        der: bytesOf(row.der),
        thisUpdate: dateOf(row.this_update),
        nextUpdate: dateOf(row.next_update),
        revision: row.revision,
      };
    },

    storeRevocationList: ({ issuerId, number, der, thisUpdate, nextUpdate, revision }, entries, actor, now) =>
      write(now, async ({ sql, record }) => {
        const content = {
          number,
          der,
          this_update: thisUpdate.getTime(),
          next_update: nextUpdate.getTime(),
          revision,
        };
        const stored = await sql
          .insertInto('crls')
          .values({ issuer_id: issuerId, ...content })
          .onConflict((conflict) =>
            conflict.column('issuer_id').doUpdateSet(content).where('crls.number', '<', number),
          )
          .returning('number')
          .executeTakeFirst();
        if (stored === undefined) return false;
        record(actor, { type: 'revocation-list-issued', issuerId, number, entries });
        return true;
      }),
  };
}
