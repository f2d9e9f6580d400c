import type { Connection } from './connections.ts';
import type { GateContext } from './context.ts';
import { decideEntry } from './decide-entry.ts';
import type { ExchangePermit } from './exchange.ts';

const CLOSE_MS = 200;
/** Long enough for the last octets to reach a slow client. */
const ENDING_MS = 20_000;
const QUESTIONS_AT_ONCE = 32;

export interface Watch {
  /** Decides again about everything that is open. */
  recheck(): Promise<void>;
  stop(): void;
}

/**
 * A permit holds for a moment, a download or a WebSocket for hours: after every change, and every few seconds for what
 * ends by time, each open exchange is decided about again and cut if it would not be permitted now.
 */
export function startWatch(context: GateContext): Watch {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const recheck = (): Promise<void> => {
    if (running !== undefined) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await recheckAll(context);
      } while (again && !stopped);
    })()
      .catch((error: unknown) => {
        context.logger.error({ err: error }, 'open connections could not be decided about again');
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const timer = setInterval(() => {
    sweepIdle(context, Date.now());
    void recheck();
  }, context.limits.recheckEveryMs);
  timer.unref();
  const flushTimer = setInterval(() => void context.signInCounter.flush(), 60_000);
  flushTimer.unref();
  const unsubscribe = context.port.subscribeToChanges(() => {
    context.changes += 1;
    void recheck();
  });
  return {
    recheck,
    stop() {
      stopped = true;
      clearInterval(timer);
      clearInterval(flushTimer);
      unsubscribe();
    },
  };
}

/** What hangs on one answer of the database: on PostgreSQL each is a way there and back. */
interface Question {
  readonly connection: Connection;
  readonly permit: ExchangePermit;
  readonly dependents: ((answer: boolean) => void)[];
}

async function recheckAll(context: GateContext): Promise<void> {
  const questions = collectQuestions(context)[Symbol.iterator]();
  // The database's own pool bounds what runs at once; more than this would keep requests waiting behind it.
  const askInTurn = async (): Promise<void> => {
    for (let next = questions.next(); !next.done; next = questions.next()) {
      const { connection, permit, dependents } = next.value;
      const answer = await stillPermitted(context, connection, permit);
      for (const apply of dependents) apply(answer);
    }
  };
  await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, askInTurn));
}

/** Connections that show the same certificate under the same permit have one answer. */
function collectQuestions(context: GateContext): readonly Question[] {
  const questions = new Map<string, Question>();
  const ask = (connection: Connection, permit: ExchangePermit, apply: (answer: boolean) => void): void => {
    const { presented } = connection;
    const shown = presented.kind === 'certificate' ? presented.sha256Fingerprint : '';
    const key = `${permit.tokenHash} ${permit.applicationId} ${shown}`;
    const question = questions.get(key) ?? { connection, permit, dependents: [] };
    question.dependents.push(apply);
    questions.set(key, question);
  };

  for (const connection of context.connections.all()) {
    for (const exchange of connection.exchanges) {
      const { permit } = exchange;
      if (permit === undefined) continue;
      ask(connection, permit, (answer) => {
        // It may have ended while the answer was on its way.
        if (answer || !connection.exchanges.has(exchange)) return;
        exchange.owner?.clientGone();
        exchange.destroy();
      });
    }
    const { lastPermit } = connection;
    if (lastPermit === undefined) continue;
    ask(connection, lastPermit, (answer) => {
      if (answer || connection.lastPermit !== lastPermit) return;
      // Nothing permitted runs any more: the browser's next request opens a connection of its own.
      connection.lastPermit = undefined;
      if (connection.exchanges.size === 0) closeSoon(connection);
    });
  }
  return [...questions.values()];
}

/** HTTP/2 has resets of its streams on the way, which tell the client that an answer was cut and not ended. */
function closeSoon({ http2, socket }: Connection): void {
  if (http2 === undefined) {
    socket.destroy();
    return;
  }
  http2.close();
  setTimeout(() => socket.destroy(), CLOSE_MS).unref();
}

async function stillPermitted(
  context: GateContext,
  connection: Connection,
  { tokenHash, applicationId }: ExchangePermit,
): Promise<boolean> {
  const now = context.clock.now();
  try {
    const entry = await context.port.readEntry(tokenHash, applicationId, now);
    return decideEntry({ connection }, entry, now).outcome === 'permit';
  } catch (error) {
    context.logger.error({ err: error }, 'an open connection is cut: its permit could not be read');
    return false;
  }
}

/** Our side has said its last word; a peer that does not answer it would hold the connection. */
function isEnding({ http2, socket }: Connection): boolean {
  return socket.writableEnded || http2?.closed === true;
}

function sweepIdle(context: GateContext, nowMs: number): void {
  const { connectionIdleMs, clientIdleMs, webSocketIdleMs } = context.limits;
  for (const connection of context.connections.all()) {
    const quietMs = nowMs - connection.lastActiveAt;
    if (connection.exchanges.size === 0) {
      // Also who sends the octets of a request one by one, and an HTTP/2 connection without streams.
      const limitMs = isEnding(connection) ? Math.min(ENDING_MS, connectionIdleMs) : connectionIdleMs;
      if (quietMs > limitMs) closeSoon(connection);
      continue;
    }
    for (const exchange of [...connection.exchanges]) {
      const since = Math.min(exchange.bodyOwedSince ?? nowMs, exchange.drainOwedSince ?? nowMs);
      const idleWebSocket = exchange.upgraded && quietMs > webSocketIdleMs;
      if (nowMs - since <= clientIdleMs && !idleWebSocket) continue;
      exchange.owner?.clientGone();
      exchange.destroy();
    }
  }
}
