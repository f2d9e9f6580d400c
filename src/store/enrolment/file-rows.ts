import type { IssuedFile } from '../../enrolment/ports.ts';
import type { AccessCertificateId } from '../../kernel/brand.ts';
import { dateOf } from '../row-values.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { IssuedFileRow } from './rows.ts';

export async function insertFile({ sql }: UnitOfWork, sealer: Sealer, file: IssuedFile): Promise<void> {
  const id = file.certificateId;
  await sql
    .insertInto('issued_files')
    .values({
      certificate_id: id,
      private_key_sealed: file.privateKeyPkcs8 ? sealer.seal(keyPlace(id), file.privateKeyPkcs8) : null,
      key_expires_at: file.keyExpiresAt.getTime(),
      password_sealed:
        file.password === undefined
          ? null
          : sealer.seal(passwordPlace(id), Buffer.from(file.password, 'utf8')),
      password_expires_at: file.passwordExpiresAt.getTime(),
    })
    .execute();
}

export function toIssuedFile(row: IssuedFileRow, sealer: Sealer): IssuedFile {
  const id = row.certificate_id;
  return {
    certificateId: id,
    privateKeyPkcs8: row.private_key_sealed ? sealer.open(keyPlace(id), row.private_key_sealed) : undefined,
    keyExpiresAt: dateOf(row.key_expires_at),
    password: row.password_sealed
      ? Buffer.from(sealer.open(passwordPlace(id), row.password_sealed)).toString('utf8')
      : undefined,
    passwordExpiresAt: dateOf(row.password_expires_at),
  };
}

/** What can be wiped of a file, with the event that says so. */
const PARTS = {
  key: { column: 'private_key_sealed', expiry: 'key_expires_at', event: 'certificate-file-wiped' },
  password: {
    column: 'password_sealed',
    expiry: 'password_expires_at',
    event: 'certificate-password-wiped',
  },
} as const;

/** Wipes key and password of one certificate, whatever their time. */
export async function wipeFile(unit: UnitOfWork, certificateId: AccessCertificateId): Promise<void> {
  for (const part of [PARTS.key, PARTS.password]) {
    const wiped = await unit.sql
      .updateTable('issued_files')
      .set({ [part.column]: null })
      .where('certificate_id', '=', certificateId)
      .where(part.column, 'is not', null)
      .returning('certificate_id')
      .executeTakeFirst();
    if (wiped !== undefined) unit.record({ kind: 'system' }, { type: part.event, certificateId });
  }
}

/** Wipes every key or password whose time is over; returns how many. */
export async function wipeExpired(unit: UnitOfWork, what: 'key' | 'password'): Promise<number> {
  const part = PARTS[what];
  const wiped = await unit.sql
    .updateTable('issued_files')
    .set({ [part.column]: null })
    .where(part.column, 'is not', null)
    .where(part.expiry, '<=', unit.now.getTime())
    .returning('certificate_id')
    .execute();
  for (const { certificate_id: certificateId } of wiped) {
    unit.record({ kind: 'system' }, { type: part.event, certificateId });
  }
  return wiped.length;
}

function keyPlace(rowId: AccessCertificateId) {
  return { table: 'issued_files', column: 'private_key_sealed', rowId } as const;
}

function passwordPlace(rowId: AccessCertificateId) {
  return { table: 'issued_files', column: 'password_sealed', rowId } as const;
}
