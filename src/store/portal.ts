import { ProblemError } from '../kernel/problem.ts';
import type { PortalPort } from '../portal/ports.ts';
import type { StoreContext } from './context.ts';
import { toRefusal } from './decisions.ts';
import { isLive } from './sessions.ts';

export function createPortalPort({ reader, write }: StoreContext): PortalPort {
  return {
    async findEntryRequest(requestHash, now) {
      const row = await reader
        .selectFrom('entry_requests')
        .select(['application_id', 'return_path'])
        .where('request_hash', '=', requestHash)
        .where('expires_at', '>', now.getTime())
        .executeTakeFirst();
      return row && { applicationId: row.application_id, returnPath: row.return_path };
    },

    createHandOver: ({ requestHash, codeHash, sessionId, now, expiresAt }) =>
      write(now, async ({ sql }) => {
        const found = await sql
          .selectFrom('sessions')
          .innerJoin('entry_requests', (join) => join.on('entry_requests.request_hash', '=', requestHash))
          .select('sessions.id')
          .where('sessions.id', '=', sessionId)
          .where('entry_requests.expires_at', '>', now.getTime())
          .where((eb) => isLive(eb, now))
          .executeTakeFirst();
        if (found === undefined) throw new ProblemError('hand-over-invalid');
        await sql
          .insertInto('hand_overs')
          .values({
            code_hash: codeHash,
            request_hash: requestHash,
            session_id: sessionId,
            created_at: now.getTime(),
            expires_at: expiresAt.getTime(),
          })
          .execute();
      }),

    async findRefusal(id, accountId) {
      const row = await reader
        .selectFrom('decisions')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .where('outcome', '=', 'deny')
        .executeTakeFirst();
      return row && toRefusal(row);
    },

    async findLastRefusal(sessionId) {
      const row = await reader
        .selectFrom('decisions')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('outcome', '=', 'deny')
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toRefusal(row);
    },

    createChooseAgain: ({ tokenHash, sessionId, applicationId, now, expiresAt }) =>
      write(now, async ({ sql }) => {
        const session = await sql
          .selectFrom('sessions')
          .select('id')
          .where('id', '=', sessionId)
          .where((eb) => isLive(eb, now))
          .executeTakeFirst();
        if (session === undefined) throw new ProblemError('sign-in-required');
        await sql
          .insertInto('choose_again_tokens')
          .values({
            token_hash: tokenHash,
            session_id: sessionId,
            application_id: applicationId,
            created_at: now.getTime(),
            expires_at: expiresAt.getTime(),
          })
          .execute();
      }),
  };
}
