import { sql } from 'kysely';
import type { AuditLogPort } from '../../console/audit-log/ports.ts';
import type { Actor, AuditEvent, AuditEventType } from '../../kernel/audit-event.ts';
import type { AccountId } from '../../kernel/brand.ts';
import { readValues } from '../administration/account-changes.ts';
import type { StoreContext } from '../context.ts';
import { dateOf } from '../row-values.ts';

/** As migration 12 indexes it: the beginning of an actor that is an account. */
function actorIs(accountId: AccountId) {
  return sql<boolean>`substr(actor, 1, 51) = ${`{"accountId":"${accountId}"`}`;
}

export function createAuditLogPort(context: StoreContext): AuditLogPort {
  const { reader, write } = context;
  const people = () => reader.selectFrom('accounts').select(['id', 'login', 'display_name']);
  const toPerson = (row: { id: AccountId; login: string; display_name: string }) => ({
    id: row.id,
    login: row.login,
    displayName: row.display_name,
  });
  return {
    async findAuditLogPerson(login) {
      const row = await people().where('login_key', '=', login).executeTakeFirst();
      return row && toPerson(row);
    },

    async listAuditLogPeople(ids) {
      if (ids.length === 0) return [];
      const rows = await people()
        .where('id', 'in', [...ids])
        .execute();
      return rows.map(toPerson);
    },

    async listAuditLog({ types, accountId, from, to, reach, order, after, before, limit }) {
      let query = reader
        .selectFrom('audit_events')
        .select(['sequence', 'at', 'actor', 'event'])
        .orderBy('sequence', order === 'newest-first' ? 'desc' : 'asc')
        .limit(limit);
      if (after !== undefined) query = query.where('sequence', '>', after);
      if (before !== undefined) query = query.where('sequence', '<', before);
      // What the column may hold is a closed list; another word finds nothing.
      if (types !== undefined) query = query.where('type', 'in', types as readonly AuditEventType[]);
      if (from !== undefined) query = query.where('at', '>=', from.getTime());
      if (to !== undefined) query = query.where('at', '<', to.getTime());
      if (accountId !== undefined) {
        query = query.where((eb) => eb.or([eb('account_id', '=', accountId), actorIs(accountId)]));
      }
      if (reach.kind === 'ordinary-users') {
        const { self } = reach;
        query = query.where((eb) =>
          eb.or([
            eb('account_id', '=', self),
            actorIs(self),
            eb.exists(
              eb
                .selectFrom('accounts')
                .select('accounts.id')
                .whereRef('accounts.id', '=', 'audit_events.account_id')
                .where('accounts.role', '=', 'user'),
            ),
          ]),
        );
      }
      const rows = await query.execute();
      return rows.map((row) => ({
        sequence: row.sequence,
        at: dateOf(row.at),
        actor: JSON.parse(row.actor) as Actor,
        event: JSON.parse(row.event) as AuditEvent,
      }));
    },

    listAuditLogChanges: (ids) => readValues(context, ids),

    recordAuditLogExport: (format, actor, now) =>
      write(now, async ({ record }) => record(actor, { type: 'journal-exported', format })),
  };
}
