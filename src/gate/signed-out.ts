import { formatClearCookie } from '../http/cookies.ts';
import { navigationKind } from '../http/origin.ts';
import { headersOf } from '../http/raw-headers.ts';
import { ProblemError } from '../kernel/problem.ts';
import { hashToken } from '../kernel/random.ts';
import { sendRedirect } from './answers.ts';
import type { GateContext } from './context.ts';
import type { OwnRequest } from './own-paths.ts';
import { BINDING_COOKIE, readToken, SESSION_COOKIE } from './session-cookie.ts';

/**
 * A step of the portal's walk after sign-out: forgets everything that the browser keeps of this application, its own
 * cookies included. It does so only where our session has ended, so that nothing elsewhere signs anybody out: a page's
 * pictures and frames come without our cookie (SameSite) and are refused, and without our cookie a link clears nothing
 * beyond this host. The type "cookies" would clear the whole domain: also the portal's mark of a known browser, without
 * which strangers who fail at the account keep its owner out, and what has nothing to do with us.
 */
export async function handleSignedOut(context: GateContext, request: OwnRequest): Promise<void> {
  const { exchange, fields, host, query } = request;
  const next = query.get('next') ?? '0';
  if (!/^\d{1,3}$/.test(next)) throw new ProblemError('request-invalid');
  if (navigationKind(exchange.method, headersOf(exchange.rawHeaders)) !== 'document') {
    throw new ProblemError('origin-forbidden');
  }
  const back = `${context.portalOrigin}/signed-out?next=${next}`;
  const token = readToken(fields.cookie, SESSION_COOKIE);
  const entry =
    token === undefined
      ? undefined
      : await context.port.readEntry(hashToken(token), host.application.id, context.clock.now());
  if (entry !== undefined) {
    sendRedirect(exchange, back);
    return;
  }
  const reach = token === undefined ? 'host' : 'domain';
  const expiring = await context.applicationCookies.expiring(
    host.application.id,
    host.serverName,
    fields.cookie,
    reach,
  );
  const cookies = [formatClearCookie(SESSION_COOKIE), formatClearCookie(BINDING_COOKIE), ...expiring];
  sendRedirect(exchange, back, [
    'clear-site-data',
    '"cache", "storage"',
    ...cookies.flatMap((cookie) => ['set-cookie', cookie]),
  ]);
}
