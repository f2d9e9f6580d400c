import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, SessionId } from '../kernel/brand.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Why a session ended: by the ports' words, or because the account changed. */
export type SessionEnd =
  | 'signed-out'
  | 'ended-by-owner'
  | 'ended-by-administrator'
  | 'replaced'
  | 'account-blocked'
  | 'password-set';

/** Ends one session and its tokens. Nothing happens to one that has ended. */
export function endSession(
  unit: UnitOfWork,
  sessionId: SessionId,
  why: SessionEnd,
  actor: Actor,
): Promise<void> {
  return endWhere(unit, 'id', sessionId, why, actor);
}

/** Ends every session of an account that is held. */
export function endSessionsOf(
  unit: UnitOfWork,
  accountId: AccountId,
  why: SessionEnd,
  actor: Actor,
): Promise<void> {
  return endWhere(unit, 'account_id', accountId, why, actor);
}

/** Ends every session of an account that is held but one. */
export async function endOtherSessionsOf(
  unit: UnitOfWork,
  accountId: AccountId,
  exceptSessionId: SessionId,
  why: SessionEnd,
  actor: Actor,
): Promise<void> {
  const ended = await unit.sql
    .updateTable('sessions')
    .set({ ended_at: unit.now.getTime(), ended_why: why })
    .where('account_id', '=', accountId)
    .where('id', '!=', exceptSessionId)
    .where('ended_at', 'is', null)
    .returning(['id', 'account_id'])
    .execute();
  await forget(unit, ended, why, actor);
}

async function endWhere(
  unit: UnitOfWork,
  column: 'id' | 'account_id',
  value: SessionId | AccountId,
  why: SessionEnd,
  actor: Actor,
): Promise<void> {
  const ended = await unit.sql
    .updateTable('sessions')
    .set({ ended_at: unit.now.getTime(), ended_why: why })
    .where(column, '=', value)
    .where('ended_at', 'is', null)
    .returning(['id', 'account_id'])
    .execute();
  await forget(unit, ended, why, actor);
}

async function forget(
  unit: UnitOfWork,
  ended: readonly { readonly id: SessionId; readonly account_id: AccountId }[],
  why: SessionEnd,
  actor: Actor,
): Promise<void> {
  if (ended.length === 0) return;
  unit.accessChanged();
  const ids = ended.map(({ id }) => id);
  // A code that is under way must not outlive the session either.
  for (const table of ['session_tokens', 'hand_overs', 'choose_again_tokens'] as const) {
    await unit.sql.deleteFrom(table).where('session_id', 'in', ids).execute();
  }
  for (const { id: sessionId, account_id: accountId } of ended) {
    unit.record(
      actor,
      why === 'signed-out'
        ? { type: 'signed-out', accountId, sessionId }
        : { type: 'session-ended', accountId, sessionId, why },
    );
  }
}
