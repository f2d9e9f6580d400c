import { sql } from 'kysely';
import type { Overview, OverviewPort } from '../../console/overview/ports.ts';
import type { AuditEvent } from '../../kernel/audit-event.ts';
import type { StoreContext } from '../context.ts';
import { dateOf } from '../row-values.ts';
import { isLive } from '../sessions.ts';

const DAY_MS = 86_400_000;
/** Lines of failed sign-ins that are added up: one a minute for each address at most. */
const FAILURE_LINES_MAX = 5_000;

type Query = Parameters<OverviewPort['readOverview']>[0];

export function createOverviewPort({ reader }: StoreContext): OverviewPort {
  const accounts = async (): Promise<Overview['accounts']> => {
    const rows = await reader
      .selectFrom('accounts')
      .select('status')
      .select((eb) => [
        eb.fn.countAll<number>().as('count'),
        eb.fn.count<number>('current_certificate_id').as('with_certificate'),
      ])
      .groupBy('status')
      .execute();
    const of = (status: string) => rows.find((row) => row.status === status);
    const active = of('active');
    return {
      active: active?.count ?? 0,
      blocked: of('blocked')?.count ?? 0,
      withoutCertificate: (active?.count ?? 0) - (active?.with_certificate ?? 0),
    };
  };

  const present = async ({ now, limit }: Query): Promise<Overview['present']> => {
    const [counts, newest] = await Promise.all([
      reader
        .selectFrom('sessions')
        .select((eb) => [
          eb.fn.countAll<number>().as('sessions'),
          eb.fn.count<number>('account_id').distinct().as('people'),
        ])
        .where((eb) => isLive(eb, now))
        .executeTakeFirstOrThrow(),
      reader
        .selectFrom('sessions')
        .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
        .select(['account_id', 'login', 'display_name', 'last_seen_at', 'address'])
        .where((eb) => isLive(eb, now))
        .orderBy('last_seen_at', 'desc')
        .limit(limit)
        .execute(),
    ]);
    return {
      ...counts,
      newest: newest.map((row) => ({
        accountId: row.account_id,
        login: row.login,
        displayName: row.display_name,
        lastSeenAt: dateOf(row.last_seen_at),
        address: row.address,
      })),
    };
  };

  const certificates = async ({ now }: Query): Promise<Overview['certificates']> => {
    const rows = await reader
      .selectFrom('accounts')
      .innerJoin('access_certificates as c', 'c.id', 'accounts.current_certificate_id')
      .select(['c.status'])
      .select((eb) => [
        eb.fn.countAll<number>().as('count'),
        eb.fn
          .sum<number>(eb.case().when('c.not_after', '<', now.getTime()).then(1).else(0).end())
          .as('ended'),
      ])
      .groupBy('c.status')
      .execute();
    const of = (status: string) => rows.find((row) => row.status === status);
    const active = of('active');
    const expired = Number(active?.ended ?? 0);
    return {
      active: (active?.count ?? 0) - expired,
      expired,
      suspended: of('suspended')?.count ?? 0,
      revoked: of('revoked')?.count ?? 0,
    };
  };

  const expiring = async ({ now, limit }: Query): Promise<Overview['expiring']> => {
    const within = (days: number) =>
      reader
        .selectFrom('access_certificates as c')
        .where('c.status', '=', 'active')
        .where('c.not_after', '>=', now.getTime())
        .where('c.not_after', '<', now.getTime() + days * DAY_MS);
    const count = async (days: number) => {
      const row = await within(days)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return row.count;
    };
    const [in7, in30, first] = await Promise.all([
      count(7),
      count(30),
      within(30)
        .innerJoin('accounts', 'accounts.id', 'c.account_id')
        .select(['c.id', 'c.account_id', 'c.not_after', 'login', 'display_name'])
        .orderBy('c.not_after')
        .limit(limit)
        .execute(),
    ]);
    return {
      in7,
      in30,
      first: first.map((row) => ({
        id: row.id,
        accountId: row.account_id,
        login: row.login,
        displayName: row.display_name,
        notAfter: dateOf(row.not_after),
      })),
    };
  };

  const refusals = async ({ from, stepSeconds }: Query): Promise<Overview['refusals']> => {
    const start = from.getTime();
    const stepMs = stepSeconds * 1_000;
    // Numbers of ours, written out: both databases divide whole numbers by whole numbers then.
    const step = sql<number>`(at - ${sql.lit(start)}) / ${sql.lit(stepMs)}`;
    const rows = await reader
      .selectFrom('decisions')
      .select(['reason', step.as('step')])
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('outcome', '=', 'deny')
      .where('at', '>=', start)
      .groupBy(['reason', step])
      .execute();
    return rows.map((row) => ({ reason: row.reason ?? '', step: Number(row.step), count: row.count }));
  };

  const entries = async ({ from }: Query): Promise<number> => {
    const row = await reader
      .selectFrom('decisions')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('outcome', '=', 'permit')
      .where('at', '>=', from.getTime())
      .executeTakeFirstOrThrow();
    return row.count;
  };

  const signInFailures = async ({ from }: Query): Promise<number> => {
    const rows = await reader
      .selectFrom('audit_events')
      .select('event')
      .where('type', '=', 'sign-in-failed')
      .where('at', '>=', from.getTime())
      .orderBy('sequence', 'desc')
      .limit(FAILURE_LINES_MAX)
      .execute();
    return rows.reduce((sum, row) => {
      const event = JSON.parse(row.event) as AuditEvent;
      return event.type === 'sign-in-failed' ? sum + event.count : sum;
    }, 0);
  };

  const messages = async ({ from }: Query): Promise<Overview['messages']> => {
    const rows = await reader
      .selectFrom('outbox')
      .select(['status', 'failure_category'])
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('created_at', '>=', from.getTime())
      .groupBy(['status', 'failure_category'])
      .execute();
    const count = (...statuses: readonly string[]) =>
      rows.reduce((sum, row) => (statuses.includes(row.status) ? sum + row.count : sum), 0);
    return {
      delivered: count('delivered'),
      waiting: count('queued', 'retrying'),
      failed: count('failed'),
      failures: rows
        .filter(({ status }) => status === 'failed')
        .map((row) => ({ category: row.failure_category ?? 'unknown', count: row.count }))
        .sort((one, other) => other.count - one.count),
    };
  };

  return {
    async readOverview(query) {
      return {
        accounts: await accounts(),
        present: await present(query),
        certificates: await certificates(query),
        expiring: await expiring(query),
        refusals: await refusals(query),
        entries: await entries(query),
        signInFailures: await signInFailures(query),
        messages: await messages(query),
      };
    },
  };
}
