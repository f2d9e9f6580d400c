import type { EnrolmentPort, Issuer, KeptIssuer } from '../../enrolment/ports.ts';
import type { IssuerId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf, dateOf } from '../row-values.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { IssuerRow } from './rows.ts';

type IssuerPart = Pick<
  EnrolmentPort,
  | 'getActiveIssuer'
  | 'listIssuers'
  | 'createIssuers'
  | 'replaceIssuing'
  | 'storeIssuerRequest'
  | 'findIssuerRequest'
  | 'dropRootKey'
>;

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
      return rows.map((row): KeptIssuer => ({ ...toIssuer(row, sealer), status: row.status }));
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

    replaceIssuing: ({ retires, issuing, above, actor, now }) =>
      write(now, async (unit) => {
        const { sql, record, certificatesChanged } = unit;
        const retired = await sql
          .updateTable('issuers')
          .set({ status: 'retired' })
          .where('id', '=', retires)
          .where('role', '=', 'issuing')
          .where('status', '=', 'active')
          .returning('id')
          .executeTakeFirst();
        if (retired === undefined) return false;
        if (!(await insertIssuer(unit, sealer, issuing))) throw new TypeError('the issuer is there already');
        for (const each of above) await insertIssuer(unit, sealer, each, 'retired');
        await sql.deleteFrom('issuer_requests').execute();
        record(actor, { type: 'issuer-retired', issuerId: retires });
        record(actor, { type: 'issuer-created', issuerId: issuing.id, role: issuing.role });
        // A list of the new one is due, and whoever answers for issuers has to learn of it.
        certificatesChanged();
        return true;
      }),

    storeIssuerRequest: ({ id, privateKeyPkcs8, createdAt }, actor) =>
      write(createdAt, async ({ sql, record }) => {
        const content = {
          id,
          private_key_sealed: sealer.seal(requestPlace(id), privateKeyPkcs8),
          created_at: createdAt.getTime(),
        };
        await sql
          .insertInto('issuer_requests')
          .values({ slot: 1, ...content })
          .onConflict((conflict) => conflict.column('slot').doUpdateSet(content))
          .execute();
        record(actor, { type: 'issuer-requested', issuerId: id });
      }),

    async findIssuerRequest() {
      const row = await reader.selectFrom('issuer_requests').selectAll().executeTakeFirst();
      return (
        row && {
          id: row.id,
          privateKeyPkcs8: sealer.open(requestPlace(row.id), row.private_key_sealed),
          createdAt: dateOf(row.created_at),
        }
      );
    },

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

async function insertIssuer(
  { sql }: UnitOfWork,
  sealer: Sealer,
  issuer: Issuer,
  status: KeptIssuer['status'] = 'active',
): Promise<boolean> {
  const inserted = await sql
    .insertInto('issuers')
    .values({
      id: issuer.id,
      role: issuer.role,
      status,
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

function requestPlace(rowId: IssuerId) {
  return { table: 'issuer_requests', column: 'private_key_sealed', rowId } as const;
}

function keyPlace(rowId: IssuerId) {
  return { table: 'issuers', column: 'private_key_sealed', rowId } as const;
}
