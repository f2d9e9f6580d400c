import type { EnrolmentPort } from '../../enrolment/ports.ts';
import { lockAccount } from '../account-rows.ts';
import type { StoreContext } from '../context.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { IssuanceIntentRow } from './rows.ts';

type IntentPart = Pick<EnrolmentPort, 'recordIntent' | 'abandonIntent' | 'abandonStaleIntents'>;

export function createIntentPart({ reader, write }: StoreContext): IntentPart {
  return {
    recordIntent: ({ accountId, issuerId, serialNumber, leaseSeconds, actor, now }) =>
      write(now, async (unit) => {
        const { sql, record } = unit;
        await lockAccount(sql, accountId);
        const other = await sql
          .selectFrom('issuance_intents')
          .select(['serial_number', 'lease_until'])
          .where('account_id', '=', accountId)
          .where('status', '=', 'live')
          .executeTakeFirst();
        if (other !== undefined) {
          if (other.lease_until > now.getTime()) return { kind: 'busy' };
          await abandon(unit, other.serial_number);
        }
        await sql
          .insertInto('issuance_intents')
          .values({
            serial_number: serialNumber,
            account_id: accountId,
            issuer_id: issuerId,
            status: 'live',
            created_at: now.getTime(),
            lease_until: now.getTime() + leaseSeconds * 1000,
          })
          .execute();
        record(actor, { type: 'certificate-issuance-intended', accountId, issuerId, serialNumber });
        return { kind: 'recorded' };
      }),

    abandonIntent: (serialNumber, now) =>
      write(now, async (unit) => {
        await abandon(unit, serialNumber);
      }),

    async abandonStaleIntents(now) {
      const stale = await reader
        .selectFrom('issuance_intents')
        .select('serial_number')
        .where('status', '=', 'live')
        .where('lease_until', '<=', now.getTime())
        .execute();
      let abandoned = 0;
      for (const { serial_number: serialNumber } of stale) {
        if (await write(now, (unit) => abandon(unit, serialNumber))) abandoned += 1;
      }
      return abandoned;
    },
  };
}

/** Nothing happens to an intent that was redeemed or abandoned before. */
async function abandon(
  { sql, now, record, certificatesChanged }: UnitOfWork,
  serialNumber: IssuanceIntentRow['serial_number'],
): Promise<boolean> {
  const row = await sql
    .updateTable('issuance_intents')
    .set({ status: 'abandoned', finished_at: now.getTime() })
    .where('serial_number', '=', serialNumber)
    .where('status', '=', 'live')
    .returning('issuer_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  // A certificate with this number may have been signed just before a crash: the next list names it.
  certificatesChanged();
  record(
    { kind: 'system' },
    { type: 'certificate-issuance-abandoned', issuerId: row.issuer_id, serialNumber },
  );
  return true;
}
