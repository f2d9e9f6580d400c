import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAssets } from '../web/assets.ts';
import { readBody, sendJson, sendText } from '../web/wire.ts';
import { type Fault, parseFault } from './faults.ts';
import { MessageLog, type ReceivedMessage } from './message-log.ts';
import { renderPage } from './page.ts';
import { chooseLanguage } from './page-texts.ts';

export interface SmsSimulatorOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** What a sender shows as `Authorization: Bearer …`. */
  readonly key?: string;
  /** Where messages survive a restart; without it they are kept in memory. */
  readonly dataDirectory?: string;
}

export interface SmsSimulator {
  readonly url: string;
  readonly key: string;
  /** In the order they came. */
  messages(): readonly ReceivedMessage[];
  setFault(fault: Fault): void;
  close(): Promise<void>;
}

const DEFAULT_KEY = 'practice-key';
const findAsset = createAssets(['/phone.css', '/phone.js', '/icon.svg'], new URL('assets/', import.meta.url));
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A gateway that sends nothing and shows everything: `POST /send` takes `{"to", "text", "id"}`, the page at `/` is
 * the telephone. It shows passwords to whoever opens it, so it belongs on the loopback address and nowhere else.
 */
export async function startSmsSimulator(options: SmsSimulatorOptions): Promise<SmsSimulator> {
  const key = options.key ?? DEFAULT_KEY;
  const log = new MessageLog(options.dataDirectory);
  const watchers = new Set<ServerResponse>();
  let fault: Fault = { kind: 'none' };

  function announce(what: 'message' | 'fault'): void {
    for (const watcher of watchers) watcher.write(`data: ${what}\n\n`);
  }

  function setFault(next: Fault): void {
    fault = next;
    announce('fault');
  }

  async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const played = fault;
    if (played.kind === 'down') {
      request.socket.destroy();
      return;
    }
    if (request.headers.authorization !== `Bearer ${key}`) {
      sendJson(response, 401, { error: 'wrong key', error_code: 2 });
      return;
    }
    const message = parseMessage(await readBody(request));
    if (!message) {
      sendJson(response, 400, { error: 'to, text and id are needed', error_code: 1 });
      return;
    }
    switch (played.kind) {
      case 'error-in-200':
        sendJson(response, 200, { error: 'no credits', error_code: 3 });
        return;
      case 'rubbish':
        sendText(response, 200, 'text/html', '<!doctype html><h1>Welcome to the hotel network</h1>');
        return;
      case 'refuse-number':
        if (played.phone === undefined || played.phone === message.to) {
          sendJson(response, 200, { error: 'number refused', error_code: 7 });
          return;
        }
        break;
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, played.seconds * 1000).unref());
        break;
      case 'none':
        break;
    }
    const taken = log.take(message);
    if (taken.isNew) announce('message');
    sendJson(response, 200, { id: taken.message.gatewayId, status: 'accepted' });
  }

  async function changeFault(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Another site's page must not play with this one.
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      sendJson(response, 403, { error: 'from another site' });
      return;
    }
    const body = await readBody(request);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const fields = isForm ? Object.fromEntries(new URLSearchParams(body)) : parseJson(body);
    const next = parseFault(fields);
    if (!next) {
      sendJson(response, 400, { error: 'no such fault' });
      return;
    }
    setFault(next);
    if (isForm) {
      const back = new URLSearchParams(body).get('back') ?? '/';
      response.writeHead(303, { location: /^\/\?[\w%=&+-]*$/.test(back) ? back : '/' }).end();
    } else {
      sendJson(response, 200, next);
    }
  }

  function watch(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    watchers.add(response);
    request.on('close', () => watchers.delete(response));
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const asset = findAsset(url.pathname);
    if (request.method === 'GET' && asset) {
      sendText(response, 200, asset.type, asset.body);
      return;
    }
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /send':
        return send(request, response);
      case 'POST /faults':
        return changeFault(request, response);
      case 'GET /faults':
        return sendJson(response, 200, fault);
      case 'GET /messages.json':
        return sendJson(response, 200, log.list());
      case 'GET /events':
        return watch(request, response);
      case 'GET /': {
        const language = chooseLanguage(url.searchParams.get('lang'), request.headers['accept-language']);
        const phone = url.searchParams.get('to');
        response.setHeader('content-security-policy', PAGE_POLICY);
        const input = { language, conversations: log.listConversations(), phone, fault, now: new Date() };
        return sendText(response, 200, 'text/html; charset=utf-8', renderPage(input));
      }
      default:
        return sendJson(response, 404, { error: 'not found' });
    }
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, { error: error instanceof Error ? error.message : 'bad request' });
    });
  });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port, options.host, resolve);
  await listening;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    key,
    messages: () => log.list(),
    setFault,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

function parseMessage(body: string): { id: string; to: string; text: string } | undefined {
  const input = parseJson(body);
  if (typeof input !== 'object' || input === null) return undefined;
  const { id, to, text } = input as Record<string, unknown>;
  if (typeof id !== 'string' || typeof to !== 'string' || typeof text !== 'string') return undefined;
  return id !== '' && text !== '' && /^\+\d{7,15}$/.test(to) ? { id, to, text } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
