import http2 from 'node:http2';
import type { Connection } from './connections.ts';
import type { GateContext } from './context.ts';
import type { Exchange } from './exchange.ts';
import { Http2Exchange } from './http2-exchange.ts';

export interface Http2Server {
  accept(connection: Connection): void;
}

/** HTTP/2 over connections whose TLS handshake is over; it never listens itself. */
export function createHttp2Server(
  { limits, logger }: GateContext,
  onRequest: (exchange: Exchange) => void,
): Http2Server {
  const server = http2.createServer({
    maxSessionMemory: 16,
    maxHeaderListPairs: limits.maxHeaderFields + 8,
    maxSendHeaderBlockLength: 131_072,
    // Resets by the client (CVE-2023-44487), and frames that make us reset (CVE-2025-8671): nghttp2 counts both.
    maxSessionInvalidFrames: 50,
    maxSessionRejectedStreams: 50,
    streamResetBurst: limits.streamResetBurst,
    streamResetRate: limits.streamResetPerSecond,
    strictSingleValueFields: false,
    settings: {
      maxConcurrentStreams: limits.maxConcurrentStreams,
      maxHeaderListSize: limits.maxHeaderBytes,
      initialWindowSize: 262_144,
      enablePush: false,
    },
  });
  let accepting: Connection | undefined;
  server.on('session', (session) => {
    // Emitted while the connection is handed over, so the raw socket belongs to it.
    const connection = accepting;
    if (connection === undefined) {
      session.destroy();
      return;
    }
    connection.http2 = session;
    // The session ends with errors when the alert is sent, or when a client leaves: 'close' is enough.
    session.on('error', (error) => logger.debug({ err: error }, 'an HTTP/2 session ended'));
    session.setLocalWindowSize(1_048_576);
    session.on('stream', (stream, headers, flags, rawHeaders) => {
      onRequest(new Http2Exchange(connection, stream, headers, flags, rawHeaders));
    });
  });
  server.on('sessionError', () => {});
  return {
    accept(connection) {
      accepting = connection;
      try {
        server.emit('connection', connection.socket);
      } finally {
        accepting = undefined;
      }
    },
  };
}
