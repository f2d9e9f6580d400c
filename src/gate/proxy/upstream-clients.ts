import { isIP } from 'node:net';
import { buildConnector, Client, type Dispatcher } from 'undici';
import { ProblemError } from '../../kernel/problem.ts';
import {
  DEFAULT_UPSTREAM_TIMEOUTS,
  type GateApplication,
  type Upstream,
  type UpstreamTimeouts,
} from '../options.ts';

type ServerUpstream = Extract<Upstream, { kind: 'server' }>;

/** The largest response head that is taken from an application. */
const MAX_HEADER_BYTES = 65_536;
/** Requests running at one application; streams of events keep theirs for hours. */
const MAX_CLIENTS = 4_000;
const MAX_IDLE_CLIENTS = 256;

/** What `undici` understands beside its declared options: the name by which it groups TLS connections. */
type DispatchOptions = Dispatcher.DispatchOptions & { readonly servername: string };

/** A client with at most one request at a time: a response can belong to no other request. */
export interface UpstreamClient {
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** Exactly once, when the request is over in whatever way. */
  release(): void;
}

export interface UpstreamClients {
  /** @throws {ProblemError} `upstream-unreachable` when too many requests are running */
  acquire(): UpstreamClient;
  destroy(): Promise<void>;
}

/**
 * Connections to one application over HTTP/1.1. The one that was used last is taken first: no search through all of
 * them, as `Pool` does for every request, and those that are not needed time out.
 *
 * The server name that TLS is checked against is the upstream's own: the Host field carries the public name.
 */
export function createUpstreamClients(
  upstream: ServerUpstream,
  application: GateApplication,
): UpstreamClients {
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
  const clientOptions: Client.Options = {
    connect: (options, callback) => connector({ ...options, servername }, callback),
    allowH2: false,
    pipelining: 1,
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyIdleMs,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 600_000,
    maxHeaderSize: MAX_HEADER_BYTES,
  };

  const idle: PooledClient[] = [];
  const all = new Set<Client>();

  class PooledClient implements UpstreamClient {
    readonly #client = new Client(url.origin, clientOptions);

    constructor() {
      all.add(this.#client);
    }

    dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
      // Without it undici derives the name from Host, and reconnects whenever that changes.
      const named: DispatchOptions = { ...options, servername: servername || hostname };
      this.#client.dispatch(named, handler);
    }

    release(): void {
      if (idle.length < MAX_IDLE_CLIENTS) {
        idle.push(this);
        return;
      }
      all.delete(this.#client);
      this.#client.close().catch(() => {});
    }
  }

  return {
    acquire() {
      const client = idle.pop();
      if (client !== undefined) return client;
      if (all.size >= MAX_CLIENTS) {
        throw new ProblemError('upstream-unreachable', { cause: new Error('too many requests are running') });
      }
      return new PooledClient();
    },
    async destroy() {
      await Promise.all([...all].map((client) => client.destroy()));
    },
  };
}
