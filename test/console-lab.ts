import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Account } from '../src/accounts/account.ts';
import type { Session } from '../src/accounts/ports.ts';
import { createConsole } from '../src/console/console.ts';
import type { ConsoleSection } from '../src/console/options.ts';
import { writeProblem } from '../src/http/problem-response.ts';
import type { ApplicationId, TokenHash } from '../src/kernel/brand.ts';
import type { Logger } from '../src/kernel/logger.ts';
import { ProblemError } from '../src/kernel/problem.ts';
import { systemRandom } from '../src/kernel/random.ts';
import type { Store } from '../src/store/store.ts';
import { addIssuers, addPerson, handOver, issue, signIn } from '../src/store/testing/people.ts';
import type { CastName } from './cast.ts';
import { createFrozenClock, type FrozenClock } from './frozen-clock.ts';
import { type AtEnd, makeTestDirectory, openRealStore } from './real-store.ts';

export const CONSOLE_ORIGIN = 'https://my.propusk.localhost:8443';
const CONSOLE = 'console' as ApplicationId;
/** Stands for the gate's cookie. */
const TOKEN_HEADER = 'x-test-token';
const CHANGING = { origin: CONSOLE_ORIGIN, 'x-propusk-console': '1' };

export interface ConsoleAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  json(): any;
}

type Fields = Readonly<Record<string, string | null>>;

/** A browser behind the gate: sends what ours send; what a test names replaces it, and null leaves it out. */
export interface ConsoleBrowser {
  readonly account: Account;
  readonly session: Session;
  get(path: string, headers?: Fields): Promise<ConsoleAnswer>;
  send(method: string, path: string, body?: unknown, headers?: Fields): Promise<ConsoleAnswer>;
  /** A body as it is, with its own content type. */
  sendRaw(method: string, path: string, body: string | Uint8Array, headers: Fields): Promise<ConsoleAnswer>;
}

export interface ConsoleLabOptions {
  readonly sections?: (store: Store) => readonly ConsoleSection[];
  readonly http?: '1.1' | '2';
  readonly logger?: Logger;
}

/** The console over a real store and a real server. A request is handed in as the gate does: with what it has read. */
export async function openConsoleLab(options: ConsoleLabOptions = {}, atEnd: AtEnd = onTestFinished) {
  const clock: FrozenClock = createFrozenClock();
  const store = await openRealStore(clock, atEnd);
  const webDirectory = await makeTestDirectory(atEnd);
  await writePages(webDirectory);
  const quiet = () => {};
  const own = await createConsole({
    origin: CONSOLE_ORIGIN,
    portalOrigin: 'https://id.propusk.localhost:8443',
    productName: 'Propusk',
    administratorContact: 'Анна Смирнова, тел. 12-34',
    defaultLocale: 'ru',
    port: store.console,
    accounts: store.accounts,
    clock,
    random: systemRandom,
    logger: options.logger ?? { debug: quiet, info: quiet, warn: quiet, error: quiet },
    webDirectory,
    sections: options.sections?.(store) ?? [],
  });
  atEnd(() => own.close());
  const { issuing } = await addIssuers(store, clock);

  const onRequest = async (
    request: http.IncomingMessage | http2.Http2ServerRequest,
    response: http.ServerResponse | http2.Http2ServerResponse,
  ) => {
    const tokenHash = String(request.headers[TOKEN_HEADER] ?? '') as TokenHash;
    const entry = await store.gate.readEntry(tokenHash, CONSOLE, clock.now());
    if (entry === undefined) {
      writeProblem(response, new ProblemError('sign-in-required'));
      return;
    }
    own.handle(request, response, entry);
  };
  const listen = (request: Parameters<typeof onRequest>[0], response: Parameters<typeof onRequest>[1]) =>
    void onRequest(request, response);
  const server = options.http === '2' ? http2.createServer(listen) : http.createServer(listen);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  atEnd(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  const exchange = options.http === '2' ? exchangeHttp2 : exchangeHttp1;

  async function openBrowser(account: Account): Promise<ConsoleBrowser> {
    const signedIn = await signIn(store, clock, account.id);
    const token = await handOver(store, clock, signedIn, CONSOLE);
    const send = (method: string, path: string, headers: Fields, body?: string | Uint8Array) => {
      const own: Fields = {
        host: new URL(CONSOLE_ORIGIN).host,
        'sec-fetch-site': 'same-origin',
        [TOKEN_HEADER]: token,
        ...headers,
      };
      const sent = Object.entries(own).filter((each): each is [string, string] => each[1] !== null);
      return exchange(base, { method, path, headers: Object.fromEntries(sent), body });
    };
    return {
      account,
      session: signedIn.session,
      get: (path, headers = {}) => send('GET', path, headers),
      send: (method, path, body, headers = {}) => {
        const type = body === undefined ? {} : { 'content-type': 'application/json' };
        const fields = { ...CHANGING, ...type, ...headers };
        return send(method, path, fields, body === undefined ? undefined : JSON.stringify(body));
      },
      sendRaw: (method, path, body, headers) => send(method, path, { ...CHANGING, ...headers }, body),
    };
  }

  return {
    store,
    clock,
    openBrowser,
    /** The person, who gets an account and a certificate first, in a browser that shows it. */
    async openAs(name: CastName): Promise<ConsoleBrowser> {
      const account = await addPerson(store, clock, name);
      await issue(store, clock, account.id, issuing.id);
      return await openBrowser(account);
    },
  };
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | undefined;
}

function exchangeHttp1(base: string, { method, path, headers, body }: Sent): Promise<ConsoleAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request(base, { method, path, headers }, (response) => {
      collect(response, (text) => resolve(answerOf(response.statusCode ?? 0, response.headers, text)));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function exchangeHttp2(base: string, { method, path, headers, body }: Sent): Promise<ConsoleAnswer> {
  return new Promise((resolve, reject) => {
    const session = http2.connect(base);
    const { host = '', ...others } = headers;
    const stream = session.request({ ':method': method, ':path': path, ':authority': host, ...others });
    stream.on('error', reject);
    stream.on('response', (received) => {
      collect(stream, (text) => {
        session.close();
        resolve(answerOf(received[':status'] ?? 0, received, text));
      });
    });
    stream.end(body);
  });
}

function collect(from: NodeJS.ReadableStream, done: (text: string) => void): void {
  let text = '';
  from.setEncoding('utf8');
  from.on('data', (piece: string) => {
    text += piece;
  });
  from.on('end', () => done(text));
}

function answerOf(status: number, headers: http.IncomingHttpHeaders, text: string): ConsoleAnswer {
  return { status, headers, text, json: () => JSON.parse(text) };
}

async function writePages(webDirectory: string): Promise<void> {
  await mkdir(join(webDirectory, 'console'));
  await mkdir(join(webDirectory, 'assets'));
  const page = '<!doctype html><meta name="nonce" content="__CSP_NONCE__"><div id="root"></div>';
  await writeFile(join(webDirectory, 'console', 'index.html'), page);
  await writeFile(join(webDirectory, 'assets', 'console-abc123.js'), 'export const page = "console";\n');
}
