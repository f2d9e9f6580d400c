import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type Http2Session,
} from 'node:http2';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import type { KeyPairFiles } from './certificate-authority.ts';

export interface TestGateOptions {
  readonly server: KeyPairFiles;
  readonly clientCaPem: string;
  /** Sent as a download at `/ivanov.pfx`. */
  readonly downloadFile: string;
}

/** What one request looked like to the server. */
export interface SeenRequest {
  readonly path: string;
  /** The presented certificate's subject CN, or `none`. */
  readonly commonName: string;
  readonly httpVersion: string;
  /** `TLSv1.2` or `TLSv1.3`. */
  readonly tlsVersion: string;
  readonly acceptLanguage: string;
  readonly sessionReused: boolean;
}

/** A server that only proves the harness: it says which certificate it was shown and can make Chromium ask again. */
export interface TestGate {
  readonly port: number;
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

const FATAL_ALERT_RECORD = Buffer.from([0x15, 3, 3, 0, 2, 2, 42]);

const page = (commonName: string) => `<!doctype html><meta charset="utf-8"><title>Test gate</title>
<p>Presented: <b id="who">${commonName}</b>
<p><button id="again" onclick="fetch('/forget', { method: 'POST' }).catch(() => {}).then(() => location.reload())">Choose again</button>
<p><a id="download" href="/ivanov.pfx">Download</a>
<p><input id="comment">`;

function receiver(socket: TLSSocket): (bytes: Buffer) => void {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (typeof handle !== 'object' || handle === null || !('receive' in handle)) {
    throw new Error('this Node has no TLS handle that receives bytes');
  }
  const { receive } = handle;
  if (typeof receive !== 'function') throw new Error('receive is not a function');
  return (bytes) => void receive.call(handle, bytes);
}

/** `CN=ivanov`, possibly one of several lines. */
function commonNameOf(socket: TLSSocket): string {
  const subject = socket.getPeerX509Certificate()?.subject;
  return /^CN=(.*)$/m.exec(subject ?? '')?.[1] ?? 'none';
}

export async function startTestGate(options: TestGateOptions): Promise<TestGate> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<TLSSocket>();
  const socketOf = new WeakMap<Http2Session, TLSSocket>();
  let latest: TLSSocket | undefined;
  const server = createSecureServer({
    allowHTTP1: true,
    key: await readFile(options.server.keyPem),
    cert: await readFile(options.server.certificatePem),
    ca: await readFile(options.clientCaPem),
    requestCert: true,
    rejectUnauthorized: false,
  });
  // Before the listener of node:http2 itself, which emits `session` from within the same event: a listener added behind it
  // would pair the session with the socket of an earlier connection.
  server.prependListener('secureConnection', (socket) => {
    latest = socket;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.on('session', (session) => {
    if (latest !== undefined) socketOf.set(session, latest);
  });
  // Both are normal: the alert we caused ourselves, and the connection Chromium drops when its picker opens.
  server.on('sessionError', () => {});
  server.on('tlsClientError', () => {});

  const answer = async (request: Http2ServerRequest, response: Http2ServerResponse) => {
    const session = request.httpVersionMajor === 2 ? request.stream.session : undefined;
    const socket = session === undefined ? request.socket : socketOf.get(session);
    if (!(socket instanceof TLSSocket)) throw new Error('a request without its TLS socket');
    // curl 7.88 waits for ever over HTTP/2 when the answer is complete before it has sent its body.
    await text(request);
    const path = request.url;
    const commonName = commonNameOf(socket);
    seen.push({
      path,
      commonName,
      httpVersion: request.httpVersion,
      tlsVersion: socket.getProtocol() ?? '',
      acceptLanguage: request.headers['accept-language'] ?? '',
      sessionReused: socket.isSessionReused(),
    });
    switch (path) {
      case '/forget':
        receiver(socket)(FATAL_ALERT_RECORD);
        setTimeout(() => socket.destroy(), 200);
        return;
      case '/ivanov.pfx':
        response.setHeader('content-type', 'application/x-pkcs12');
        response.setHeader('content-disposition', 'attachment; filename="ivanov.pfx"');
        response.end(await readFile(options.downloadFile));
        return;
      case '/':
        response.setHeader('content-type', 'text/html');
        response.setHeader('cache-control', 'no-store');
        response.end(page(commonName));
        return;
      default:
        response.statusCode = 404;
        response.end();
    }
  };
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test gate has no port');
  return {
    port: address.port,
    url: `https://crm.propusk.localhost:${address.port}/`,
    seen,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
