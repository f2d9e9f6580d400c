import type { IncomingHttpHeaders } from 'node:http';
import type { Session } from '../accounts/ports.ts';
import { formatClearCookie, formatSetCookie, readCookie } from '../http/cookies.ts';
import { makeCsrfToken } from '../http/csrf.ts';
import type { Actor } from '../kernel/audit-event.ts';
import { ProblemError } from '../kernel/problem.ts';
import { hashToken, makeToken } from '../kernel/random.ts';
import type { PortalOptions } from './options.ts';
import { SESSION_COOKIE, TOKEN, VISITOR_COOKIE } from './portal-cookies.ts';

export interface SignedInVisitor {
  readonly session: Session;
  readonly token: string;
}

/** What is read of a request here. */
export interface WithHeaders {
  readonly headers: IncomingHttpHeaders;
}

/** What is written into an answer here. Several `set-cookie` of one answer stand beside each other. */
export interface WithReplyHeaders {
  header(name: string, value: string): unknown;
}

type Own = Pick<PortalOptions, 'sessions' | 'clock' | 'random' | 'secret'>;

/** The one who is signed in; each request reads it anew, so that an ended session is over at once. */
export async function findSignedIn(
  { sessions, clock }: Own,
  request: WithHeaders,
): Promise<SignedInVisitor | undefined> {
  const token = readToken(request, SESSION_COOKIE);
  if (token === undefined) return undefined;
  const now = clock.now();
  const session = await sessions.findPortalSession(hashToken(token), now);
  if (session === undefined) return undefined;
  await sessions.touchSession(session.id, now);
  return { session, token };
}

/** @throws {ProblemError} `sign-in-required`; `password-change-required` for whoever has a first password still */
export async function requireSignedIn(own: Own, request: WithHeaders): Promise<SignedInVisitor> {
  const visitor = await findSignedIn(own, request);
  if (visitor === undefined) throw new ProblemError('sign-in-required');
  if (visitor.session.account.passwordState === 'first') throw new ProblemError('password-change-required');
  return visitor;
}

/** What the CSRF token of this browser is bound to: the session's token, else that of the visitor before sign-in. */
export function csrfSubjectOf(request: WithHeaders): string | undefined {
  return readToken(request, SESSION_COOKIE) ?? readToken(request, VISITOR_COOKIE);
}

/** The CSRF token for the pages; gives a browser without a session the cookie that it is bound to. */
export function prepareCsrfToken(
  { random, secret }: Own,
  request: WithHeaders,
  reply: WithReplyHeaders,
  visitor: SignedInVisitor | undefined,
): string {
  if (visitor) return makeCsrfToken(visitor.token, secret);
  // A cookie of an ended session would stay the subject of the next token.
  if (readCookie(request.headers.cookie, SESSION_COOKIE) !== undefined) {
    reply.header('set-cookie', formatClearCookie(SESSION_COOKIE));
  }
  const known = readToken(request, VISITOR_COOKIE);
  if (known !== undefined) return makeCsrfToken(known, secret);
  const token = makeToken(random);
  reply.header('set-cookie', formatSetCookie({ name: VISITOR_COOKIE, value: token }));
  return makeCsrfToken(token, secret);
}

export function actorOf(session: Session): Actor {
  return { kind: 'account', accountId: session.account.id, sessionId: session.id };
}

export function sessionCookie(token: string, session: Session, now: Date): string {
  const leftMs = session.absoluteExpiresAt.getTime() - now.getTime();
  return formatSetCookie({
    name: SESSION_COOKIE,
    value: token,
    maxAgeSeconds: Math.max(0, Math.floor(leftMs / 1000)),
  });
}

function readToken(request: WithHeaders, name: string): string | undefined {
  const value = readCookie(request.headers.cookie, name);
  return value !== undefined && TOKEN.test(value) ? value : undefined;
}
