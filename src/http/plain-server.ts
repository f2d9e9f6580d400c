import http from 'node:http';
import type { Logger } from '../kernel/logger.ts';
import { createClientErrorHandler } from './client-errors.ts';

export interface PlainFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly maxAgeSeconds?: number;
  /** Besides type and length; may say more exactly how long it may be kept. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A place that takes questions by POST. Whoever asks is a stranger. */
export interface QuestionPlace {
  readonly path: string;
  /** Media type of a question; another one is refused. */
  readonly contentType: string;
  readonly maxBytes: number;
  readonly answer: (question: Uint8Array) => Promise<PlainFile>;
}

export interface PlainServerOptions {
  /** A public file, for example a revocation list; everything else is redirected. */
  readonly findFile: (host: string, path: string) => PlainFile | undefined | Promise<PlainFile | undefined>;
  readonly questions?: QuestionPlace;
  /** The https origin of a host of ours, for example `https://crm.example`; undefined: 404. */
  readonly httpsOrigin: (host: string) => string | undefined;
  readonly logger: Logger;
}

const TARGET = /^\/(?!\/)[\x21\x22\x24-\x5b\x5d-\x7e]{0,2047}$/;

/** The plain http listener: public files, a place for questions, and the way to https for everything else. It carries no cookie and no form. */
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
  server.on('clientError', createClientErrorHandler(server));
  server.maxConnections = 1_000;
  server.timeout = 30_000;
  return server;
}

async function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { findFile, httpsOrigin, questions }: PlainServerOptions,
): Promise<void> {
  if (request.method === 'POST' && questions !== undefined && request.url === questions.path) {
    await answerQuestion(request, response, questions);
    return;
  }
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
    sendFile(response, file, request.method === 'HEAD');
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

async function answerQuestion(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { contentType, maxBytes, answer: find }: QuestionPlace,
): Promise<void> {
  // Parameters of the type mean nothing here.
  if (request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() !== contentType) {
    end(response, 415, `Only ${contentType}.\n`);
    return;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) {
      end(response, 413, `At most ${maxBytes} octets.\n`);
      return;
    }
    chunks.push(chunk);
  }
  sendFile(response, await find(Buffer.concat(chunks)), false);
}

function sendFile(response: http.ServerResponse, file: PlainFile, isHead: boolean): void {
  response.writeHead(200, {
    'Content-Type': file.contentType,
    'Content-Length': file.bytes.length,
    'Cache-Control': `max-age=${file.maxAgeSeconds ?? 300}`,
    'X-Content-Type-Options': 'nosniff',
    ...file.headers,
  });
  response.end(isHead ? undefined : file.bytes);
}

function end(response: http.ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(text);
}
