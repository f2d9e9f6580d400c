import { createHash } from 'node:crypto';
import { formatSetCookie, readCookie } from '../../http/cookies.ts';
import { findHeader } from '../../http/raw-headers.ts';
import type { PermittedRequest } from '../admit.ts';
import { sendRedirect } from '../answers.ts';
import type { GateContext } from '../context.ts';
import { createEntryRequest } from '../entry-request.ts';

const NOTICE_COOKIE = '__Host-propusk-notice';
const DAY_SECONDS = 86_400;

/**
 * Where our script cannot tell that the certificate ends soon, a page of the portal does, once a day: in the place of a
 * page that the person opened, and with a way on to it. The cookie comes with the redirect, so there is no loop; who
 * takes no cookies has no session either.
 */
export function isNoticeDue(context: GateContext, request: PermittedRequest): boolean {
  const { exchange, fields, host, entry } = request;
  if (fields.destination !== 'document' || exchange.method !== 'GET') return false;
  const { application } = host;
  // Pages of our own say it themselves.
  if (application.upstream.kind === 'handler') return false;
  const hasMenu = context.menu.files !== undefined && application.accountMenu !== undefined;
  if (hasMenu && !context.menu.isKeptOut(application.id)) return false;
  if (entry.current.kind !== 'issued') return false;
  const leftMs = entry.current.notAfter.getTime() - context.clock.now().getTime();
  if (leftMs > context.menu.noticeDays * DAY_SECONDS * 1_000) return false;
  // Fetched in advance, perhaps for nobody.
  if (findHeader(exchange.rawHeaders, 'sec-purpose') !== undefined) return false;
  return readCookie(fields.cookie, NOTICE_COOKIE) !== markOf(request);
}

export function leadToNotice(context: GateContext, request: PermittedRequest): void {
  const made = createEntryRequest(context, request);
  const seen = formatSetCookie({ name: NOTICE_COOKIE, value: markOf(request), maxAgeSeconds: DAY_SECONDS });
  sendRedirect(request.exchange, `${context.portalOrigin}/expires-soon?request=${made.requestToken}`, [
    'set-cookie',
    made.bindingCookie,
    'set-cookie',
    seen,
  ]);
}

/** Of this account and this certificate: another person at the same browser is told as well. */
function markOf({ entry }: PermittedRequest): string {
  const text = `${entry.accountId} ${entry.currentCertificateId ?? ''}`;
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
