import type { AccessCertificate, EnrolmentPort } from '../../enrolment/ports.ts';
import type { StoreContext } from '../context.ts';
import { toAccessCertificate } from './certificate-rows.ts';
import type { AccessCertificateRow } from './rows.ts';

type CertificateQueries = Pick<
  EnrolmentPort,
  'findCertificate' | 'findCertificateBySerialNumber' | 'findCertificateByFingerprint' | 'listCertificates'
>;

export function createCertificateQueries({ reader }: StoreContext): CertificateQueries {
  const all = reader.selectFrom('access_certificates').selectAll();
  return {
    findCertificate: (id) => findOne(all.where('id', '=', id)),
    findCertificateBySerialNumber: (serialNumber) => findOne(all.where('serial_number', '=', serialNumber)),
    findCertificateByFingerprint: (fingerprint) => findOne(all.where('sha256_fingerprint', '=', fingerprint)),

    async listCertificates({ accountId, limit, before }) {
      let query = reader
        .selectFrom('access_certificates')
        .selectAll()
        .orderBy('issued_at', 'desc')
        .orderBy('id')
        .limit(limit);
      if (accountId !== undefined) query = query.where('account_id', '=', accountId);
      if (before !== undefined) query = query.where('issued_at', '<', before.getTime());
      const rows = await query.execute();
      return rows.map(toAccessCertificate);
    },
  };
}

async function findOne(query: {
  executeTakeFirst(): Promise<AccessCertificateRow | undefined>;
}): Promise<AccessCertificate | undefined> {
  const row = await query.executeTakeFirst();
  return row && toAccessCertificate(row);
}
