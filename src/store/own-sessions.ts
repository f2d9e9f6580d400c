import type { OwnHistoryEvent, OwnSession, OwnSessionPort } from '../console/sessions/ports.ts';
import type { AuditEvent } from '../kernel/audit-event.ts';
import type { ApplicationId, SessionId } from '../kernel/brand.ts';
import type { StoreContext } from './context.ts';
import { dateOf } from './row-values.ts';
import { endSession } from './session-rows.ts';
import { isLive } from './sessions.ts';

export function createOwnSessionPort(context: StoreContext): OwnSessionPort {
  const { reader, write } = context;
  return {
    async listOwnSessions(accountId, now) {
      const rows = await reader
        .selectFrom('sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where((eb) => isLive(eb, now))
        .orderBy('last_seen_at', 'desc')
        .orderBy('id')
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return [];
      const [certificates, applications] = await Promise.all([
        listLastCertificates(context, ids),
        listApplications(context, ids),
      ]);
      return rows.map((row): OwnSession => {
        const idleEnd = row.last_seen_at + row.idle_seconds * 1000;
        return {
          id: row.id,
          startedAt: dateOf(row.started_at),
          lastSeenAt: dateOf(row.last_seen_at),
          endsAt: dateOf(Math.min(idleEnd, row.absolute_expires_at)),
          address: row.address,
          userAgent: row.user_agent,
          certificate: certificates.get(row.id),
          applicationIds: applications.get(row.id) ?? [],
        };
      });
    },

    endOwnSession: ({ accountId, sessionId, actor, now }) =>
      write(now, async (unit) => {
        const row = await unit.sql
          .selectFrom('sessions')
          .select('id')
          .where('id', '=', sessionId)
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        if (row === undefined) return 'missing';
        await endSession(unit, sessionId, 'ended-by-owner', actor);
        return 'ended';
      }),

    endOtherSessions: ({ accountId, exceptSessionId, actor, now }) =>
      write(now, async (unit) => {
        const others = await unit.sql
          .selectFrom('sessions')
          .select('id')
          .where('account_id', '=', accountId)
          .where('id', '!=', exceptSessionId)
          .where((eb) => isLive(eb, now))
          // In one order, as every transaction locks rows.
          .orderBy('id')
          .execute();
        for (const { id } of others) await endSession(unit, id, 'ended-by-owner', actor);
        return others.length;
      }),

    async listOwnHistory(accountId, limit) {
      const [signIns, failures, refusals] = await Promise.all([
        reader
          .selectFrom('sessions')
          .select(['started_at', 'address', 'user_agent'])
          .where('account_id', '=', accountId)
          .orderBy('started_at', 'desc')
          .limit(limit)
          .execute(),
        reader
          .selectFrom('audit_events')
          .select(['at', 'event'])
          .where('account_id', '=', accountId)
          .where('type', '=', 'sign-in-failed')
          .orderBy('sequence', 'desc')
          .limit(limit)
          .execute(),
        reader
          .selectFrom('decisions')
          .select(['at', 'address', 'reason', 'application_id'])
          .where('account_id', '=', accountId)
          .where('outcome', '=', 'deny')
          .orderBy('at', 'desc')
          .limit(limit)
          .execute(),
      ]);
      const events: OwnHistoryEvent[] = signIns.map((row) => ({
        kind: 'signed-in',
        at: dateOf(row.started_at),
        address: row.address,
        userAgent: row.user_agent,
      }));
      for (const row of failures) {
        const event = JSON.parse(row.event) as AuditEvent;
        if (event.type !== 'sign-in-failed') continue;
        events.push({ kind: event.type, at: dateOf(row.at), address: event.address, count: event.count });
      }
      for (const row of refusals) {
        if (row.reason === null) continue;
        events.push({
          kind: 'refused',
          at: dateOf(row.at),
          address: row.address,
          reason: row.reason,
          applicationId: row.application_id,
        });
      }
      return events.sort((one, other) => other.at.getTime() - one.at.getTime());
    },
  };
}

/** The certificate of the newest permit of each session. */
async function listLastCertificates(
  { reader }: StoreContext,
  ids: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, NonNullable<OwnSession['certificate']>>> {
  const rows = await reader
    .selectFrom('decisions')
    .innerJoin('access_certificates', 'access_certificates.id', 'decisions.certificate_id')
    .select(['decisions.session_id', 'serial_number', 'issued_at', 'not_after'])
    .where('decisions.session_id', 'in', ids)
    .where('decisions.outcome', '=', 'permit')
    .orderBy('decisions.at')
    .execute();
  return new Map(
    rows.map((row) => [
      row.session_id,
      {
        serialNumber: row.serial_number,
        issuedAt: dateOf(row.issued_at),
        notAfter: dateOf(row.not_after),
      },
    ]),
  );
}

async function listApplications(
  { reader }: StoreContext,
  ids: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, readonly ApplicationId[]>> {
  const rows = await reader
    .selectFrom('session_tokens')
    .select(['session_id', 'application_id'])
    .distinct()
    .where('session_id', 'in', ids)
    .where('application_id', 'is not', null)
    .orderBy('application_id')
    .execute();
  const found = new Map<SessionId, ApplicationId[]>();
  for (const { session_id: id, application_id: applicationId } of rows) {
    if (applicationId === null) continue;
    const list = found.get(id) ?? [];
    found.set(id, list);
    list.push(applicationId);
  }
  return found;
}
