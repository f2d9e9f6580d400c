import type tls from 'node:tls';
import { findHeader, headersOf } from '../http/raw-headers.ts';
import { ProblemError } from '../kernel/problem.ts';
import { admit, type PermittedRequest } from './admit.ts';
import { createContext, type GateContext } from './context.ts';
import { isNoticeDue, leadToNotice } from './embed/expiry-notice.ts';
import { failExchange } from './fail.ts';
import type { Http1Exchange } from './http1-exchange.ts';
import type { GateOptions, GateTls } from './options.ts';
import { learnCookies, passToServer, upstreamHeaders } from './pass.ts';
import { createHandlerPass } from './pass-to-handler.ts';
import { upstreamProblem } from './proxy/upstream-error.ts';
import { forwardWebSocket, readWebSocketHandshake } from './proxy/websocket.ts';
import { checkAlert, type SelfCheck } from './self-check.ts';
import { createServers } from './servers.ts';
import { startWatch } from './watch.ts';

export interface Gate {
  /** Server names that belong to `tlsServer`. */
  readonly hosts: readonly string[];
  /** It does not listen: a listener hands its connections over. */
  readonly tlsServer: tls.Server;
  /** New server certificates without a restart; connections that are open stay. */
  reloadCertificates(gateTls: GateTls): void;
  /** Whether a browser can be made to ask for a certificate again, tried on this runtime. */
  selfCheck(): Promise<SelfCheck>;
  openConnections(): number;
  /** Lets what runs finish for `graceMs`, then ends it; writes the counters. */
  close(options: { readonly graceMs: number }): Promise<void>;
}

/** The gate: TLS that asks for a certificate, a decision per request, and the way to the applications behind it. */
export function createGate(options: GateOptions): Gate {
  const context = createContext(options);
  const passToHandler = createHandlerPass();
  let gateTls = options.tls;

  const servers = createServers(context, gateTls, {
    onRequest: (exchange) =>
      admit(context, exchange, 'request', (request) => {
        const { upstream, name } = request.host.application;
        const pass = (): void => {
          try {
            if (upstream.kind === 'handler') passToHandler(upstream.handle, request);
            else passToServer(context, request);
          } catch (error) {
            failExchange(context, exchange, error, name);
          }
        };
        if (isNoticeDue(context, request)) leadToNotice(context, request);
        else pass();
      }),
    onUpgrade: (exchange, head) =>
      admit(context, exchange, 'websocket', (request) => passWebSocket(context, exchange, head, request)),
  });
  const watch = startWatch(context);

  return {
    hosts: [...new Set(options.applications.flatMap(({ hosts }) => hosts))],
    tlsServer: servers.tlsServer,
    reloadCertificates(current) {
      servers.reload(current);
      gateTls = current;
    },
    selfCheck() {
      const [certificate] = gateTls.certificates;
      if (certificate === undefined) throw new TypeError('the gate needs a server certificate');
      return checkAlert(certificate);
    },
    openConnections: () => context.connections.size,
    async close({ graceMs }) {
      await drain(context, graceMs);
      watch.stop();
      servers.close();
      await context.signInCounter.flush();
      const upstreams = new Set([...context.hosts.values()].flatMap(({ clients }) => clients ?? []));
      await Promise.all([...upstreams].map((clients) => clients.destroy()));
    },
  };
}

function passWebSocket(
  context: GateContext,
  exchange: Http1Exchange,
  head: Buffer,
  request: PermittedRequest,
): void {
  const { host, path } = request;
  const fail = (error: unknown): void => failExchange(context, exchange, error, host.application.name);
  const handshake = readWebSocketHandshake(exchange.method, headersOf(exchange.rawHeaders));
  if (handshake === undefined || host.clients === undefined) {
    fail(new ProblemError('upgrade-forbidden'));
    return;
  }
  // RFC 6455, section 10.2. Cookies go with a WebSocket from every page of the same site, and no CORS protects it.
  const origin = findHeader(exchange.rawHeaders, 'origin');
  if (origin !== undefined && !isOriginOf(context, request, origin)) {
    fail(new ProblemError('origin-forbidden'));
    return;
  }
  try {
    forwardWebSocket({
      exchange,
      clients: host.clients,
      path,
      headers: upstreamHeaders(request),
      head,
      handshake,
      onCookies: (fields) => learnCookies(context, request, fields),
      onFailure: (cause) => fail(new ProblemError(upstreamProblem(cause), { cause })),
    });
  } catch (error) {
    fail(error);
  }
}

function isOriginOf(context: GateContext, { host }: PermittedRequest, origin: string): boolean {
  for (const { application, origin: own } of context.hosts.values()) {
    if (application === host.application && own === origin) return true;
  }
  return false;
}

const DRAIN_STEP_MS = 50;

async function drain(context: GateContext, graceMs: number): Promise<void> {
  const { connections } = context;
  const deadline = Date.now() + graceMs;
  const closeIdle = (): void => {
    for (const connection of connections.all()) {
      if (connection.exchanges.size === 0) connection.socket.destroy();
      else connection.http2?.close();
    }
  };
  closeIdle();
  while (connections.size > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, DRAIN_STEP_MS));
    closeIdle();
  }
  for (const connection of connections.all()) connection.socket.destroy();
}
