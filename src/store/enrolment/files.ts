import type { EnrolmentPort } from '../../enrolment/ports.ts';
import { checkPhone, lockAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import { insertMessage, replaceMessages } from '../outbox-rows.ts';
import { getCertificateRow } from './certificate-rows.ts';
import { wipeExpired } from './file-rows.ts';

type FilePart = Pick<EnrolmentPort, 'recordDownload' | 'queuePassword' | 'wipeExpiredFiles'>;

/** @param settle called after something was wiped, outside the transaction */
export function createFilePart(context: StoreContext, settle: () => void): FilePart {
  const { reader, write } = context;
  return {
    recordDownload: (certificateId, format, actor, now) =>
      write(now, async ({ sql, record }) => {
        const { account_id: accountId } = await getCertificateRow(sql, certificateId);
        record(actor, { type: 'certificate-file-downloaded', accountId, certificateId, format });
      }),

    queuePassword: (certificateId, message, actor, now) =>
      write(now, async (unit) => {
        const { account_id: accountId } = await getCertificateRow(unit.sql, certificateId);
        checkPhone(await lockAccount(unit.sql, accountId), message.to, now);
        await replaceMessages(unit, certificateId);
        const delivery = await insertMessage(unit, context, accountId, certificateId, message);
        unit.record(actor, { type: 'certificate-password-queued', accountId, certificateId });
        return delivery;
      }),

    async wipeExpiredFiles(now) {
      const due = await reader
        .selectFrom('issued_files')
        .select('certificate_id')
        .where((eb) =>
          eb.or([
            eb.and([eb('private_key_sealed', 'is not', null), eb('key_expires_at', '<=', now.getTime())]),
            eb.and([eb('password_sealed', 'is not', null), eb('password_expires_at', '<=', now.getTime())]),
          ]),
        )
        .limit(1)
        .executeTakeFirst();
      if (due === undefined) return 0;
      const wiped = await write(
        now,
        async (unit) => (await wipeExpired(unit, 'key')) + (await wipeExpired(unit, 'password')),
      );
      settle();
      return wiped;
    },
  };
}
