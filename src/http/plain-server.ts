import http from 'node:http';
import type { Logger } from '../kernel/logger.ts';

export interface PlainFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly maxAgeSeconds?: number;
}

export interface PlainServerOptions {
  /** A public file, for example a revocation list; everything else is redirected. */
  readonly findFile: (host: string, path: string) => PlainFile | undefined | Promise<PlainFile | undefined>;
  /** The https origin of a host of ours, for example `https://crm.example`; undefined: 404. */
  readonly httpsOrigin: (host: string) => string | undefined;
  readonly logger: Logger;
}

const TARGET = /^\/(?!\/)[\x21\x22\x24-\x5b\x5d-\x7e]{0,2047}$/;

/** The plain http listener: public files, and the way to https for everything else. It carries no cookie and no form. */
export function createPlainServer(options: PlainServerOptions): http.Server {
  const server = http.createServer(
    { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 5_000, maxHeaderSize: 8_192 },
    (request, response) => {
      answer(request, response, options).catch((error: unknown) => {
        options.logger.error({ err: error }, 'the plain listener failed to answer');
        if (response.headersSent) response.destroy();
        else end(response, 500, 'Something went wrong here.\n');
      });
    },
  );
  server.maxConnections = 1_000;
  server.timeout = 30_000;
  return server;
}

async function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { findFile, httpsOrigin }: PlainServerOptions,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    end(response, 405, 'Only GET and HEAD.\n');
    return;
  }
  const target = request.url ?? '';
  if (!TARGET.test(target)) {
    end(response, 400, 'The target of the request is not valid.\n');
    return;
  }
  const host = (request.headers.host ?? '').toLowerCase().replace(/:\d{1,5}$/, '');
  const file = await findFile(host, target);
  if (file !== undefined) {
    response.writeHead(200, {
      'Content-Type': file.contentType,
      'Content-Length': file.bytes.length,
      'Cache-Control': `max-age=${file.maxAgeSeconds ?? 300}`,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
    return;
  }
  const origin = httpsOrigin(host);
  if (origin === undefined) {
    end(response, 404, 'Not found.\n');
    return;
  }
  response.setHeader('Location', `${origin}${target}`);
  end(response, 308, 'This host speaks https.\n');
}

function end(response: http.ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(text);
}
