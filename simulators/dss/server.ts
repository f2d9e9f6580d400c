import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createAssets } from '../web/assets.ts';
import { readBytes } from '../web/wire.ts';
import { type Answer, type DssRequest, json } from './answer.ts';
import { handleControl, type LoggedCall } from './control.ts';
import { type Fault, NO_FAULT } from './faults.ts';
import { renderPage } from './phone/page.ts';
import { chooseLanguage } from './phone/page-texts.ts';
import { type PhoneRequest, presentRequest } from './phone/requests.ts';
import { playBefore, sendWith } from './play-fault.ts';
import { makeServerCertificate, type ServerCertificate } from './server-certificate.ts';
import { DssService } from './service.ts';

export interface DssSimulatorOptions {
  readonly host: string;
  /** Without TLS: the telephone's page, lists and certificates of the authorities, and the DSS as well. 0 takes a free one. */
  readonly port: number;
  /** With TLS; undefined for none, 0 takes a free one. */
  readonly tlsPort?: number;
  /** For TLS; made at start where it is not given. */
  readonly certificate?: Pick<ServerCertificate, 'certificatesPem' | 'privateKeyPem'>;
  /** Moves the time of challenges, tokens and transactions in tests. */
  readonly now?: () => Date;
}

export interface DssSimulator {
  /** Without TLS. */
  readonly url: string;
  /** With TLS, by the name `dss.propusk.localhost`; undefined without. */
  readonly tlsUrl: string | undefined;
  /** PEM of who signed the server's certificate, where it was made here. */
  readonly authorityPem: string | undefined;
  /** What the page and `/practice` switch. */
  readonly service: DssService;
  /** Every call to the DSS, oldest first. */
  calls(): readonly LoggedCall[];
  /** Requests of this person that wait for an answer, oldest first. */
  waiting(login: string): readonly PhoneRequest[];
  /** The newest request of this person that waits. @throws when there is none */
  answer(login: string, answer: 'confirm' | 'decline'): void;
  setFault(fault: Partial<Fault>, login?: string): void;
  close(): Promise<void>;
}

export const DSS_HOST = 'dss.propusk.localhost';

const BODY_LIMIT_BYTES = 64 * 1024 * 1024;
const KEPT_CALLS = 2_000;
const findAsset = createAssets(['/phone.css', '/phone.js', '/icon.svg'], new URL('assets/', import.meta.url));
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A CryptoPro DSS to practise with: both of its servers, the telephones of its users, its authorities. Its passwords are
 * printed and its keys are in the repository: it belongs on the loopback address and nowhere else.
 */
export async function startDssSimulator(options: DssSimulatorOptions): Promise<DssSimulator> {
  const now = options.now ?? (() => new Date());
  const watchers = new Set<ServerResponse>();
  const calls: LoggedCall[] = [];
  let url = '';
  let tlsUrl: string | undefined;
  const announce = () => {
    for (const watcher of watchers) watcher.write('data: change\n\n');
  };
  const service = new DssService(
    () => ({
      issuer: `${url}/ca/rsa-issuing.cer`,
      revocationList: `${url}/ca/rsa.crl`,
      ocsp: `${url}/ca/rsa-ocsp`,
    }),
    announce,
  );

  async function handle(incoming: IncomingMessage, response: ServerResponse, scheme: string): Promise<void> {
    const request = await readRequest(incoming, scheme, now());
    const place = DssService.placeOf(request.url.pathname);
    if (place !== undefined) return serveDss(request, place, response);
    const asset = findAsset(request.url.pathname);
    if (request.method === 'GET' && request.url.pathname === '/events') return watch(incoming, response);
    if (request.method === 'GET' && asset !== undefined) {
      return sendWith(NO_FAULT, response, { status: 200, ...asset });
    }
    const answer =
      handleControl(request, service, calls, announce) ??
      (request.method === 'GET' && request.url.pathname === '/'
        ? page(request)
        : await service.answer(request));
    sendWith(NO_FAULT, response, answer);
  }

  async function serveDss(
    request: DssRequest,
    place: 'sign-in' | 'sign-server',
    response: ServerResponse,
  ): Promise<void> {
    const login = service.loginOf(request);
    const chosen = service.faults.of(login);
    const fault = chosen.place === 'everywhere' || chosen.place === place ? chosen : NO_FAULT;
    const played = await playBefore(fault, place);
    const answer = played ?? (await service.answer({ ...request, now: now() }));
    calls.push({
      at: request.now.toISOString(),
      method: request.method,
      path: request.url.pathname,
      login,
      status: answer === 'cut' ? 'cut' : answer.status,
    });
    if (calls.length > KEPT_CALLS) calls.shift();
    if (answer === 'cut') response.destroy();
    else sendWith(fault, response, answer);
  }

  function page(request: DssRequest): Answer {
    const query = request.url.searchParams;
    const accepted = request.headers['accept-language'];
    const language = chooseLanguage(query.get('lang'), typeof accepted === 'string' ? accepted : undefined);
    const requests = service.dialogues.list(request.now).map(presentRequest);
    const body = renderPage({
      language,
      login: query.get('user'),
      requests,
      faults: service.faults,
      origin: tlsUrl ?? url,
      now: request.now,
    });
    const headers = { 'content-security-policy': PAGE_POLICY };
    return { status: 200, type: 'text/html; charset=utf-8', body, headers };
  }

  function watch(incoming: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    watchers.add(response);
    incoming.on('close', () => watchers.delete(response));
  }

  const listenerFor = (scheme: string) => (incoming: IncomingMessage, response: ServerResponse) => {
    handle(incoming, response, scheme).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        sendWith(
          NO_FAULT,
          response,
          json({ Message: error instanceof Error ? error.message : 'error' }, 500),
        );
    });
  };
  const plain = createServer(listenerFor('http'));
  await listen(plain, options.port, options.host);
  url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${portOf(plain)}`;

  const made =
    options.tlsPort === undefined || options.certificate
      ? undefined
      : makeServerCertificate([DSS_HOST, 'localhost', '127.0.0.1'], new Date());
  const certificate = options.certificate ?? made;
  const secure =
    certificate &&
    createTlsServer(
      { cert: certificate.certificatesPem, key: certificate.privateKeyPem },
      listenerFor('https'),
    );
  if (secure) {
    await listen(secure, options.tlsPort ?? 0, options.host);
    tlsUrl = `https://${DSS_HOST}:${portOf(secure)}`;
  }
  const servers = secure ? [plain, secure] : [plain];

  const waiting = (login: string) =>
    service.dialogues
      .list(now())
      .map(presentRequest)
      .filter((request) => request.login === login && request.state === 'waiting');

  return {
    url,
    tlsUrl,
    authorityPem: made?.authorityPem,
    service,
    calls: () => [...calls],
    waiting,
    answer(login, answer) {
      const newest = waiting(login).at(-1);
      const dialogue = newest && service.dialogues.find(newest.id, now());
      if (!dialogue) throw new Error(`nothing waits on the telephone of ${login}`);
      if (answer === 'confirm') service.dialogues.confirm(dialogue, now());
      else service.dialogues.decline(dialogue, now());
    },
    setFault(fault, login) {
      service.faults.set({ ...NO_FAULT, ...fault }, login);
      announce();
    },
    async close() {
      await Promise.all(
        servers.map(async (server) => {
          const closed = new Promise((done) => server.close(done));
          server.closeAllConnections();
          await closed;
        }),
      );
    },
  };
}

async function readRequest(incoming: IncomingMessage, scheme: string, now: Date): Promise<DssRequest> {
  const host = incoming.headers.host ?? 'localhost';
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', `${scheme}://${host}`),
    authorization: incoming.headers.authorization,
    headers: incoming.headers,
    body: await readBytes(incoming, BODY_LIMIT_BYTES),
    now,
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
