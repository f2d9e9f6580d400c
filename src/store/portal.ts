import { ProblemError } from '../kernel/problem.ts';
import type { PortalPort } from '../portal/ports.ts';
import type { StoreContext } from './context.ts';
import { toRefusal } from './decisions.ts';
import { storable } from './row-values.ts';
import { isLive } from './sessions.ts';

export function createPortalPort({ reader, write }: StoreContext): PortalPort {
  return {
    createHandOver: ({ codeHash, sessionId, applicationId, bindingHash, returnPath, now, expiresAt }) =>
      write(now, async ({ sql }) => {
        if (storable(returnPath) !== returnPath) {
          throw new ProblemError('request-target', {
            detail: 'the address holds characters that none may hold',
          });
        }
        const found = await sql
          .selectFrom('sessions')
          .select('id')
          .where('id', '=', sessionId)
          .where((eb) => isLive(eb, now))
          .executeTakeFirst();
        if (found === undefined) throw new ProblemError('hand-over-invalid');
        await sql
          .insertInto('hand_overs')
          .values({
            code_hash: codeHash,
            session_id: sessionId,
            application_id: applicationId,
            binding_hash: bindingHash,
            return_path: returnPath,
            created_at: now.getTime(),
            expires_at: expiresAt.getTime(),
          })
          .execute();
      }),

    async listEntered(sessionId) {
      const rows = await reader
        .selectFrom('session_tokens')
        .select('application_id')
        .where('session_id', '=', sessionId)
        .groupBy('application_id')
        .orderBy((eb) => eb.fn.max('created_at'), 'desc')
        .execute();
      return rows.flatMap(({ application_id }) => application_id ?? []);
    },

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
