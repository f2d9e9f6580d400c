import type { Enrolment, EnrolmentPort } from '../../enrolment/ports.ts';
import type { AccessCertificateId, AccountId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { findAccountRow } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import { findPasswordDelivery } from '../outbox-rows.ts';
import type { AccountRow } from '../rows.ts';
import { getCertificateRow, toAccessCertificate } from './certificate-rows.ts';
import { createCertificateQueries } from './certificates.ts';
import { toIssuedFile } from './file-rows.ts';
import { createFilePart } from './files.ts';
import { createIntentPart } from './intents.ts';
import { createIssuerPart } from './issuers.ts';
import { recordIssued } from './record-issued.ts';
import { createReplacementPart } from './replacement-codes.ts';
import { createRevocationPart } from './revocation.ts';
import { createRevocationListPart } from './revocation-lists.ts';

export function createEnrolmentPort(context: StoreContext, settle: () => void): EnrolmentPort {
  return {
    readEnrolment: (accountId) => readEnrolment(context, accountId),
    recordIssued: (input) => recordIssued(context, input),
    ...createIssuerPart(context),
    ...createIntentPart(context),
    ...createFilePart(context, settle),
    ...createCertificateQueries(context),
    ...createReplacementPart(context),
    ...createRevocationPart(context),
    ...createRevocationListPart(context),
  };
}

/** Several statements of one moment: the account's revision grows with every certificate it gets or loses. */
async function readEnrolment(context: StoreContext, accountId: AccountId): Promise<Enrolment> {
  for (;;) {
    const before = await readAccount(context, accountId);
    const enrolment = await readParts(context, before.current_certificate_id);
    const after = await readAccount(context, accountId);
    if (after.revision === before.revision) return enrolment;
  }
}

async function readAccount({ reader }: StoreContext, accountId: AccountId): Promise<AccountRow> {
  const account = await findAccountRow(reader, accountId);
  if (account === undefined) throw new ProblemError('account-not-found');
  return account;
}

async function readParts(
  { reader, sealer }: StoreContext,
  currentId: AccessCertificateId | null,
): Promise<Enrolment> {
  if (currentId === null) return { current: undefined, file: undefined, delivery: undefined };
  const current = await getCertificateRow(reader, currentId);
  const file = await reader
    .selectFrom('issued_files')
    .selectAll()
    .where('certificate_id', '=', currentId)
    .executeTakeFirst();
  return {
    current: toAccessCertificate(current),
    file: file && toIssuedFile(file, sealer),
    delivery: await findPasswordDelivery(reader, currentId),
  };
}
