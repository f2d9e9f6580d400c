import type { EnrolmentPort, Issuer } from '../../enrolment/ports.ts';
import type { IssuerId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf } from '../row-values.ts';
import type { IssuerRow } from '../rows.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

type IssuerPart = Pick<EnrolmentPort, 'getActiveIssuer' | 'listIssuers' | 'createIssuers' | 'dropRootKey'>;

export function createIssuerPart({ reader, write, sealer }: StoreContext): IssuerPart {
  return {
    async getActiveIssuer() {
      const row = await reader
        .selectFrom('issuers')
        .selectAll()
        .where('role', '=', 'issuing')
        .where('status', '=', 'active')
        .executeTakeFirst();
      if (row === undefined) throw new ProblemError('issuer-unavailable');
      return toIssuer(row, sealer);
    },

    async listIssuers() {
      const rows = await reader
        .selectFrom('issuers')
        .selectAll()
        .orderBy('created_at')
        .orderBy('role', 'desc')
        .execute();
      return rows.map((row) => toIssuer(row, sealer));
    },

    createIssuers: (root, issuing, actor, now) =>
      write(now, async (unit) => {
        // One active issuer of each role: the index lets the first of several nodes win.
        if (!(await insertIssuer(unit, sealer, root))) return false;
        if (!(await insertIssuer(unit, sealer, issuing))) {
          throw new TypeError('there is an issuing authority without a root');
        }
        for (const { id: issuerId, role } of [root, issuing]) {
          unit.record(actor, { type: 'issuer-created', issuerId, role });
        }
        return true;
      }),

    dropRootKey: (issuerId, actor, now) =>
      write(now, async ({ sql, record }) => {
        const row = await sql
          .selectFrom('issuers')
          .select(['role', 'private_key_sealed'])
          .where('id', '=', issuerId)
          .forNoKeyUpdate()
          .executeTakeFirst();
        if (row?.role !== 'root') {
          throw new ProblemError('issuer-unavailable', { detail: 'there is no such root authority' });
        }
        if (row.private_key_sealed === null) return;
        await sql
          .updateTable('issuers')
          .set({ private_key_sealed: null })
          .where('id', '=', issuerId)
          .execute();
        record(actor, { type: 'root-key-exported', issuerId });
      }),
  };
}

async function insertIssuer({ sql }: UnitOfWork, sealer: Sealer, issuer: Issuer): Promise<boolean> {
  const inserted = await sql
    .insertInto('issuers')
    .values({
      id: issuer.id,
      role: issuer.role,
      status: 'active',
      certificate_der: issuer.certificateDer,
      private_key_sealed: issuer.privateKeyPkcs8
        ? sealer.seal(keyPlace(issuer.id), issuer.privateKeyPkcs8)
        : null,
      created_at: issuer.createdAt.getTime(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

function toIssuer(row: IssuerRow, sealer: Sealer): Issuer {
  return {
    id: row.id,
    role: row.role,
    certificateDer: bytesOf(row.certificate_der),
    privateKeyPkcs8: row.private_key_sealed
      ? sealer.open(keyPlace(row.id), row.private_key_sealed)
      : undefined,
    createdAt: dateOf(row.created_at),
  };
}

function keyPlace(rowId: IssuerId) {
  return { table: 'issuers', column: 'private_key_sealed', rowId } as const;
}
