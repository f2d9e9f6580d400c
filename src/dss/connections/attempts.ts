/** Everything that a person has begun with a DSS and that is not over, or only just. Lives in this process alone. */
import type { Actor } from '../../kernel/audit-event.ts';
import type { AccountId, SessionId } from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import { DssError, describeFailure } from '../protocol/dss-error.ts';
import {
  type Attempt,
  type AttemptConnection,
  type AttemptId,
  type AttemptPurpose,
  type AttemptResult,
  isOver,
} from './attempt.ts';
import { createMailbox, type PersonInput } from './mailbox.ts';
import type { Locker } from './secret-vault.ts';

export interface AttemptStart {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly actor: Actor;
  readonly locker: Locker;
  readonly connection: AttemptConnection;
  readonly purpose: AttemptPurpose;
}

export interface AttemptsOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly perform: (attempt: Attempt) => Promise<AttemptResult>;
  readonly reportFailure: (attempt: Attempt, error: unknown) => Promise<void>;
}

export interface Attempts {
  /** What runs for the same connection already is given back: no telephone rings twice for one press. */
  start(input: AttemptStart): Attempt;
  /** @throws {ProblemError} `dss-attempt-gone` also for another session's, `dss-attempt-elsewhere` */
  get(sessionId: SessionId, id: string): Attempt;
  /** Newest first. */
  list(sessionId: SessionId): readonly Attempt[];
  /** @throws {ProblemError} `dss-attempt-gone` where it is not waiting for this */
  give(attempt: Attempt, input: PersonInput): void;
  /**
   * Ends it, or takes it from the list when it has ended. What a server answers later is thrown away. What is being
   * stored already stays.
   */
  cancel(attempt: Attempt): Attempt;
  /** Waits until something has to be done by the person or it is over, at most so long. */
  settle(attempt: Attempt, maxMs: number): Promise<void>;
  dropSession(sessionId: SessionId): void;
  dropOld(now: Date): void;
  sessions(): readonly SessionId[];
  stop(): Promise<void>;
}

const RUNNING_MAX = 8;
const KEPT_MS = 10 * 60_000;
const SETTLE_STEP_MS = 25;

export function createAttempts(options: AttemptsOptions): Attempts {
  const { clock, random, logger, perform, reportFailure } = options;
  // Attempts live in this process. Their numbers say whose they are, so that another one can say what has happened.
  const ownPrefix = Buffer.from(random.bytes(4)).toString('hex');
  const attempts = new Map<AttemptId, Attempt>();
  const running = new Set<Promise<void>>();

  async function run(attempt: Attempt): Promise<void> {
    try {
      const result = await perform(attempt);
      if (!isOver(attempt)) attempt.state = { kind: 'done', result };
    } catch (error) {
      if (attempt.abort.signal.aborted) return;
      const { failure, place } = describeFailure(error);
      if (!(error instanceof DssError)) logger.error({ err: error }, 'a DSS attempt has failed');
      try {
        // Before the page can say that the journal knows more.
        await reportFailure(attempt, error);
      } finally {
        if (!isOver(attempt)) attempt.state = { kind: 'failed', failure, place };
      }
    } finally {
      attempt.endedAt = clock.now();
    }
  }

  function end(attempt: Attempt): void {
    attempts.delete(attempt.id);
    if (isOver(attempt)) return;
    attempt.state = { kind: 'cancelled', shownUntil: shownUntil(attempt) };
    attempt.abort.abort(new DOMException('cancelled', 'AbortError'));
  }

  return {
    start({ accountId, sessionId, actor, locker, connection, purpose }) {
      const mine = [...attempts.values()].filter((each) => each.accountId === accountId && !isOver(each));
      const same = mine.find((each) => each.sessionId === sessionId && isSame(each, connection, purpose));
      if (same) return same;
      if (mine.length >= RUNNING_MAX) throw new ProblemError('throttled', { retryAfterSeconds: 60 });
      const attempt: Attempt = {
        id: `${ownPrefix}${random.id<AttemptId>().slice(ownPrefix.length)}` as AttemptId,
        accountId,
        sessionId,
        actor,
        connection,
        purpose,
        startedAt: clock.now(),
        locker,
        mailbox: createMailbox(),
        abort: new AbortController(),
        state: { kind: 'working', step: 'checking-servers' },
        endedAt: undefined,
      };
      attempts.set(attempt.id, attempt);
      const run_ = run(attempt).catch((error: unknown) =>
        logger.error({ err: error }, 'a DSS failure could not be recorded'),
      );
      running.add(run_);
      void run_.finally(() => running.delete(run_));
      return attempt;
    },

    get(sessionId, id) {
      const attempt = attempts.get(id as AttemptId);
      if (attempt === undefined && !id.startsWith(ownPrefix)) throw new ProblemError('dss-attempt-elsewhere');
      if (attempt?.sessionId !== sessionId) throw new ProblemError('dss-attempt-gone');
      return attempt;
    },

    list: (sessionId) =>
      [...attempts.values()].filter((attempt) => attempt.sessionId === sessionId).reverse(),

    give(attempt, input) {
      if (!isWanted(attempt, input)) throw new ProblemError('dss-attempt-gone');
      // Before the answer to this request is made, so that it does not ask for the same once more.
      attempt.state = { kind: 'working', step: input.kind === 'password' ? 'signing-in' : 'confirming' };
      attempt.mailbox.put(input);
    },

    cancel(attempt) {
      end(attempt);
      return attempt;
    },

    async settle(attempt, maxMs) {
      const until = performance.now() + maxMs;
      while (attempt.state.kind === 'working' && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, SETTLE_STEP_MS));
      }
    },

    dropSession(sessionId) {
      for (const attempt of attempts.values()) if (attempt.sessionId === sessionId) end(attempt);
    },

    dropOld(now) {
      for (const attempt of attempts.values()) {
        const { endedAt } = attempt;
        if (endedAt && now.getTime() - endedAt.getTime() > KEPT_MS) attempts.delete(attempt.id);
      }
    },

    sessions: () => [...new Set([...attempts.values()].map(({ sessionId }) => sessionId))],

    async stop() {
      for (const attempt of [...attempts.values()]) end(attempt);
      await Promise.allSettled(running);
    },
  };
}

/** A code that was sent is of no use to anybody any more; a request to confirm is seen until its time is over. */
function shownUntil({ state }: Attempt): Date | undefined {
  if (state.kind !== 'waiting') return undefined;
  const { kind, expiresAt } = state.challenge;
  return kind === 'sms' || kind === 'email' || kind === 'code' ? undefined : expiresAt;
}

function isSame(attempt: Attempt, connection: AttemptConnection, purpose: AttemptPurpose): boolean {
  const one = attempt.connection;
  const isSameConnection =
    one.id === connection.id ||
    (one.isNew &&
      connection.isNew &&
      one.name === connection.name &&
      one.authorizationServer === connection.authorizationServer &&
      one.dssServer === connection.dssServer &&
      one.usesV2 === connection.usesV2 &&
      one.login === connection.login);
  const { purpose: own } = attempt;
  if (own.kind === 'test-signature') {
    return isSameConnection && purpose.kind === 'test-signature' && own.dssId === purpose.dssId;
  }
  return isSameConnection && purpose.kind === 'certificates';
}

function isWanted({ state }: Attempt, input: PersonInput): boolean {
  switch (input.kind) {
    case 'password':
      return state.kind === 'password-needed';
    case 'code':
      return state.kind === 'waiting' && state.challenge.takesCode;
    case 'method':
      return state.kind === 'choosing';
  }
}
