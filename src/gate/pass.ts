import { ProblemError } from '../kernel/problem.ts';
import type { PermittedRequest } from './admit.ts';
import type { GateContext } from './context.ts';
import { failExchange } from './fail.ts';
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
  forward({
    exchange,
    clients: host.clients,
    path,
    headers: upstreamHeaders(request),
    framing,
    onFailure: (cause) => fail(new ProblemError(upstreamProblem(cause), { cause })),
  });
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
