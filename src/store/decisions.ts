import type { Entry, GatePort } from '../gate/ports.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { DecisionId } from '../kernel/brand.ts';
import type { Refusal } from '../portal/ports.ts';
import type { StoreContext } from './context.ts';
import { dateOf, storable } from './row-values.ts';
import type { DecisionRow } from './rows.ts';

type DecisionPart = Pick<GatePort, 'recordPermit' | 'recordRefusal'>;

const SUBJECT_MAX_CHARACTERS = 64;
const PATH_MAX_CHARACTERS = 4096;
const ADDRESS_MAX_CHARACTERS = 64;

export function createDecisionPart({ reader, write, random }: StoreContext): DecisionPart {
  return {
    async recordPermit({ entry, applicationId, address, now }) {
      const { sessionId, accountId, currentCertificateId: certificateId } = entry;
      if (certificateId === undefined) throw new TypeError('nobody is permitted without a certificate');
      const known = await reader
        .selectFrom('decisions')
        .select('id')
        .where('session_id', '=', sessionId)
        .where('application_id', '=', applicationId)
        .where('certificate_id', '=', certificateId)
        .where('outcome', '=', 'permit')
        .executeTakeFirst();
      if (known !== undefined) return;
      await write(now, async ({ sql, record }) => {
        const decisionId = random.id<DecisionId>();
        const inserted = await sql
          .insertInto('decisions')
          .values({
            id: decisionId,
            at: now.getTime(),
            outcome: 'permit',
            session_id: sessionId,
            account_id: accountId,
            application_id: applicationId,
            certificate_id: certificateId,
            address: storable(address).slice(0, ADDRESS_MAX_CHARACTERS),
          })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst();
        if (inserted === undefined) return;
        await sql
          .updateTable('access_certificates')
          .set({ first_presented_at: now.getTime() })
          .where('id', '=', certificateId)
          .where('first_presented_at', 'is', null)
          .execute();
        record(actorOf(entry), {
          type: 'entry-permitted',
          decisionId,
          accountId,
          sessionId,
          applicationId,
          certificateId,
        });
      });
    },

    recordRefusal: ({ entry, applicationId, reason, presented, returnPath, address, now }) =>
      write(now, async ({ sql, record }) => {
        const { sessionId, accountId } = entry;
        const decisionId = random.id<DecisionId>();
        await sql
          .insertInto('decisions')
          .values({
            id: decisionId,
            at: now.getTime(),
            outcome: 'deny',
            reason,
            session_id: sessionId,
            account_id: accountId,
            application_id: applicationId,
            certificate_id: entry.currentCertificateId ?? null,
            address: storable(address).slice(0, ADDRESS_MAX_CHARACTERS),
            // A cut address would lead somewhere else; the application's home is better.
            return_path:
              returnPath === undefined || returnPath.length > PATH_MAX_CHARACTERS
                ? null
                : storable(returnPath),
            presented_fingerprint: presented?.sha256Fingerprint ?? null,
            presented_subject:
              presented === undefined ? null : storable(presented.subject.slice(0, SUBJECT_MAX_CHARACTERS)),
            presented_serial_number: presented?.serialNumber ?? null,
            presented_not_before: presented?.notBefore.getTime() ?? null,
          })
          .execute();
        record(actorOf(entry), {
          type: 'entry-refused',
          decisionId,
          accountId,
          sessionId,
          applicationId,
          reason,
        });
        return decisionId;
      }),
  };
}

export function toRefusal(row: DecisionRow): Refusal {
  if (row.reason === null) throw new TypeError('a permit is no refusal');
  const { presented_fingerprint, presented_subject, presented_serial_number, presented_not_before } = row;
  return {
    id: row.id,
    at: dateOf(row.at),
    applicationId: row.application_id,
    reason: row.reason,
    returnPath: row.return_path ?? undefined,
    presented:
      presented_fingerprint === null ||
      presented_subject === null ||
      presented_serial_number === null ||
      presented_not_before === null
        ? undefined
        : {
            subject: presented_subject,
            serialNumber: presented_serial_number,
            notBefore: dateOf(presented_not_before),
            sha256Fingerprint: presented_fingerprint,
          },
  };
}

function actorOf({ accountId, sessionId }: Entry): Actor {
  return { kind: 'account', accountId, sessionId };
}
