import { isIP } from 'node:net';
import { buildConnector, Pool } from 'undici';
import {
  DEFAULT_UPSTREAM_TIMEOUTS,
  type GateApplication,
  type Upstream,
  type UpstreamTimeouts,
} from '../options.ts';

type ServerUpstream = Extract<Upstream, { kind: 'server' }>;

/** The largest response head that is taken from an application. */
const MAX_HEADER_BYTES = 65_536;
/** Streams of events keep theirs for hours; further requests wait. */
const MAX_CONNECTIONS = 2_000;

/**
 * Connections to one application, HTTP/1.1 and one request at a time on each. The server name that TLS is checked
 * against is the upstream's own: the Host field carries the public name.
 */
export function createUpstreamPool(upstream: ServerUpstream, application: GateApplication): Pool {
  const timeouts: UpstreamTimeouts = { ...DEFAULT_UPSTREAM_TIMEOUTS, ...application.timeouts };
  const { url, certificateAuthoritiesPem } = upstream;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`the upstream of ${application.id} is neither http: nor https:, but ${url.protocol}`);
  }
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const servername = upstream.serverName ?? (isIP(hostname) === 0 ? hostname : '');
  const connector = buildConnector({
    allowH2: false,
    timeout: timeouts.connectMs,
    keepAlive: true,
    noDelay: true,
    ...(certificateAuthoritiesPem === undefined ? {} : { ca: certificateAuthoritiesPem }),
  });
  return new Pool(url.origin, {
    connect: (options, callback) => connector({ ...options, servername }, callback),
    allowH2: false,
    pipelining: 1,
    connections: MAX_CONNECTIONS,
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyIdleMs,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 600_000,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
}
