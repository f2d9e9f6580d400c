import { generateKeyPairSync } from 'node:crypto';
import type http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import tls from 'node:tls';
import { createListener, type Listener } from '../../http/listener.ts';
import type { ApplicationId } from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { systemRandom } from '../../kernel/random.ts';
import { createEntryTokens } from '../entry-token.ts';
import { createGate, type Gate } from '../gate.ts';
import type { GateApplication, GateLimits, GateOptions } from '../options.ts';
import { createRecoveryProofs, type RecoveryProofs } from '../recovery-proof.ts';
import { type Cast, makeCast, type Person } from './cast.ts';
import { createMemoryPort, type MemoryPort } from './memory-port.ts';
import { openUpstream, type TestUpstream } from './upstream.ts';

export const CRM = 'crm.propusk.localhost';
export const DOCS = 'docs.propusk.localhost';
export const PORTAL_ORIGIN = 'https://id.propusk.localhost:8443';
export const CRM_ORIGIN = `https://${CRM}:8443`;

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface LabRequest {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string;
  /** Whose session; undefined: none. */
  readonly session?: Person | undefined;
  /** Whose certificate; the session's by default, null: none. */
  readonly certificate?: Person | null;
  readonly host?: string;
  readonly agent?: https.Agent;
  readonly tlsVersion?: 'TLSv1.2' | 'TLSv1.3';
}

export interface GateLab {
  readonly recoveryProofs: RecoveryProofs;
  readonly cast: Cast;
  readonly gate: Gate;
  readonly listener: Listener;
  readonly port: number;
  readonly database: MemoryPort;
  readonly upstream: TestUpstream;
  readonly clock: Clock & { offsetMs: number };
  readonly logs: { level: string; fields: object; message: string }[];
  connectOptions(certificate: Person | null | undefined, host?: string): tls.ConnectionOptions;
  request(request?: LabRequest): Promise<Answer>;
  /** An HTTP/2 session; the caller closes it. */
  http2(
    certificate: Person | null,
    host?: string,
    settings?: http2.Settings,
  ): Promise<http2.ClientHttp2Session>;
  http2Request(
    session: http2.ClientHttp2Session,
    headers: http2.OutgoingHttpHeaders | readonly string[],
    body?: string | Buffer,
  ): Promise<{ status: number; headers: http2.IncomingHttpHeaders; body: string; rst: number }>;
  /** Octets over TLS as they are; resolves with everything that came back until the end, or after `waitMs`. */
  raw(octets: string | Buffer, certificate?: Person | null, waitMs?: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

export interface LabOptions {
  /** Of the portal, with the public port that every host has. */
  readonly portalOrigin?: string;
  readonly applications?: (upstream: TestUpstream) => readonly GateApplication[];
  readonly application?: Partial<GateApplication>;
  readonly limits?: Partial<GateLimits>;
  readonly menu?: GateOptions['menu'];
}

/** For tests: the gate behind its listener on a free port, with the cast's certificates and real clients. */
export async function openGateLab(options: LabOptions = {}): Promise<GateLab> {
  const cast = await makeCast([CRM, DOCS, 'crm2.propusk.localhost', 'id.propusk.localhost']);
  const database = createMemoryPort();
  const upstream = await openUpstream();
  for (const person of [cast.ivanov, cast.petrov]) database.sign(person.token, person.entry);
  const clock = { offsetMs: 0, now: () => new Date(Date.now() + clock.offsetMs) };
  const logs: GateLab['logs'] = [];
  const log = (level: string) => (fields: object, message: string) => {
    logs.push({ level, fields, message });
  };
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const applications = options.applications?.(upstream) ?? [
    {
      id: 'crm' as ApplicationId,
      name: 'CRM «Обращения»',
      hosts: [CRM, 'crm2.propusk.localhost'],
      homePath: '/tickets',
      upstream: { kind: 'server' as const, url: upstream.url },
      ...options.application,
    },
    {
      id: 'docs' as ApplicationId,
      name: 'Documents',
      hosts: [DOCS],
      homePath: '/',
      upstream: { kind: 'server' as const, url: upstream.url },
      allowServiceWorkers: true,
    },
  ];
  const entryTokens = createEntryTokens(systemRandom.bytes(32), systemRandom);
  const recoveryProofs = createRecoveryProofs(systemRandom.bytes(32), systemRandom);
  const gate = createGate({
    portalOrigin: options.portalOrigin ?? PORTAL_ORIGIN,
    applications,
    port: database,
    clock,
    random: systemRandom,
    logger,
    recoveryProofs,
    entryTokens: {
      seal(entry) {
        database.entryRequests.push(entry);
        return entryTokens.seal(entry);
      },
    },
    assertionKey: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
    tls: { certificates: [cast.server], clientCertificateAuthoritiesPem: cast.authorityPem },
    sessionAbsoluteSeconds: 43_200,
    limits: { recheckEveryMs: 300, ...options.limits },
    ...(options.menu && { menu: options.menu }),
  });
  const listener = createListener({
    choose: (name) => (name !== undefined && gate.hosts.includes(name) ? gate.tlsServer : undefined),
    logger,
  });
  const { port } = await listener.listen({ host: '127.0.0.1', port: 0 });

  const connectOptions: GateLab['connectOptions'] = (certificate, host = CRM) => ({
    host: '127.0.0.1',
    port,
    servername: host,
    ca: cast.server.authorityPem,
    ...(certificate ? { cert: certificate.certificatePem, key: certificate.keyPem } : {}),
  });

  return {
    recoveryProofs,
    cast,
    gate,
    listener,
    port,
    database,
    upstream,
    clock,
    logs,
    connectOptions,
    request: (request = {}) => {
      const { session, certificate = session ?? null, host = CRM, tlsVersion } = request;
      const { path = '/', method = 'GET', body, agent } = request;
      return new Promise<Answer>((resolve, reject) => {
        const outgoing = https.request(
          {
            ...connectOptions(certificate, host),
            ...(tlsVersion ? { minVersion: tlsVersion, maxVersion: tlsVersion } : {}),
            agent: agent ?? false,
            path,
            method,
            headers: {
              host: `${host}:8443`,
              ...(session ? { cookie: `__Host-propusk-session=${session.token}` } : {}),
              ...request.headers,
            },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                rawHeaders: response.rawHeaders,
                body: Buffer.concat(chunks).toString(),
              }),
            );
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      });
    },
    http2: (certificate, host = CRM, settings = {}) =>
      new Promise((resolve, reject) => {
        const session = http2.connect(`https://${host}:8443`, {
          settings,
          createConnection: () =>
            tls.connect({ ...connectOptions(certificate, host), ALPNProtocols: ['h2'] }),
        });
        session.once('connect', () => resolve(session));
        session.once('error', reject);
        session.on('error', () => {});
      }),
    http2Request: (session, headers, body) =>
      new Promise((resolve, reject) => {
        const stream = session.request(headers as http2.OutgoingHttpHeaders, {
          endStream: body === undefined,
        });
        let answer: http2.IncomingHttpHeaders = {};
        const chunks: Buffer[] = [];
        stream.on('response', (received) => {
          answer = received;
        });
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', reject);
        stream.on('close', () =>
          resolve({
            status: Number(answer[':status']),
            headers: answer,
            body: Buffer.concat(chunks).toString(),
            rst: stream.rstCode ?? 0,
          }),
        );
        if (body !== undefined) stream.end(body);
      }),
    raw: (octets, certificate = cast.ivanov, waitMs = 3_000, host = CRM) =>
      new Promise((resolve) => {
        const socket = tls.connect(connectOptions(certificate, host));
        const chunks: Buffer[] = [];
        const finish = (): void => {
          clearTimeout(timer);
          socket.destroy();
          resolve(Buffer.concat(chunks).toString('latin1'));
        };
        const timer = setTimeout(finish, waitMs);
        socket.on('secureConnect', () => socket.write(octets));
        socket.on('data', (chunk) => chunks.push(chunk));
        socket.on('error', finish);
        socket.on('close', finish);
      }),
    close: async () => {
      listener.destroy();
      await gate.close({ graceMs: 0 });
      upstream.close();
    },
  };
}

/** The head of a permitted request of this person, without its last empty line. */
export function headOf(person: Person, requestLine: string, ...fields: string[]): string {
  return [
    requestLine,
    `Host: ${CRM}:8443`,
    `Cookie: __Host-propusk-session=${person.token}`,
    ...fields,
    '',
  ].join('\r\n');
}

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Polls until it holds; fails after `timeoutMs`. */
export async function until(condition: () => boolean, timeoutMs = 5_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`did not come true within ${timeoutMs} ms: ${condition}`);
    await wait(10);
  }
}
