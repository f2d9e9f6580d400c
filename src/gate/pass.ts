import { ProblemError } from '../kernel/problem.ts';
import type { PermittedRequest } from './admit.ts';
import type { GateContext } from './context.ts';
import { failExchange } from './fail.ts';
import { forward } from './proxy/forward.ts';
import { formatBodylessHead, forwardBodyless, isBodyless } from './proxy/forward-bodyless.ts';
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
  const onFailure = (cause: unknown): void =>
    fail(cause instanceof ProblemError ? cause : new ProblemError(upstreamProblem(cause), { cause }));
  if (isBodyless(exchange, framing)) {
    const { connections } = host.clients;
    const { identity, cookieForApplication: cookie } = request;
    const head = formatBodylessHead(exchange.method, path, identity.lines, fields.forward, cookie);
    forwardBodyless({ exchange, connections, head, onFailure });
    return;
  }
  forward({
    exchange,
    clients: host.clients,
    path,
    headers: upstreamHeaders(request),
    framing,
    onFailure,
  });
}

/** What only the gate says, then what the client sent of its own: none of its fields has the name of one of ours. */
export function upstreamHeaders({ fields, identity, cookieForApplication }: PermittedRequest): string[] {
  const headers = [...identity.headers, ...fields.forward];
  if (cookieForApplication !== undefined) headers.push('Cookie', cookieForApplication);
  return headers;
}
