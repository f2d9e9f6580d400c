import type { Readable } from 'node:stream';
import { headersOf } from '../http/raw-headers.ts';
import type { SessionId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { hashToken } from '../kernel/random.ts';
import { closeUnusedLike } from './close-unused.ts';
import type { Connection } from './connections.ts';
import type { GateContext } from './context.ts';
import type { OwnRequest } from './own-paths.ts';
import { isToken } from './session-cookie.ts';
import { isAlertAvailable, sendFatalAlert } from './tls-alert.ts';

const MAX_BODY_BYTES = 256;
const BODY_TIMEOUT_MS = 10_000;
/**
 * A connection that is so much younger than the token waited for somebody: the browser remembered no choice and asked
 * for this very request. Asking once more would only puzzle. Where a network was so slow, the choice stays as it was;
 * a second press finds the connection open and works.
 */
const PICKER_MS = 1_000;

/**
 * Makes the browser forget which certificate it chose for this host. The portal's page asks for it across origins with
 * a one-time token as the body; no cookie takes part. There is no answer: the alert ends the connection, and any octet
 * of a response before it would leave the choice as it is. Where the browser has just asked because it remembered
 * nothing, that was the choice, and it is left as it is.
 */
export async function handleChooseAgain(context: GateContext, request: OwnRequest): Promise<void> {
  const { exchange, host } = request;
  const { connection } = exchange;
  if (headersOf(exchange.rawHeaders).origin !== context.portalOrigin)
    throw new ProblemError('origin-forbidden');
  if (exchange.expectsContinue) exchange.sendContinue();
  const token = await readShortText(exchange.body, MAX_BODY_BYTES);
  if (token === undefined || !isToken(token)) throw new ProblemError('choose-again-invalid');
  // Asked before the token is spent: without the alert the portal tells how to do it by hand.
  if (!isAlertAvailable(connection.socket)) throw new ProblemError('internal');
  const redeemed = await context.port.redeemChooseAgain({
    tokenHash: hashToken(token),
    applicationId: host.application.id,
    now: context.clock.now(),
  });
  if (redeemed === undefined) throw new ProblemError('choose-again-invalid');
  closeOthers(context, connection, redeemed.sessionId);
  if (connection.openedAt - redeemed.createdAt.getTime() >= PICKER_MS) {
    exchange.respond(204, ['cache-control', 'no-store']);
    exchange.end();
    return;
  }
  sendFatalAlert(connection.socket);
}

/** The same browser's other connections still show the old choice: those on which this session was seen, too. */
function closeOthers(context: GateContext, alerted: Connection, sessionId: SessionId): void {
  closeUnusedLike(context, alerted, 0);
  for (const connection of context.connections.all()) {
    if (connection !== alerted && connection.sessionIds.has(sessionId)) connection.socket.destroy();
  }
}

/** Undefined: too long, cut, or too slow. */
function readShortText(body: Readable, maxBytes: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => finish(undefined), BODY_TIMEOUT_MS);
    const finish = (text: string | undefined): void => {
      clearTimeout(timer);
      body.off('data', onData);
      resolve(text);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > maxBytes) finish(undefined);
      else chunks.push(chunk);
    };
    body.on('data', onData);
    body.on('end', () => finish(Buffer.concat(chunks).toString('latin1')));
    body.on('error', () => finish(undefined));
    body.on('close', () => finish(undefined));
  });
}
