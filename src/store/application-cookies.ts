import type { GatePort } from '../gate/ports.ts';
import type { StoreContext } from './context.ts';

/** More rows than this are never read: whatever wrote them, an answer has to hold them. */
const LISTED_MAX = 256;

export function createCookiePart({
  reader,
  write,
}: StoreContext): Pick<GatePort, 'rememberCookie' | 'listCookies'> {
  const listCookies: GatePort['listCookies'] = async (applicationId) => {
    const rows = await reader
      .selectFrom('application_cookies')
      .select(['name', 'path', 'domain', 'partitioned'])
      .where('application_id', '=', applicationId)
      .orderBy('first_seen_at')
      .limit(LISTED_MAX)
      .execute();
    return rows.map(({ partitioned, ...scope }) => ({ ...scope, partitioned: partitioned === 1 }));
  };

  return {
    async rememberCookie({ applicationId, scope, limit, now }) {
      const row = {
        application_id: applicationId,
        name: scope.name,
        path: scope.path,
        domain: scope.domain,
        partitioned: scope.partitioned ? 1 : 0,
      };
      const known = await listCookies(applicationId);
      const isKnown = known.some(
        ({ name, path, domain, partitioned }) =>
          name === scope.name &&
          path === scope.path &&
          domain === scope.domain &&
          partitioned === scope.partitioned,
      );
      // Most are known from before this process began: they cost a reading only.
      if (isKnown || known.length >= Math.min(limit, LISTED_MAX)) return;
      await write(now, async ({ sql }) => {
        await sql
          .insertInto('application_cookies')
          .values({ ...row, first_seen_at: now.getTime() })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },

    listCookies,
  };
}
