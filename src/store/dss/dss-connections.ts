import type {
  CertificateOfConnection,
  DssConnection,
  DssConnectionId,
  DssConnectionPort,
} from '../../dss/connections/ports.ts';
import type { AccountId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { StoreContext } from '../context.ts';
import { dateOf, dateOrUndefined, storable } from '../row-values.ts';
import { isLive } from '../sessions.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { insertNotification } from '../workspace/notification-rows.ts';
import type { DssCertificateRow, DssConnectionRow } from './rows.ts';

/** Parameters of one statement are limited. */
const ROWS_AT_ONCE = 200;

export function createDssConnectionPort({ reader, write, random }: StoreContext): DssConnectionPort {
  return {
    async listConnections(accountId) {
      const rows = await reader
        .selectFrom('dss_connections')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('name_key')
        .execute();
      return rows.map(toConnection);
    },

    async findConnection(accountId, id) {
      const row = await reader
        .selectFrom('dss_connections')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row && toConnection(row);
    },

    async listCertificates(id) {
      const rows = await reader
        .selectFrom('dss_certificates')
        .selectAll()
        .where('connection_id', '=', id)
        .orderBy('position')
        .orderBy('dss_id')
        .execute();
      return rows.map((row) => ({
        dssId: row.dss_id,
        sha256: row.sha256 ?? undefined,
        owner: row.owner,
        notAfter: dateOrUndefined(row.not_after),
        status: row.status,
        hasPin: row.has_pin === 1,
        isDefault: row.is_default === 1,
        vanishedAt: dateOrUndefined(row.vanished_at),
      }));
    },

    addConnection: ({ accountId, actor, now, connection }) =>
      write(now, async (unit) => {
        await ensureNameIsFree(unit, accountId, connection.name, connection.id);
        await unit.sql
          .insertInto('dss_connections')
          .values({
            id: connection.id,
            account_id: accountId,
            name: connection.name,
            name_key: keyOf(connection.name),
            authorization_server: storable(connection.authorizationServer),
            dss_server: storable(connection.dssServer),
            uses_v2: connection.usesV2 ? 1 : 0,
            login: storable(connection.login),
            created_at: now.getTime(),
            refreshed_at: null,
            failure: null,
            failed_at: null,
          })
          .execute();
        const { id, authorizationServer, dssServer } = connection;
        unit.record(actor, {
          type: 'dss-connected',
          accountId,
          connectionId: id,
          authorizationServer,
          dssServer,
        });
      }),

    recordCertificates: ({ accountId, actor, now, id, certificates }) =>
      write(now, async (unit) => {
        const { numUpdatedRows } = await unit.sql
          .updateTable('dss_connections')
          .set({ refreshed_at: now.getTime(), failure: null, failed_at: null })
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw new ProblemError('not-found');
        await unit.sql
          .updateTable('dss_certificates')
          .set({ vanished_at: now.getTime() })
          .where('connection_id', '=', id)
          .where('vanished_at', 'is', null)
          .execute();
        const rows = uniqueRows(id, certificates);
        for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
          await unit.sql
            .insertInto('dss_certificates')
            .values(rows.slice(start, start + ROWS_AT_ONCE))
            .onConflict((conflict) =>
              conflict.columns(['connection_id', 'dss_id']).doUpdateSet((eb) => ({
                position: eb.ref('excluded.position'),
                sha256: eb.ref('excluded.sha256'),
                owner: eb.ref('excluded.owner'),
                not_after: eb.ref('excluded.not_after'),
                status: eb.ref('excluded.status'),
                has_pin: eb.ref('excluded.has_pin'),
                is_default: eb.ref('excluded.is_default'),
                vanished_at: null,
              })),
            )
            .execute();
        }
        const unreadable = certificates.filter(({ sha256 }) => sha256 === undefined).length;
        unit.record(actor, {
          type: 'dss-certificates-read',
          accountId,
          connectionId: id,
          count: certificates.length,
          unreadable,
        });
      }),

    recordFailure: ({ accountId, actor, now, failure: { id, connectionName, ...failure } }) =>
      write(now, async (unit) => {
        if (id !== undefined) {
          await unit.sql
            .updateTable('dss_connections')
            .set({ failure: failure.failure, failed_at: now.getTime() })
            .where('id', '=', id)
            .where('account_id', '=', accountId)
            .execute();
        }
        await insertNotification(unit, random, {
          accountId,
          kind: 'dss-failed',
          groupKey: `${connectionName} ${failure.failure}`,
          payload: { failure: failure.failure, connectionName },
        });
        unit.record(actor, {
          type: 'dss-failed',
          accountId,
          ...(id === undefined ? {} : { connectionId: id }),
          ...failure,
        });
      }),

    recordTestSignature: ({ accountId, actor, now, id, sha256, outcome }) =>
      write(now, async (unit) => {
        unit.record(actor, { type: 'dss-test-signature', accountId, connectionId: id, sha256, outcome });
      }),

    renameConnection: ({ accountId, actor, now, id, name }) =>
      write(now, async (unit) => {
        await ensureNameIsFree(unit, accountId, name, id);
        const { numUpdatedRows } = await unit.sql
          .updateTable('dss_connections')
          .set({ name, name_key: keyOf(name) })
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return 'missing';
        unit.record(actor, { type: 'dss-renamed', accountId, connectionId: id });
        return 'renamed';
      }),

    removeConnection: ({ accountId, actor, now, id, certificates }) =>
      write(now, async (unit) => {
        const row = await unit.sql
          .selectFrom('dss_connections')
          .select('id')
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        if (row === undefined) return 'missing';
        await unit.sql.deleteFrom('dss_certificates').where('connection_id', '=', id).execute();
        await unit.sql.deleteFrom('dss_connections').where('id', '=', id).execute();
        unit.record(actor, { type: 'dss-disconnected', accountId, connectionId: id, certificates });
        return 'removed';
      }),

    async listLiveSessions(ids, now) {
      if (ids.length === 0) return [];
      const rows = await reader
        .selectFrom('sessions')
        .select('id')
        .where('id', 'in', ids)
        .where((eb) => isLive(eb, now))
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

/** @throws {ProblemError} `dss-name-taken` */
async function ensureNameIsFree(
  unit: UnitOfWork,
  accountId: AccountId,
  name: string,
  id: DssConnectionId,
): Promise<void> {
  const taken = await unit.sql
    .selectFrom('dss_connections')
    .select('id')
    .where('account_id', '=', accountId)
    .where('name_key', '=', keyOf(name))
    .where('id', '!=', id)
    .executeTakeFirst();
  if (taken) throw new ProblemError('dss-name-taken');
}

function uniqueRows(
  id: DssConnectionId,
  certificates: readonly CertificateOfConnection[],
): readonly DssCertificateRow[] {
  const byId = new Map<string, DssCertificateRow>();
  for (const [position, each] of certificates.entries()) {
    const dssId = storable(each.dssId);
    byId.set(dssId, {
      connection_id: id,
      dss_id: dssId,
      position,
      sha256: each.sha256 ?? null,
      owner: storable(each.owner),
      not_after: each.notAfter?.getTime() ?? null,
      status: storable(each.status),
      has_pin: each.hasPin ? 1 : 0,
      is_default: each.isDefault ? 1 : 0,
      vanished_at: null,
    });
  }
  return [...byId.values()];
}

function toConnection(row: DssConnectionRow): DssConnection {
  const { failure, failed_at: failedAt } = row;
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    authorizationServer: row.authorization_server,
    dssServer: row.dss_server,
    usesV2: row.uses_v2 === 1,
    login: row.login,
    createdAt: dateOf(row.created_at),
    refreshedAt: dateOrUndefined(row.refreshed_at),
    failed: failure === null || failedAt === null ? undefined : { failure, at: dateOf(failedAt) },
  };
}

function keyOf(name: string): string {
  return name.toLowerCase();
}
