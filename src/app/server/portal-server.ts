import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { limitHttp2Sessions } from '../../http/limit-http2-sessions.ts';
import { startRequestTimers } from '../../http/listener.ts';
import { toPem } from '../../pki/server-certificate/read-server-certificate.ts';
import type { Configuration } from '../configuration/configuration.ts';

/** As at the gate. */
const IDLE_MS = 75_000;
/** As Node limits requests in HTTP/1. */
const STREAM_MS = 300_000;

/** The TLS server of the portal: it asks nobody for a certificate and carries small requests only. */
export function createPortalServer({ serverCertificate, values }: Configuration): Http2SecureServer {
  const { certificatesPem, privateKeyPem } = toPem(serverCertificate);
  const server = createSecureServer({
    allowHTTP1: true,
    cert: certificatesPem,
    key: privateKeyPem,
    minVersion: values.tls.minVersion,
    settings: { maxConcurrentStreams: 100, maxHeaderListSize: 16_384, enablePush: false },
    maxSessionInvalidFrames: 100,
    maxSessionRejectedStreams: 50,
    handshakeTimeout: 10_000,
  });
  // Normal in the life of a browser: a picker opens, a tab closes.
  server.on('sessionError', () => {});
  server.on('tlsClientError', () => {});
  limitHttp2Sessions(server, { idleMs: IDLE_MS, streamMs: STREAM_MS });
  startRequestTimers(server);
  return server;
}
