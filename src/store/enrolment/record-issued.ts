import type { AccessCertificate, EnrolmentPort } from '../../enrolment/ports.ts';
import type { Actor } from '../../kernel/audit-event.ts';
import type { AccessCertificateId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { checkPhone, lockAccount, updateAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import {
  aboutOf,
  insertMessage,
  insertNotice,
  replaceMessages,
  replaceMessagesAbout,
} from '../outbox-rows.ts';
import type { AccountRow } from '../rows.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { toAccessCertificate } from './certificate-rows.ts';
import { insertFile, wipeFile } from './file-rows.ts';
import { redeemProof } from './replacement-codes.ts';
import type { AccessCertificateRow } from './rows.ts';

type Input = Parameters<EnrolmentPort['recordIssued']>[0];

/** The steps of the one transaction in which a certificate comes to be. */
export function recordIssued(
  { write, sealer, random }: StoreContext,
  { certificate, expectedCurrentId, file, message, replacement, actor, now }: Input,
): Promise<AccessCertificate> {
  const { id, accountId, serialNumber } = certificate;
  return write(now, async (unit) => {
    const account = await lockAccount(unit.sql, accountId);
    if ((account.current_certificate_id ?? undefined) !== expectedCurrentId) {
      throw new ProblemError('certificate-state', { detail: 'another certificate was issued in between' });
    }
    await checkStillAllowed(unit, account, expectedCurrentId, actor);
    if (message !== undefined) checkPhone(account, message.to, now);
    await redeemIntent(unit, certificate);
    if (replacement !== undefined) {
      await redeemProof(unit, { sealer }, account, expectedCurrentId, replacement);
    }
    const supersededId = expectedCurrentId && (await supersede(unit, expectedCurrentId));
    const row = await insertCertificate(unit, certificate);
    await updateAccount(unit.sql, accountId, { current_certificate_id: id });
    unit.record(actor, {
      type: 'certificate-issued',
      accountId,
      certificateId: id,
      serialNumber,
      ...(supersededId === undefined ? {} : { supersededId }),
    });
    if (replacement !== undefined && supersededId !== undefined) {
      unit.record(actor, {
        type: 'certificate-replaced',
        accountId,
        certificateId: id,
        formerId: supersededId,
        proof: replacement.kind,
      });
    }
    if (file !== undefined) await insertFile(unit, sealer, { ...file, certificateId: id });
    if (message !== undefined) {
      await insertMessage(unit, { sealer, random }, accountId, id, message);
      unit.record(actor, { type: 'certificate-password-queued', accountId, certificateId: id });
    }
    // After the password, so that telling the owner does not take its place within the limits.
    if (replacement?.kind === 'code') {
      for (const notice of replacement.notices)
        await insertNotice(unit, { sealer, random }, accountId, notice);
    }
    return toAccessCertificate(row);
  });
}

/** Blocked or revoked since it was decided that a certificate may be issued: the decision does not stand any more. */
async function checkStillAllowed(
  { sql }: UnitOfWork,
  account: AccountRow,
  currentId: AccessCertificateId | undefined,
  actor: Actor,
): Promise<void> {
  if (account.status !== 'active') {
    throw new ProblemError('certificate-state', { detail: 'the account was blocked in between' });
  }
  // On the machine itself an administrator is given a new one whatever became of the former.
  if (currentId === undefined || actor.kind !== 'account') return;
  const { status } = await sql
    .selectFrom('access_certificates')
    .select('status')
    .where('id', '=', currentId)
    .executeTakeFirstOrThrow();
  if (status !== 'active') {
    throw new ProblemError('certificate-state', { detail: `the former certificate is ${status}` });
  }
}

async function redeemIntent(
  { sql, now }: UnitOfWork,
  { serialNumber, accountId, issuerId }: Input['certificate'],
): Promise<void> {
  const redeemed = await sql
    .updateTable('issuance_intents')
    .set({ status: 'redeemed', finished_at: now.getTime() })
    .where('serial_number', '=', serialNumber)
    .where('account_id', '=', accountId)
    .where('issuer_id', '=', issuerId)
    .where('status', '=', 'live')
    .returning('serial_number')
    .executeTakeFirst();
  if (redeemed === undefined) {
    throw new ProblemError('certificate-state', { detail: 'the intent to issue it is gone' });
  }
}

/** A revoked one stays revoked. Its file and password are of no use any more whatever it was. */
async function supersede(
  unit: UnitOfWork,
  formerId: AccessCertificateId,
): Promise<AccessCertificateId | undefined> {
  const superseded = await unit.sql
    .updateTable('access_certificates')
    .set({
      status: 'superseded',
      status_changed_at: unit.now.getTime(),
      revocation_reason: 'superseded',
    })
    .where('id', '=', formerId)
    .where('status', 'in', ['active', 'suspended'])
    .returning('id')
    .executeTakeFirst();
  await replaceMessages(unit, formerId);
  await replaceMessagesAbout(unit, aboutOf('access-certificate', formerId));
  await wipeFile(unit, formerId);
  if (superseded === undefined) return undefined;
  unit.accessChanged();
  unit.certificatesChanged();
  return superseded.id;
}

async function insertCertificate(
  { sql, now }: UnitOfWork,
  certificate: Input['certificate'],
): Promise<AccessCertificateRow> {
  return sql
    .insertInto('access_certificates')
    .values({
      id: certificate.id,
      account_id: certificate.accountId,
      issuer_id: certificate.issuerId,
      serial_number: certificate.serialNumber,
      sha256_fingerprint: certificate.sha256Fingerprint,
      certificate_der: certificate.certificateDer,
      not_before: certificate.notBefore.getTime(),
      not_after: certificate.notAfter.getTime(),
      issued_at: certificate.issuedAt.getTime(),
      status: 'active',
      status_changed_at: now.getTime(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
