import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createAssets } from '../web/assets.ts';
import { sendJson, sendText } from '../web/wire.ts';
import { MailLog, type ReceivedMail } from './mail-log.ts';
import { renderPage } from './page.ts';
import { chooseLanguage } from './page-texts.ts';

export interface MailSimulatorOptions {
  /** Of the page; 0 takes a free one. */
  readonly port: number;
  /** Of SMTP; 0 takes a free one. */
  readonly smtpPort: number;
  readonly host: string;
  /** Where mail survives a restart; without it it is kept in memory. */
  readonly dataDirectory?: string;
}

export interface MailSimulator {
  /** The page. */
  readonly url: string;
  readonly smtpPort: number;
  /** In the order it came. */
  mails(): readonly ReceivedMail[];
  close(): Promise<void>;
}

const MESSAGE_LIMIT_BYTES = 256 * 1024;
const findAsset = createAssets(['/mail.css', '/mail.js', '/icon.svg'], new URL('assets/', import.meta.url));
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A mail server that delivers nothing and shows everything: SMTP without a password, and a page with the mailboxes. It
 * belongs on the loopback address and nowhere else.
 */
export async function startMailSimulator(options: MailSimulatorOptions): Promise<MailSimulator> {
  const log = await MailLog.open(options.dataDirectory);
  const watchers = new Set<ServerResponse>();

  const smtp = new SMTPServer({
    size: MESSAGE_LIMIT_BYTES,
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: takeInto(log, () => {
      for (const watcher of watchers) watcher.write('data: mail\n\n');
    }),
  });
  // A client that goes away in the middle is nothing to stop for.
  smtp.on('error', () => {});

  function route(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const asset = findAsset(url.pathname);
    if (request.method !== 'GET') sendJson(response, 405, { error: 'method not allowed' });
    else if (asset) {
      sendText(response, 200, asset.type, asset.body);
    } else if (url.pathname === '/mails.json') sendJson(response, 200, log.list());
    else if (url.pathname === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      watchers.add(response);
      request.on('close', () => watchers.delete(response));
    } else if (url.pathname === '/') {
      const language = chooseLanguage(url.searchParams.get('lang'), request.headers['accept-language']);
      const number = Number(url.searchParams.get('mail') ?? Number.NaN);
      response.setHeader('content-security-policy', PAGE_POLICY);
      const page = renderPage({ language, mails: log.list(), open: number });
      sendText(response, 200, 'text/html; charset=utf-8', page);
    } else sendJson(response, 404, { error: 'not found' });
  }

  const page = createServer((request, response) => {
    try {
      route(request, response);
    } catch (error) {
      sendJson(response, 400, { error: error instanceof Error ? error.message : 'bad request' });
    }
  });
  await listen(smtp.server, options.smtpPort, options.host);
  await listen(page, options.port, options.host);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;

  return {
    url: `http://${host}:${portOf(page)}`,
    smtpPort: portOf(smtp.server),
    mails: () => log.list(),
    async close() {
      const closed = Promise.all([
        new Promise((done) => page.close(done)),
        new Promise<void>((done) => smtp.close(() => done())),
      ]);
      page.closeAllConnections();
      await closed;
    },
  };
}

function takeInto(log: MailLog, announce: () => void): NonNullable<SMTPServerOptions['onData']> {
  return (stream, session, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', (error: Error) => done(error));
    stream.on('end', () => {
      if (stream.sizeExceeded) {
        done(Object.assign(new Error('the message is too large'), { responseCode: 552 }));
        return;
      }
      const raw = Buffer.concat(chunks).toString('utf8');
      const recipients = session.envelope.rcptTo.map(({ address }) => log.take(address, raw));
      Promise.all(recipients).then(
        () => {
          announce();
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error('it cannot be kept')),
      );
    });
  };
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  await promise;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
