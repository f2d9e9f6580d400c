import { type ExpressionBuilder, sql } from 'kysely';
import type { Session, SessionPort } from '../accounts/ports.ts';
import type { SessionId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { findAccountRow, toAccount } from './account-rows.ts';
import type { StoreContext } from './context.ts';
import { dateOf, storable } from './row-values.ts';
import type { AccountRow, Schema, SessionRow } from './rows.ts';
import { endSession } from './session-rows.ts';

/** A session is written to at most once in this time, or every click would be a write. */
const TOUCH_INTERVAL_MS = 60_000;
const ADDRESS_MAX_CHARACTERS = 64;
const USER_AGENT_MAX_CHARACTERS = 512;

export function createSessionPort({ reader, write, random }: StoreContext): SessionPort {
  return {
    startSession: ({ accountId, portalTokenHash, address, userAgent, now, idleSeconds, absoluteSeconds }) =>
      write(now, async (unit) => {
        const account = await findAccountRow(unit.sql, accountId);
        if (account === undefined) throw new ProblemError('account-not-found');
        await unit.sql
          .updateTable('accounts')
          .set({ signed_in_at: now.getTime() })
          .where('id', '=', accountId)
          .execute();
        const row: SessionRow = {
          id: random.id<SessionId>(),
          account_id: accountId,
          started_at: now.getTime(),
          last_seen_at: now.getTime(),
          idle_seconds: idleSeconds,
          absolute_expires_at: now.getTime() + absoluteSeconds * 1000,
          ended_at: null,
          ended_why: null,
          address: storable(address).slice(0, ADDRESS_MAX_CHARACTERS),
          user_agent: storable(userAgent.slice(0, USER_AGENT_MAX_CHARACTERS)),
        };
        await unit.sql.insertInto('sessions').values(row).execute();
        await unit.sql
          .insertInto('session_tokens')
          .values({
            token_hash: portalTokenHash,
            session_id: row.id,
            application_id: null,
            created_at: now.getTime(),
          })
          .execute();
        unit.record(
          { kind: 'account', accountId, sessionId: row.id },
          { type: 'signed-in', accountId, sessionId: row.id, address: row.address },
        );
        return toSession(row, account);
      }),

    async findPortalSession(tokenHash, now) {
      const session = await reader
        .selectFrom('session_tokens')
        .innerJoin('sessions', 'sessions.id', 'session_tokens.session_id')
        .selectAll('sessions')
        .where('session_tokens.token_hash', '=', tokenHash)
        .where('session_tokens.application_id', 'is', null)
        .where((eb) => isLive(eb, now))
        .executeTakeFirst();
      if (session === undefined) return undefined;
      const account = await findAccountRow(reader, session.account_id);
      return account && toSession(session, account);
    },

    touchSession: (id, now) => touchSession({ reader, write }, id, now),

    endSession: (id, why, actor, now) => write(now, (unit) => endSession(unit, id, why, actor)),
  };
}

/** Not ended, not idle too long, not too old. A session whose idle time is over stays over. */
export function isLive(eb: ExpressionBuilder<Schema, 'sessions'>, now: Date) {
  const nowMs = now.getTime();
  return eb.and([
    eb('sessions.ended_at', 'is', null),
    eb('sessions.absolute_expires_at', '>', nowMs),
    eb(sql<number>`sessions.last_seen_at + sessions.idle_seconds * 1000`, '>', nowMs),
  ]);
}

/** Moves the idle limit on; also the gate's. */
export async function touchSession(
  { reader, write }: Pick<StoreContext, 'reader' | 'write'>,
  id: SessionId,
  now: Date,
): Promise<void> {
  const isDue = (eb: ExpressionBuilder<Schema, 'sessions'>) =>
    eb.and([
      eb('sessions.id', '=', id),
      eb('sessions.last_seen_at', '<=', now.getTime() - TOUCH_INTERVAL_MS),
      isLive(eb, now),
    ]);
  // Asked first without a transaction: most calls have nothing to write.
  const due = await reader.selectFrom('sessions').select('id').where(isDue).executeTakeFirst();
  if (due === undefined) return;
  await write(now, async (unit) => {
    await unit.sql.updateTable('sessions').set({ last_seen_at: now.getTime() }).where(isDue).execute();
  });
}

function toSession(row: SessionRow, account: AccountRow): Session {
  return {
    id: row.id,
    account: toAccount(account),
    startedAt: dateOf(row.started_at),
    lastSeenAt: dateOf(row.last_seen_at),
    idleExpiresAt: dateOf(row.last_seen_at + row.idle_seconds * 1000),
    absoluteExpiresAt: dateOf(row.absolute_expires_at),
  };
}
