import { formatClearCookie, formatSetCookie, listCookieNames } from '../http/cookies.ts';
import { findHeader } from '../http/raw-headers.ts';
import { hashToken, makeToken } from '../kernel/random.ts';
import { sendRedirect } from './answers.ts';
import type { GateContext } from './context.ts';
import { sendErrorPage } from './error-page.ts';
import type { OwnRequest } from './own-paths.ts';
import { BINDING_COOKIE, isToken, RETRY_COOKIE, readToken, SESSION_COOKIE } from './session-cookie.ts';

/** Long enough for a second try, short enough not to spoil the next sign-in. */
const RETRY_SECONDS = 60;

/**
 * The end of the way from the portal: the code, which lives for seconds and works once, together with the random that
 * this very browser got when the way began, becomes a session of this application.
 */
export async function handleCallback(context: GateContext, request: OwnRequest): Promise<void> {
  const { exchange, fields, host, query } = request;
  const code = query.get('code') ?? '';
  const binding = readToken(fields.cookie, BINDING_COOKIE);
  const formerToken = readToken(fields.cookie, SESSION_COOKIE);
  const applicationId = host.application.id;
  const now = context.clock.now();
  const former =
    formerToken === undefined
      ? undefined
      : await context.port.readEntry(hashToken(formerToken), applicationId, now);

  const token = makeToken(context.random);
  const redeemed =
    binding === undefined || !isToken(code)
      ? undefined
      : await context.port.redeemHandOver({
          codeHash: hashToken(code),
          bindingHash: hashToken(binding),
          applicationId,
          newTokenHash: hashToken(token),
          now,
        });
  if (redeemed === undefined) {
    sendFailure(context, request, former !== undefined);
    return;
  }

  const cookies = [
    formatSetCookie({ name: SESSION_COOKIE, value: token, maxAgeSeconds: context.sessionAbsoluteSeconds }),
    formatClearCookie(RETRY_COOKIE),
  ];
  const headers: string[] = [];
  if (former?.accountId !== redeemed.accountId) {
    // Another person may have worked here: the application's own session must not go on under a new name. The type
    // "cookies" would take those of the whole domain: the portal's session, its marks, and what other sites keep.
    headers.push('clear-site-data', '"cache", "storage"');
    const { applicationCookies } = context;
    cookies.push(
      ...(await applicationCookies.expiring(applicationId, host.serverName, fields.cookie, 'domain')),
    );
  }
  for (const cookie of cookies) headers.push('set-cookie', cookie);
  sendRedirect(exchange, safePath(redeemed.returnPath, host.application.homePath), headers);
}

/**
 * A code that is too old begins the way anew, once. In a browser that is signed in the page was merely reloaded.
 */
function sendFailure(context: GateContext, request: OwnRequest, signedIn: boolean): void {
  const { exchange, fields, host } = request;
  const { homePath } = host.application;
  if (signedIn) {
    sendRedirect(exchange, homePath);
    return;
  }
  if (listCookieNames(fields.cookie).includes(RETRY_COOKIE)) {
    sendErrorPage(exchange, 'hand-over-invalid', {
      acceptLanguage: findHeader(exchange.rawHeaders, 'accept-language'),
      applicationName: host.application.name,
      link: homePath,
      extraHeaders: ['set-cookie', formatClearCookie(RETRY_COOKIE)],
    });
    return;
  }
  context.logger.info({ applicationId: host.application.id }, 'a hand-over code could not be redeemed');
  const retry = formatSetCookie({ name: RETRY_COOKIE, value: '1', maxAgeSeconds: RETRY_SECONDS });
  sendRedirect(exchange, homePath, ['set-cookie', retry]);
}

/** The store returns what the gate gave it; it is checked again because it becomes an address. */
export function safePath(path: string, homePath: string): string {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path) ? path : homePath;
}
