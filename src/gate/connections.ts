import type { ServerHttp2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { PresentedFact } from '../access/facts.ts';
import { clientAddress } from '../http/client-address.ts';
import { serverNameOf } from '../http/connection-server-name.ts';
import type { SessionId } from '../kernel/brand.ts';
import type { Exchange, ExchangePermit } from './exchange.ts';
import type { IdentityHeaders } from './identity-headers.ts';
import { readPresentedCertificate } from './presented-certificate.ts';
import type { SessionCookie } from './session-cookie.ts';

/** Sessions seen on one connection; a browser has one per host. */
const MAX_REMEMBERED_SESSIONS = 8;

/** A TLS connection with what it showed and what runs on it. */
export interface Connection {
  readonly socket: TLSSocket;
  readonly serverName: string | undefined;
  readonly address: string;
  readonly presented: PresentedFact;
  readonly presentedDer: Uint8Array | undefined;
  readonly exchanges: Set<Exchange>;
  /** Whose requests came over it, permitted or refused. */
  readonly sessionIds: Set<SessionId>;
  http2: ServerHttp2Session | undefined;
  /** When its handshake was over, by the clock of the instance; milliseconds. */
  readonly openedAt: number;
  /** Whether browsers are told to visit the host over https only. */
  readonly strictTransport: boolean;
  /** Milliseconds; moved on by every request and by its end. */
  lastActiveAt: number;
  /** The newest permit: an idle connection is closed when it no longer holds. */
  lastPermit: ExchangePermit | undefined;
  /** What the last request came to, because the next one is mostly alike. */
  cookieMemo: SessionCookie | undefined;
  identityMemo: IdentityHeaders | undefined;
}

export interface Connections {
  /** Called when the handshake is over. Undefined: the socket was gone already, and nothing is to be done. */
  open(socket: TLSSocket): Connection | undefined;
  find(socket: object): Connection | undefined;
  all(): Iterable<Connection>;
  readonly size: number;
}

export function createConnections(options: {
  readonly now: () => number;
  readonly strictTransport: boolean;
}): Connections {
  const bySocket = new WeakMap<object, Connection>();
  const open = new Set<Connection>();
  return {
    open(socket) {
      if (socket.destroyed) return undefined;
      const { fact, certificateDer } = readPresentedCertificate(socket);
      const connection: Connection = {
        socket,
        serverName: serverNameOf(socket),
        address: clientAddress(socket),
        presented: fact,
        presentedDer: certificateDer,
        exchanges: new Set(),
        sessionIds: new Set(),
        http2: undefined,
        openedAt: options.now(),
        strictTransport: options.strictTransport,
        lastActiveAt: Date.now(),
        lastPermit: undefined,
        cookieMemo: undefined,
        identityMemo: undefined,
      };
      bySocket.set(socket, connection);
      open.add(connection);
      socket.once('close', () => {
        open.delete(connection);
        for (const exchange of connection.exchanges) exchange.owner?.clientGone();
        connection.exchanges.clear();
      });
      return connection;
    },
    find: (socket) => bySocket.get(socket),
    all: () => open,
    get size() {
      return open.size;
    },
  };
}

export function rememberSession(connection: Connection, sessionId: SessionId): void {
  const { sessionIds } = connection;
  if (sessionIds.has(sessionId)) return;
  if (sessionIds.size >= MAX_REMEMBERED_SESSIONS) {
    for (const oldest of sessionIds) {
      sessionIds.delete(oldest);
      break;
    }
  }
  sessionIds.add(sessionId);
}
