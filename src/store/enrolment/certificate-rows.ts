import type { Kysely } from 'kysely';
import type { AccessCertificate } from '../../enrolment/ports.ts';
import type { AccessCertificateId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { bytesOf, dateOf, dateOrUndefined } from '../row-values.ts';
import type { Schema } from '../rows.ts';
import type { AccessCertificateRow } from './rows.ts';

export function toAccessCertificate(row: AccessCertificateRow): AccessCertificate {
  return {
    id: row.id,
    accountId: row.account_id,
    issuerId: row.issuer_id,
    serialNumber: row.serial_number,
    sha256Fingerprint: row.sha256_fingerprint,
    certificateDer: bytesOf(row.certificate_der),
    notBefore: dateOf(row.not_before),
    notAfter: dateOf(row.not_after),
    issuedAt: dateOf(row.issued_at),
    status: row.status,
    statusChangedAt: dateOf(row.status_changed_at),
    revocationReason: row.revocation_reason ?? undefined,
    firstPresentedAt: dateOrUndefined(row.first_presented_at),
  };
}

/** @throws {ProblemError} `certificate-not-found` */
export async function getCertificateRow(
  sql: Kysely<Schema>,
  id: AccessCertificateId,
): Promise<AccessCertificateRow> {
  const row = await sql.selectFrom('access_certificates').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ProblemError('certificate-not-found');
  return row;
}
