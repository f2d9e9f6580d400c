import { headersOf } from '../../http/raw-headers.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { sendRedirect } from '../answers.ts';
import { rememberSession } from '../connections.ts';
import type { GateContext } from '../context.ts';
import { decideEntry } from '../decide-entry.ts';
import type { OwnRequest } from '../own-paths.ts';
import { readSessionCookie } from '../session-cookie.ts';
import { presentMenu } from './menu-data.ts';

/** The script: the same for everybody, so it says nothing of anybody. */
export function sendMenuScript({ menu }: GateContext, { exchange, query }: OwnRequest): void {
  const { files } = menu;
  if (files === undefined) throw new ProblemError('not-found');
  const accepted = String(headersOf(exchange.rawHeaders)['accept-encoding'] ?? '').toLowerCase();
  const [coding, body] = /\bbr\b/.test(accepted)
    ? ['br', files.brotli]
    : /\bgzip\b/.test(accepted)
      ? ['gzip', files.gzip]
      : [undefined, files.plain];
  const isCurrent = query.get('v') === files.version;
  exchange.respond(200, [
    'content-type',
    'text/javascript; charset=utf-8',
    'content-length',
    String(body.length),
    ...(coding === undefined ? [] : ['content-encoding', coding]),
    'vary',
    'accept-encoding',
    'cache-control',
    isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options',
    'nosniff',
    'cross-origin-resource-policy',
    'same-origin',
  ]);
  exchange.end(body);
}

/**
 * Who is here and until when, for our script in the page: only to a page of this very origin, and only to whom a page
 * of the application would be given now. Otherwise the refusal's code, by which the script knows that the entry is
 * closed. It is asked for by itself, so it is neither journalled nor counted as the person's activity.
 */
export async function sendMenuData(context: GateContext, request: OwnRequest): Promise<void> {
  const { exchange, fields, host } = request;
  const headers = headersOf(exchange.rawHeaders);
  if (headers['sec-fetch-site'] !== 'same-origin' || headers['sec-fetch-dest'] !== 'empty') {
    throw new ProblemError('origin-forbidden');
  }
  if (context.menu.files === undefined || host.application.accountMenu === undefined) {
    throw new ProblemError('not-found');
  }
  const { tokenHash } = readSessionCookie(fields.cookie ?? '');
  const now = context.clock.now();
  const entry =
    tokenHash === undefined ? undefined : await context.port.readEntry(tokenHash, host.application.id, now);
  if (entry !== undefined) rememberSession(exchange.connection, entry.sessionId);
  const decision = decideEntry(exchange, entry, now);
  if (decision.outcome !== 'permit' || entry === undefined) {
    throw new ProblemError(decision.outcome === 'deny' ? decision.reason : 'sign-in-required');
  }
  const body = Buffer.from(JSON.stringify(presentMenu(context.menu, host.application, entry, now)));
  exchange.respond(200, [
    'content-type',
    'application/json',
    'content-length',
    String(body.length),
    'cache-control',
    'no-store',
    'x-content-type-options',
    'nosniff',
    'cross-origin-resource-policy',
    'same-origin',
  ]);
  exchange.end(body);
}

/**
 * Stable addresses that an application can link to. Each leads to a page of the portal that asks first: a link, a
 * picture or a frame from anywhere changes nothing. The page is told from which application, so that it leads back there.
 */
export function leadToReplace(context: GateContext, { exchange, host }: OwnRequest): void {
  sendRedirect(exchange, `${context.portalOrigin}/replace?application=${host.application.id}`);
}

export function leadToChooseAgain(context: GateContext, { exchange, host }: OwnRequest): void {
  sendRedirect(exchange, `${context.portalOrigin}/choose-again?application=${host.application.id}`);
}

export function leadToCertificates(context: GateContext, { exchange }: OwnRequest): void {
  sendRedirect(exchange, context.menu.certificatesUrl);
}
