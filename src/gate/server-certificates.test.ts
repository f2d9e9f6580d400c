import { generateKeyPairSync } from 'node:crypto';
import tls from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createListener, type Listener } from '../http/listener.ts';
import { makeServerCertificate } from '../http/testing/server-certificate.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import { systemClock } from '../kernel/clock.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemRandom } from '../kernel/random.ts';
import { createGate, type Gate } from './gate.ts';
import type { GateCertificate } from './options.ts';
import { type Cast, makeCast } from './testing/cast.ts';
import { createMemoryPort } from './testing/memory-port.ts';

const HOSTS = ['a.example', 'b.example', 'c.example'];
let cast: Cast;
let gate: Gate;
let listener: Listener;
let port: number;

function certificateOf(host: string, hosts?: readonly string[]): GateCertificate {
  const { cert, key } = makeServerCertificate(host);
  return { certificatesPem: cert, privateKeyPem: key, ...(hosts ? { hosts } : {}) };
}

beforeAll(async () => {
  cast = await makeCast(HOSTS);
  const database = createMemoryPort();
  database.sign(cast.ivanov.token, cast.ivanov.entry);
  gate = createGate({
    portalOrigin: 'https://id.example',
    applications: HOSTS.map((host) => ({
      id: host as ApplicationId,
      name: host,
      hosts: [host],
      homePath: '/',
      upstream: { kind: 'handler', handle: (_, response) => response.end(host) },
    })),
    port: database,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    entryTokens: { seal: () => '' },
    recoveryProofs: { seal: () => '' },
    assertionKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    tls: {
      certificates: [certificateOf('default.example'), certificateOf('b.example', ['b.example'])],
      clientCertificateAuthoritiesPem: cast.authorityPem,
    },
    sessionAbsoluteSeconds: 60,
  });
  listener = createListener({ choose: () => gate.tlsServer, logger: silentLogger });
  ({ port } = await listener.listen({ host: '127.0.0.1', port: 0 }));
});
afterAll(async () => {
  listener.destroy();
  await gate.close({ graceMs: 0 });
});

interface Seen {
  readonly subject: string;
  readonly answer: string;
  readonly reused: boolean;
  readonly session: Buffer | undefined;
}

function connect(host: string, version: tls.SecureVersion, session?: Buffer): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port,
      servername: host,
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      cert: cast.ivanov.certificatePem,
      key: cast.ivanov.keyPem,
      ...(session ? { session } : {}),
    });
    let answer = '';
    let newest: Buffer | undefined;
    socket.on('session', (ticket) => {
      newest = ticket;
    });
    let reused = false;
    socket.on('secureConnect', () => {
      reused = socket.isSessionReused();
      socket.write(
        `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nCookie: __Host-propusk-session=${cast.ivanov.token}\r\n\r\n`,
      );
    });
    const subject = (): string => socket.getPeerX509Certificate()?.subject ?? '';
    let shown = '';
    socket.on('data', (chunk) => {
      shown = subject() || shown;
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ subject: shown, answer, reused, session: newest }));
  });
}

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'each host shows its own certificate over %s, and the client’s is read',
  async (version) => {
    expect(await connect('a.example', version)).toMatchObject({ subject: 'CN=default.example' });
    const b = await connect('b.example', version);
    expect(b.subject).toBe('CN=b.example');
    expect(b.answer).toMatch(/^HTTP\/1\.1 200 /);
  },
);

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'sessions of a host with a certificate of its own are resumed over %s',
  async (version) => {
    const first = await connect('b.example', version);
    const second = await connect('b.example', version, first.session);
    expect(second.reused).toBe(true);
    expect(second.answer).toMatch(/^HTTP\/1\.1 200 /);
  },
);

test('new certificates are taken for new connections, and sessions live on', async () => {
  const before = await connect('a.example', 'TLSv1.3');
  gate.reloadCertificates({
    certificates: [certificateOf('renewed.example'), certificateOf('b2.example', ['b.example'])],
    clientCertificateAuthoritiesPem: cast.authorityPem,
  });
  expect((await connect('a.example', 'TLSv1.3')).subject).toBe('CN=renewed.example');
  expect((await connect('b.example', 'TLSv1.3')).subject).toBe('CN=b2.example');
  const resumed = await connect('a.example', 'TLSv1.3', before.session);
  expect(resumed.reused).toBe(true);
  expect(resumed.answer).toMatch(/^HTTP\/1\.1 200 /);
});

test('a wrong configuration is told when the gate is made', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const options = {
    portalOrigin: 'https://id.example',
    applications: [],
    port: createMemoryPort(),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    assertionKey: privateKey,
    tls: { certificates: [certificateOf('x.example')], clientCertificateAuthoritiesPem: cast.authorityPem },
    entryTokens: { seal: () => '' },
    recoveryProofs: { seal: () => '' },
    sessionAbsoluteSeconds: 60,
  };
  const application = {
    id: 'a' as ApplicationId,
    name: 'A',
    hosts: ['a.example'],
    homePath: '/',
    upstream: { kind: 'server' as const, url: new URL('http://127.0.0.1:1') },
  };
  const make = (change: object) => () => createGate({ ...options, ...change });
  expect(make({ portalOrigin: 'http://id.example' })).toThrow("the portal's origin");
  expect(make({ portalOrigin: 'https://id.example/' })).toThrow("the portal's origin");
  expect(make({ applications: [application, { ...application, id: 'b' }] })).toThrow(
    'belongs to two applications',
  );
  expect(make({ applications: [{ ...application, hosts: ['id.example'] }] })).toThrow("is the portal's host");
  expect(
    make({ applications: [{ ...application, upstream: { kind: 'server', url: new URL('ftp://x') } }] }),
  ).toThrow('neither http: nor https:');
  expect(make({ assertionKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey })).toThrow(
    'P-256',
  );
});
