import type { GatePort } from '../gate/ports.ts';
import type { AccessChanges } from './access-changes.ts';
import { createCookiePart } from './application-cookies.ts';
import { countEvent } from './audit/journal-counts.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './database.ts';
import { createDecisionPart } from './decisions.ts';
import { toEntry } from './entry.ts';
import { dateOf } from './row-values.ts';
import { isLive, touchSession } from './sessions.ts';

export function createGatePort(context: StoreContext, database: Database, changes: AccessChanges): GatePort {
  const { write } = context;
  return {
    readEntry(tokenHash, applicationId, now) {
      const row = database.readEntry(tokenHash, applicationId, now.getTime());
      if (row instanceof Promise) return row.then((found) => found && toEntry(found));
      return row && toEntry(row);
    },

    touchSession: (id, now) => touchSession(context, id, now),

    redeemHandOver: ({ codeHash, bindingHash, applicationId, newTokenHash, now }) =>
      write(now, async ({ sql }) => {
        // Gone at the first attempt, also at one from another browser: a code that was seen is of no use any more.
        const code = await sql
          .deleteFrom('hand_overs')
          .where('code_hash', '=', codeHash)
          .returning(['session_id', 'application_id', 'binding_hash', 'return_path', 'expires_at'])
          .executeTakeFirst();
        if (code === undefined || code.expires_at <= now.getTime()) return undefined;
        if (code.application_id !== applicationId || code.binding_hash !== bindingHash) return undefined;
        const found = await sql
          .selectFrom('sessions')
          .select(['id', 'account_id'])
          .where('id', '=', code.session_id)
          .where((eb) => isLive(eb, now))
          .executeTakeFirst();
        if (found === undefined) return undefined;
        await sql
          .insertInto('session_tokens')
          .values({
            token_hash: newTokenHash,
            session_id: found.id,
            application_id: applicationId,
            created_at: now.getTime(),
          })
          .execute();
        return { sessionId: found.id, accountId: found.account_id, returnPath: code.return_path };
      }),

    redeemChooseAgain: ({ tokenHash, applicationId, now }) =>
      write(now, async ({ sql, record }) => {
        const token = await sql
          .deleteFrom('choose_again_tokens')
          .where('token_hash', '=', tokenHash)
          .returning(['session_id', 'application_id', 'created_at', 'expires_at'])
          .executeTakeFirst();
        if (token?.application_id !== applicationId || token.expires_at <= now.getTime()) return undefined;
        const session = await sql
          .selectFrom('sessions')
          .select(['id', 'account_id'])
          .where('id', '=', token.session_id)
          .where((eb) => isLive(eb, now))
          .executeTakeFirst();
        if (session === undefined) return undefined;
        const { id: sessionId, account_id: accountId } = session;
        record(
          { kind: 'account', accountId, sessionId },
          { type: 'choose-again-requested', accountId, sessionId },
        );
        return { sessionId, accountId, createdAt: dateOf(token.created_at) };
      }),

    ...createCookiePart(context),
    ...createDecisionPart(context),

    recordBeforeSignIn: (applicationId, count, now) =>
      write(now, (unit) => countEvent(unit, { type: 'requests-before-sign-in', applicationId }, count)),

    subscribeToChanges: (onChange) => changes.subscribe(onChange),
  };
}
