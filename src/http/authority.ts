import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { ProblemCode } from '../kernel/problem.ts';
import { serverNameOf } from './connection-server-name.ts';

export interface RequestTarget {
  readonly version: '1.0' | '1.1' | '2';
  /** As received: the request target of HTTP/1, `:path` of HTTP/2. */
  readonly target: string;
  /** `:scheme` of HTTP/2. */
  readonly scheme?: string | undefined;
  /** Every Host field; with HTTP/2 `:authority` and every Host field. */
  readonly authorities: readonly string[];
  /** The name of the TLS connection itself. */
  readonly serverName: string | undefined;
}

export type TargetCheck<Host> =
  | {
      readonly kind: 'accepted';
      /** Path and query in origin form, octet for octet as received. */
      readonly path: string;
      readonly authority: string;
      readonly host: Host;
    }
  | {
      readonly kind: 'refused';
      readonly code: Extract<ProblemCode, 'misdirected-request' | 'request-target' | 'request-framing'>;
      readonly detail: string;
    };

/** What may stand in a target (RFC 3986): visible ASCII, no fragment. */
const FORBIDDEN_IN_TARGET = /[^\x21\x22\x24-\x7e]/;

/**
 * Whether the request is for a host of ours, and for the very host that the TLS connection was opened to: a browser
 * sends requests of one host over the connection of another (RFC 9113, section 9.1.1), where the answer is 421.
 */
export function checkRequestTarget<Host extends { readonly serverName: string }>(
  request: RequestTarget,
  hosts: ReadonlyMap<string, Host>,
): TargetCheck<Host> {
  const [authority] = request.authorities;
  // RFC 9112, section 3.2: a server MUST answer 400 to a request that lacks Host or has more than one.
  if (authority === undefined) return refused('request-framing', 'the request names no host');
  if (request.authorities.length > 1 && !(request.version === '2' && allEqual(request.authorities))) {
    return refused('request-framing', 'the request names more than one host');
  }
  if (request.version === '2' && request.scheme !== 'https') {
    return refused('request-target', 'the scheme is not https');
  }
  let path = request.target;
  if (path.charCodeAt(0) !== 0x2f) {
    const inside = absoluteFormPath(request, authority);
    if (inside === undefined) return refused('request-target', 'the target is not a path of this host');
    path = inside;
  }
  if (FORBIDDEN_IN_TARGET.test(path)) {
    return refused('request-target', 'the target has characters that must be percent-encoded');
  }
  if (path.charCodeAt(1) === 0x2f) return refused('request-target', 'the path begins with two slashes');
  const backslash = path.indexOf('\\');
  if (backslash !== -1) {
    const query = path.indexOf('?');
    if (query === -1 || backslash < query) return refused('request-target', 'the path has a backslash');
  }
  const host = hosts.get(authority) ?? hosts.get(authority.toLowerCase());
  if (host === undefined || host.serverName !== request.serverName) {
    return refused('misdirected-request', 'the host is not the one this connection was opened to');
  }
  return { kind: 'accepted', path, authority: authority.toLowerCase(), host };
}

/** RFC 9112, section 3.2.2. Anything but the same host over https is refused rather than preferred over Host. */
function absoluteFormPath(request: RequestTarget, authority: string): string | undefined {
  if (request.version === '2') return undefined;
  const prefix = `https://${authority}`;
  if (request.target.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) return undefined;
  const rest = request.target.slice(prefix.length);
  if (rest === '') return '/';
  if (rest.startsWith('/')) return rest;
  return rest.startsWith('?') ? `/${rest}` : undefined;
}

function allEqual(values: readonly string[]): boolean {
  return values.every((value) => value.toLowerCase() === values[0]?.toLowerCase());
}

function refused(
  code: Extract<TargetCheck<never>, { kind: 'refused' }>['code'],
  detail: string,
): { readonly kind: 'refused'; readonly code: typeof code; readonly detail: string } {
  return { kind: 'refused', code, detail };
}

/** The ways in which a host may be written in an authority: with its port, and without where that is 443. */
export function authorityKeys(serverName: string, publicPort: number): readonly string[] {
  return publicPort === 443 ? [serverName, `${serverName}:443`] : [`${serverName}:${publicPort}`];
}

/** {@link checkRequestTarget} for a request of Node's http, https or http2 server (compatibility interface). */
export function checkIncoming<Host extends { readonly serverName: string }>(
  request: IncomingMessage | Http2ServerRequest,
  hosts: ReadonlyMap<string, Host>,
): TargetCheck<Host> {
  const serverName = serverNameOf(request.socket);
  const named: string[] = [];
  const { rawHeaders } = request;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase();
    if (name === 'host' || name === ':authority') named.push(rawHeaders[index + 1] ?? '');
  }
  const http2 = request.httpVersionMajor === 2;
  return checkRequestTarget(
    {
      version: http2 ? '2' : request.httpVersion === '1.0' ? '1.0' : '1.1',
      target: request.url ?? '',
      scheme: http2 ? (request as Http2ServerRequest).scheme : undefined,
      authorities: named,
      serverName,
    },
    hosts,
  );
}
