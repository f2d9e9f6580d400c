import { constants as cryptoConstants } from 'node:crypto';
import tls from 'node:tls';
import { startRequestTimers } from '../http/listener.ts';
import type { GateContext } from './context.ts';
import type { Exchange } from './exchange.ts';
import type { Http1Exchange } from './http1-exchange.ts';
import { createHttp1Server } from './http1-server.ts';
import { createHttp2Server } from './http2-server.ts';
import type { GateTls } from './options.ts';

export interface GateServers {
  readonly tlsServer: tls.Server;
  /** New certificates for new connections; those that are open stay. */
  reload(gateTls: GateTls): void;
  close(): void;
}

export interface ServerHandlers {
  readonly onRequest: (exchange: Exchange) => void;
  readonly onUpgrade: (exchange: Http1Exchange, head: Buffer) => void;
}

/** Kept apart from the portal's: a session of one must not be resumed at the other. */
const SESSION_ID_CONTEXT = 'propusk-gate';

/**
 * One TLS server that asks every client for a certificate and refuses none for it, with an HTTP/1.1 and an HTTP/2
 * server behind it. Neither listens: connections are handed over after their handshake, when what they show is known.
 */
export function createServers(context: GateContext, gateTls: GateTls, handlers: ServerHandlers): GateServers {
  const { connections, logger, tlsSessions } = context;
  const http1Server = createHttp1Server(context, handlers, 'left-out');
  const http1HandlerServer = createHttp1Server(context, handlers, 'streams');
  const handledNames = new Set<string>();
  for (const { application, serverName } of context.hosts.values()) {
    if (application.upstream.kind === 'handler') handledNames.add(serverName);
  }
  const http2Server = createHttp2Server(context, handlers.onRequest);

  const tlsServer = tls.createServer({
    ...secureOptions(gateTls, defaultCertificate(gateTls), tlsSessions.ticketKeys),
    requestCert: true,
    // A refusal must have a page: what was presented is decided about with each request.
    rejectUnauthorized: false,
    ALPNProtocols: ['h2', 'http/1.1'],
    // Firefox holds the handshake while its dialog is open.
    handshakeTimeout: 120_000,
  });
  // Each time a browser opens its picker it drops the handshake: no sign of an attack.
  tlsServer.on('tlsClientError', (error, socket) => {
    logger.debug({ err: error }, 'a TLS handshake was not finished');
    socket.destroy();
  });
  tlsServer.on('secureConnection', (socket) => {
    const connection = connections.open(socket);
    if (connection === undefined) {
      socket.destroy();
      return;
    }
    if (socket.alpnProtocol === 'h2') http2Server.accept(connection);
    else if (handledNames.has(connection.serverName ?? '')) http1HandlerServer.emit('connection', socket);
    else http1Server.emit('connection', socket);
  });
  startRequestTimers(http1Server);
  startRequestTimers(http1HandlerServer);

  tlsSessions.onChange((ticketKeys) => tlsServer.setTicketKeys(ticketKeys));

  /** A later context of the same name takes the place of an earlier one. */
  const addContexts = (current: GateTls): void => {
    for (const { hosts = [], ...certificate } of current.certificates.slice(1)) {
      for (const host of hosts)
        tlsServer.addContext(host, secureOptions(current, certificate, tlsSessions.ticketKeys));
    }
  };
  addContexts(gateTls);

  return {
    tlsServer,
    reload(current) {
      addContexts(current);
      tlsServer.setSecureContext(secureOptions(current, defaultCertificate(current), tlsSessions.ticketKeys));
    },
    close() {
      tlsSessions.close();
      http1Server.close();
      http1HandlerServer.close();
    },
  };
}

function secureOptions(
  gateTls: GateTls,
  certificate: { readonly certificatesPem: string; readonly privateKeyPem: string },
  ticketKeys: Buffer,
): tls.SecureContextOptions & { ticketKeys: Buffer } {
  return {
    cert: certificate.certificatesPem,
    key: certificate.privateKeyPem,
    ca: gateTls.clientCertificateAuthoritiesPem,
    minVersion: gateTls.minVersion ?? 'TLSv1.2',
    // Who the connection belongs to is read once: it must not change under it.
    secureOptions: cryptoConstants.SSL_OP_NO_RENEGOTIATION,
    sessionIdContext: SESSION_ID_CONTEXT,
    sessionTimeout: gateTls.sessionTimeoutSeconds ?? 300,
    ticketKeys,
  };
}

function defaultCertificate(gateTls: GateTls): { certificatesPem: string; privateKeyPem: string } {
  const [first] = gateTls.certificates;
  if (first === undefined) throw new TypeError('the gate needs a server certificate');
  return { certificatesPem: first.certificatesPem, privateKeyPem: first.privateKeyPem };
}
