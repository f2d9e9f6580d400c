import type { EnrolmentPort } from '../../enrolment/ports.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { lockAccount, updateAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import { aboutOf, replaceMessages, replaceMessagesAbout } from '../outbox-rows.ts';
import { getCertificateRow, toAccessCertificate } from './certificate-rows.ts';
import { wipeFile } from './file-rows.ts';

type RevocationPart = Pick<EnrolmentPort, 'revokeCertificate' | 'allowDownload'>;

export function createRevocationPart({ write }: StoreContext): RevocationPart {
  return {
    revokeCertificate: ({ certificateId, reason, comment, actor, now }) =>
      write(now, async (unit) => {
        const { account_id: accountId } = await getCertificateRow(unit.sql, certificateId);
        await lockAccount(unit.sql, accountId);
        // RFC 5280, section 5.3.1: a hold is a suspension, not the end. One that is on hold cannot be put on hold.
        const isHold = reason === 'certificateHold';
        const row = await unit.sql
          .updateTable('access_certificates')
          .set({
            status: isHold ? 'suspended' : 'revoked',
            status_changed_at: now.getTime(),
            revocation_reason: reason,
          })
          .where('id', '=', certificateId)
          .where('status', 'in', isHold ? ['active'] : ['active', 'suspended'])
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw new ProblemError('certificate-state');
        unit.record(actor, {
          type: 'certificate-revoked',
          accountId,
          certificateId,
          reason,
          ...(comment === undefined ? {} : { comment }),
        });
        await replaceMessages(unit, certificateId);
        await replaceMessagesAbout(unit, aboutOf('access-certificate', certificateId));
        await wipeFile(unit, certificateId);
        unit.accessChanged();
        unit.certificatesChanged();
        return toAccessCertificate(row);
      }),

    allowDownload: (accountId, actor, now) =>
      write(now, async ({ sql, record }) => {
        const { current_certificate_id: currentId } = await lockAccount(sql, accountId);
        const current = currentId === null ? undefined : await getCertificateRow(sql, currentId);
        if (current?.status !== 'revoked') throw new ProblemError('certificate-state');
        await updateAccount(sql, accountId, { current_certificate_id: null });
        record(actor, { type: 'certificate-download-allowed', accountId });
      }),
  };
}
