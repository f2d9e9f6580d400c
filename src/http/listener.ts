import net from 'node:net';
import type { Logger } from '../kernel/logger.ts';
import { ProblemError } from '../kernel/problem.ts';
import { clientAddress } from './client-address.ts';
import {
  type ConnectionLimits,
  createConnectionCounter,
  DEFAULT_CONNECTION_LIMITS,
} from './connection-limits.ts';
import { rememberServerName } from './connection-server-name.ts';
import { readClientHello } from './server-name.ts';

/** A TLS server that does not listen itself: tls.Server, https.Server or an http2 secure server. */
export interface TlsTarget {
  emit(event: 'connection', socket: net.Socket): boolean;
}

export interface ListenerOptions {
  /** Undefined: the connection gets the alert `unrecognized_name`. Names arrive in lower case. */
  readonly choose: (serverName: string | undefined) => TlsTarget | undefined;
  readonly logger: Logger;
  /** From the connection to the last octet of the ClientHello. */
  readonly helloTimeoutMs?: number;
  readonly maxConnections?: number;
  readonly connectionLimits?: Partial<ConnectionLimits>;
}

export interface Listener {
  /** @throws {ProblemError} `port-in-use` */
  listen(where: { readonly host?: string; readonly port: number }): Promise<net.AddressInfo>;
  /** Stops accepting; what is open stays open. */
  close(): void;
  /** Stops accepting and destroys everything that is open. */
  destroy(): void;
}

/** A flood must not fill the log. */
const REFUSED_SAID_EVERY_MS = 60_000;
/** RFC 6066, section 3: fatal (2), unrecognized_name (112), as a record of its own before any handshake. */
const UNRECOGNIZED_NAME = Buffer.from([21, 3, 1, 0, 2, 2, 112]);
const PLAIN_HTTP_ANSWER =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nThis port speaks https only.\n';

/**
 * One TCP port for several TLS servers: reads the ClientHello, gives the octets back to the socket and hands it to the
 * server that is in charge of the name. Whether a server asks for a client certificate is so decided before TLS begins.
 */
export function createListener(options: ListenerOptions): Listener {
  const { choose, logger, helloTimeoutMs = 10_000 } = options;
  const { maxConnections = 10_000, connectionLimits } = options;
  const sockets = new Set<net.Socket>();
  const counter = createConnectionCounter({ ...DEFAULT_CONNECTION_LIMITS, ...connectionLimits });
  let refusedSaidAt = 0;

  const server = net.createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 });
  server.maxConnections = maxConnections;
  server.on('drop', () => logger.warn({ maxConnections }, 'a connection was dropped: too many are open'));
  server.on('connection', (socket) => {
    // A reset by the peer is normal, in every state; TLS reports what it needs to know itself.
    socket.on('error', () => {});
    const address = clientAddress(socket);
    const leave = counter.enter(address);
    if (leave === undefined) {
      socket.destroy();
      if (Date.now() - refusedSaidAt < REFUSED_SAID_EVERY_MS) return;
      refusedSaidAt = Date.now();
      logger.warn({ address }, 'a connection was refused: too many are open from this network');
      return;
    }
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      leave();
    });
    peek(socket, helloTimeoutMs, choose);
  });

  return {
    listen: ({ host, port }) => listen(server, host, port),
    close: () => {
      server.close();
    },
    destroy: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function peek(socket: net.Socket, helloTimeoutMs: number, choose: ListenerOptions['choose']): void {
  let received: Buffer = Buffer.alloc(0);
  let atLeastBytes = 5;
  const timer = setTimeout(() => socket.destroy(), helloTimeoutMs);
  const stop = (): void => {
    clearTimeout(timer);
    socket.removeListener('readable', onReadable);
    socket.removeListener('end', onEnd);
    socket.removeListener('close', stop);
  };
  const onEnd = (): void => {
    stop();
    socket.destroy();
  };
  const onReadable = (): void => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    // Plain http is told by its first octet; anything else waits until it can be read any further.
    if (received.length < atLeastBytes && received[0] === 22) return;
    const reading = readClientHello(received);
    switch (reading.kind) {
      case 'incomplete':
        atLeastBytes = reading.atLeastBytes;
        return;
      case 'client-hello': {
        stop();
        const target = choose(reading.serverName);
        if (target === undefined) {
          refuse(socket, UNRECOGNIZED_NAME);
          return;
        }
        if (reading.serverName !== undefined) rememberServerName(socket, reading.serverName);
        socket.unshift(received);
        target.emit('connection', socket);
        return;
      }
      case 'plain-http':
        stop();
        refuse(socket, PLAIN_HTTP_ANSWER);
        return;
      case 'invalid':
        stop();
        socket.destroy();
        return;
      default:
        reading satisfies never;
        socket.destroy();
    }
  };
  socket.on('readable', onReadable);
  socket.on('end', onEnd);
  socket.on('close', stop);
}

/** Says the last word and lets it arrive: a reset while unread octets wait would take it back. */
function refuse(socket: net.Socket, lastWord: Buffer | string): void {
  socket.end(lastWord);
  socket.resume();
  setTimeout(() => socket.destroy(), 1_000).unref();
}

function listen(server: net.Server, host: string | undefined, port: number): Promise<net.AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new ProblemError('port-in-use', { detail: `port ${port}`, cause: error })
          : error,
      );
    });
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new TypeError('not a TCP address'));
      else resolve(address);
    });
  });
}

/**
 * Node checks `headersTimeout` and `requestTimeout` only for servers that listen themselves; a server that gets its
 * connections handed over is told so by the event that its own listening would have caused.
 */
export function startRequestTimers(server: { emit(event: 'listening'): boolean }): void {
  server.emit('listening');
}
