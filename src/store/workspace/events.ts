import type { Actor, AuditEvent } from '../../kernel/audit-event.ts';
import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import type { JournalEntry, NotificationPort, OwnJournalPort } from '../../workspace/events/ports.ts';
import type { StoreContext } from '../context.ts';
import { dateOf } from '../row-values.ts';
import type { AuditEventRow } from '../rows.ts';
import { insertNotification } from './notification-rows.ts';
import { inParts } from './workspace.ts';

const MOST_NOTIFICATIONS = 200;
const READ_ONES_MS = 30 * 86_400_000;

export function createNotificationPort({ reader, write, random }: StoreContext): NotificationPort {
  return {
    async listNotifications(accountId, now) {
      const rows = await reader
        .selectFrom('notifications')
        .selectAll()
        .where('account_id', '=', accountId)
        .where((eb) => eb.or([eb('read_at', 'is', null), eb('at', '>', now.getTime() - READ_ONES_MS)]))
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(MOST_NOTIFICATIONS)
        .execute();
      return rows.map(({ id, kind, payload, count, at, read_at }) => ({
        id,
        kind,
        // Written by this program and by nobody else.
        payload: JSON.parse(payload) as Record<string, string>,
        count,
        at: dateOf(at),
        isRead: read_at !== null,
      }));
    },

    markRead: (accountId, ids, now) =>
      write(now, async ({ sql }) => {
        const at = { read_at: now.getTime() };
        if (ids === undefined) {
          for (const table of ['notifications', 'notices'] as const) {
            await sql
              .updateTable(table)
              .set(at)
              .where('account_id', '=', accountId)
              .where('read_at', 'is', null)
              .execute();
          }
          return;
        }
        for (const part of inParts(ids)) {
          const own = sql.updateTable('notifications').set(at).where('account_id', '=', accountId);
          await own.where('id', 'in', part).where('read_at', 'is', null).execute();
          const notices = sql.updateTable('notices').set(at).where('account_id', '=', accountId);
          await notices.where('subject_id', 'in', part).where('read_at', 'is', null).execute();
        }
      }),

    notify: ({ now, ...notification }) =>
      write(now, (unit) => insertNotification(unit, random, notification)),
  };
}

export function createOwnJournalPort({ reader }: StoreContext): OwnJournalPort {
  return {
    async listEntries({ accountId, types, from, until, before, limit }) {
      if (types.length === 0) return [];
      let query = reader
        .selectFrom('audit_events')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('type', 'in', [...types])
        .orderBy('sequence', 'desc')
        .limit(limit);
      if (from) query = query.where('at', '>=', from.getTime());
      if (until) query = query.where('at', '<', until.getTime());
      if (before !== undefined) query = query.where('sequence', '<', before);
      return (await query.execute()).map(entryOf);
    },

    async findEntry(accountId, sequence) {
      const row = await reader
        .selectFrom('audit_events')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('sequence', '=', sequence)
        .executeTakeFirst();
      return row && entryOf(row);
    },

    async readNames(accountId, sha256s) {
      const names = new Map<string, string>();
      for (const part of inParts([...new Set(sha256s)] as Sha256Fingerprint[])) {
        const certificates = await reader
          .selectFrom('known_certificates as known')
          .innerJoin('workspace_certificates as mine', 'mine.sha256', 'known.sha256')
          .select(['known.sha256', 'known.owner'])
          .where('mine.account_id', '=', accountId)
          .where('known.sha256', 'in', part)
          .execute();
        for (const { sha256, owner } of certificates) names.set(sha256, owner);
        const lists = await reader
          .selectFrom('known_lists as known')
          .innerJoin('workspace_lists as mine', 'mine.sha256', 'known.sha256')
          .select(['known.sha256', 'known.issuer_name'])
          .where('mine.account_id', '=', accountId)
          .where('known.sha256', 'in', part)
          .execute();
        for (const { sha256, issuer_name } of lists) names.set(sha256, issuer_name);
      }
      return names;
    },
  };
}

function entryOf({ sequence, at, actor, event }: AuditEventRow): JournalEntry {
  return {
    sequence,
    at: dateOf(at),
    actor: JSON.parse(actor) as Actor,
    event: JSON.parse(event) as AuditEvent,
  };
}
