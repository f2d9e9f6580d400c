import type { JournalDeliveryPort, JournalEntry, ReceiverState } from '../../journal-delivery/ports.ts';
import type { DeliveryFailure } from '../../journal-delivery/receiver.ts';
import type { Actor, AuditEvent } from '../../kernel/audit-event.ts';
import type { DecisionId, SessionId } from '../../kernel/brand.ts';
import type { StoreContext } from '../context.ts';
import { dateOf, dateOrUndefined } from '../row-values.ts';

type StoredEntry = Pick<JournalEntry, 'sequence' | 'at' | 'actor' | 'event'>;

export function createJournalDeliveryPort({ reader, write, clock }: StoreContext): JournalDeliveryPort {
  const head = () => reader.selectFrom('audit_head').select('sequence').executeTakeFirstOrThrow();

  async function namesOf(entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>> {
    const ids = new Set(entries.flatMap(({ actor, event }) => [accountOfActor(actor), accountOf(event)]));
    const known = [...ids].filter((id) => id !== undefined);
    if (known.length === 0) return new Map();
    const rows = await reader
      .selectFrom('accounts')
      .select(['id', 'login'])
      .where('id', 'in', known)
      .execute();
    return new Map(rows.map(({ id, login }) => [id, login]));
  }

  /** Of sessions and of decisions: their ids are unlike. */
  async function addressesOf(entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>> {
    const sessions = new Set<SessionId>();
    const decisions = new Set<DecisionId>();
    for (const { actor, event } of entries) {
      const sessionId = sessionOf(actor, event);
      if (sessionId !== undefined) sessions.add(sessionId);
      if ('decisionId' in event) decisions.add(event.decisionId);
    }
    const found = new Map<string, string>();
    if (sessions.size > 0) {
      const query = reader.selectFrom('sessions').select(['id', 'address']);
      for (const row of await query.where('id', 'in', [...sessions]).execute())
        found.set(row.id, row.address);
    }
    if (decisions.size > 0) {
      const query = reader.selectFrom('decisions').select(['id', 'address']);
      for (const row of await query.where('id', 'in', [...decisions]).execute())
        found.set(row.id, row.address);
    }
    return found;
  }

  return {
    keepReceivers: (receivers) =>
      write(clock.now(), async ({ sql }) => {
        const names = receivers.map(({ name }) => name);
        let gone = sql.deleteFrom('journal_deliveries');
        if (names.length > 0) gone = gone.where('receiver', 'not in', names);
        await gone.execute();
        if (names.length === 0) return;
        const { newest } = await sql
          .selectFrom('audit_head')
          .select('sequence as newest')
          .executeTakeFirstOrThrow();
        const { first } = await sql
          .selectFrom('audit_events')
          .select((eb) => eb.fn.min('sequence').as('first'))
          .executeTakeFirstOrThrow();
        const beforeOldest = first === null ? newest : first - 1;
        await sql
          .insertInto('journal_deliveries')
          .values(
            receivers.map(({ name, begin }) => ({
              receiver: name,
              sequence: begin === 'now' ? newest : beforeOldest,
              lease_until: 0,
              delivered_at: null,
              failed_at: null,
              failure: null,
            })),
          )
          .onConflict((conflict) => conflict.column('receiver').doNothing())
          .execute();
      }),

    async claimReceiver(receiver, leaseSeconds, now) {
      // Asked first without a transaction: mostly there is nothing to do.
      const row = await reader
        .selectFrom('journal_deliveries')
        .select(['sequence', 'lease_until'])
        .where('receiver', '=', receiver)
        .executeTakeFirst();
      if (row === undefined || row.sequence >= (await head()).sequence) return undefined;
      const nowMs = now.getTime();
      const leaseUntil = nowMs + leaseSeconds * 1_000;
      return write(now, async ({ sql }) => {
        const claimed = await sql
          .updateTable('journal_deliveries')
          .set({ lease_until: leaseUntil })
          .where('receiver', '=', receiver)
          // A lease that ends later than any given now comes from a clock that ran ahead.
          .where((eb) => eb.or([eb('lease_until', '<=', nowMs), eb('lease_until', '>', leaseUntil)]))
          .returning('sequence')
          .executeTakeFirst();
        return claimed && { receiver, sequence: claimed.sequence, leaseUntil: dateOf(leaseUntil) };
      });
    },

    async listEntriesAfter(sequence, limit) {
      const rows = await reader
        .selectFrom('audit_events')
        .select(['sequence', 'at', 'actor', 'event'])
        .where('sequence', '>', sequence)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      const entries = rows.map(
        (row): StoredEntry => ({
          sequence: row.sequence,
          at: dateOf(row.at),
          actor: JSON.parse(row.actor) as Actor,
          event: JSON.parse(row.event) as AuditEvent,
        }),
      );
      const [names, addresses] = await Promise.all([namesOf(entries), addressesOf(entries)]);
      return entries.map((entry): JournalEntry => {
        const { actor, event } = entry;
        const find = (map: ReadonlyMap<string, string>, id: string | undefined) =>
          id === undefined ? undefined : map.get(id);
        return {
          ...entry,
          actorLogin: find(names, accountOfActor(actor)),
          accountLogin: find(names, accountOf(event)),
          address:
            'address' in event
              ? event.address
              : (find(addresses, 'decisionId' in event ? event.decisionId : undefined) ??
                find(addresses, sessionOf(actor, event))),
        };
      });
    },

    recordDelivered: ({ receiver, leaseUntil }, sequence, now) =>
      write(now, async ({ sql }) => {
        await sql
          .updateTable('journal_deliveries')
          .set({ sequence, delivered_at: now.getTime(), failed_at: null, failure: null, lease_until: 0 })
          .where('receiver', '=', receiver)
          .where('lease_until', '=', leaseUntil.getTime())
          .execute();
      }),

    recordFailed: ({ receiver, leaseUntil }, failure, now) =>
      write(now, async ({ sql }) => {
        await sql
          .updateTable('journal_deliveries')
          .set({ failed_at: now.getTime(), failure, lease_until: 0 })
          .where('receiver', '=', receiver)
          .where('lease_until', '=', leaseUntil.getTime())
          .execute();
      }),

    releaseReceiver: ({ receiver, leaseUntil }) =>
      write(clock.now(), async ({ sql }) => {
        await sql
          .updateTable('journal_deliveries')
          .set({ lease_until: 0 })
          .where('receiver', '=', receiver)
          .where('lease_until', '=', leaseUntil.getTime())
          .execute();
      }),

    async listReceiverStates() {
      const rows = await reader.selectFrom('journal_deliveries').selectAll().orderBy('receiver').execute();
      if (rows.length === 0) return [];
      const { sequence: newest } = await head();
      return Promise.all(
        rows.map(async (row): Promise<ReceiverState> => {
          const next = await reader
            .selectFrom('audit_events')
            .select('at')
            .where('sequence', '>', row.sequence)
            .orderBy('sequence')
            .limit(1)
            .executeTakeFirst();
          return {
            receiver: row.receiver,
            behind: Math.max(0, newest - row.sequence),
            behindSince: next && dateOf(next.at),
            deliveredAt: dateOrUndefined(row.delivered_at),
            failure:
              row.failure === null || row.failed_at === null
                ? undefined
                : { category: row.failure as DeliveryFailure, at: dateOf(row.failed_at) },
          };
        }),
      );
    },
  };
}

function accountOfActor(actor: Actor) {
  return actor.kind === 'account' ? actor.accountId : undefined;
}

function accountOf(event: AuditEvent) {
  return 'accountId' in event ? event.accountId : undefined;
}

function sessionOf(actor: Actor, event: AuditEvent): SessionId | undefined {
  if (actor.kind === 'account' && actor.sessionId !== undefined) return actor.sessionId;
  return 'sessionId' in event ? event.sessionId : undefined;
}
