import { ProblemError } from '../kernel/problem.ts';
import type { PermittedRequest } from './admit.ts';
import type { GateContext } from './context.ts';
import { readPageRequest } from './embed/page-request.ts';
import { tagPages } from './embed/tag-pages.ts';
import { failExchange } from './fail.ts';
import type { AnswerFilter } from './proxy/answer-filter.ts';
import { forward } from './proxy/forward.ts';
import { readBodyFraming } from './proxy/request-body.ts';
import { upstreamProblem } from './proxy/upstream-error.ts';

/** Hands a permitted request to its application over the network. */
export function passToServer(context: GateContext, request: PermittedRequest): void {
  const { exchange, fields, host, path } = request;
  const fail = (error: unknown): void => failExchange(context, exchange, error, host.application.name);
  const framing = readBodyFraming(exchange, fields);
  if (framing === undefined) {
    exchange.closeConnectionAfter('framing');
    fail(new ProblemError('request-framing'));
    return;
  }
  if (host.clients === undefined) throw new TypeError('the application has no server');
  // Before the fields are read for the last time: a page is asked for in a form that the menu can be put into.
  const filter = fields.destination === 'document' ? pageFilter(context, request) : undefined;
  forward({
    exchange,
    clients: host.clients,
    path,
    headers: upstreamHeaders(request),
    framing,
    filter,
    onCookies: (fields) => learnCookies(context, request, fields),
    onFailure: (cause) => fail(new ProblemError(upstreamProblem(cause), { cause })),
  });
}

function pageFilter(
  context: GateContext,
  { exchange, fields, host }: PermittedRequest,
): AnswerFilter | undefined {
  const { files } = context.menu;
  if (files === undefined || host.application.accountMenu === undefined) return undefined;
  const page = readPageRequest(exchange.method, fields.destination, fields.forward, files.version);
  if (page === undefined) return undefined;
  fields.forward = page.headers;
  return tagPages(context, host, exchange.method, page, files);
}

/** What the client sent of its own, then what only the gate says. The field names end with no value of the client's. */
export function upstreamHeaders(request: PermittedRequest): string[] {
  const { fields, authority, identity, exchange, cookieForApplication } = request;
  const headers = fields.forward;
  headers.push('Host', authority);
  if (cookieForApplication !== undefined) headers.push('Cookie', cookieForApplication);
  for (const text of identity.headers) headers.push(text);
  const { address } = exchange.connection;
  headers.push(
    'X-Forwarded-For',
    address,
    'X-Forwarded-Proto',
    'https',
    'X-Forwarded-Host',
    authority,
    // RFC 7239, section 6: an IPv6 address is bracketed and quoted.
    'Forwarded',
    `for=${address.includes(':') ? `"[${address}]"` : address};host="${authority}";proto=https`,
  );
  return headers;
}

export function learnCookies(
  { applicationCookies }: GateContext,
  { host, path }: PermittedRequest,
  setCookieFields: readonly string[],
): void {
  applicationCookies.learn(host.application.id, host.serverName, path, setCookieFields);
}
