import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../kernel/logger.ts';
import { createListener, type Listener, type ListenerOptions, startRequestTimers } from './listener.ts';
import { clientHello, handshakeRecords } from './testing/client-hello.ts';
import { makeServerCertificate } from './testing/server-certificate.ts';

let portal: tls.Server;
let gated: tls.Server;
let portalCert: { cert: string; key: string };
let gatedCert: { cert: string; key: string };
let listener: Listener | undefined;

beforeAll(() => {
  portalCert = makeServerCertificate('id.example');
  gatedCert = makeServerCertificate('crm.example');
  portal = tls.createServer(portalCert, (socket) => socket.end('portal'));
  gated = tls.createServer({ ...gatedCert, requestCert: true, rejectUnauthorized: false }, (socket) =>
    socket.end('gated'),
  );
});
afterEach(() => listener?.destroy());

async function open(change: Partial<ListenerOptions> = {}): Promise<number> {
  listener = createListener({
    choose: (name) => ({ 'id.example': portal, 'crm.example': gated })[name ?? ''],
    logger: silentLogger,
    ...change,
  });
  return (await listener.listen({ host: '127.0.0.1', port: 0 })).port;
}

function talk(port: number, options: tls.ConnectionOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}

/** Sends octets over plain TCP, and tells what came back and when the connection ended. */
function send(
  port: number,
  pieces: readonly Buffer[],
  gapMs = 0,
): Promise<{ answer: Buffer; afterMs: number }> {
  return new Promise((resolve) => {
    const begun = Date.now();
    const chunks: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        if (gapMs > 0) await new Promise((next) => setTimeout(next, gapMs));
      }
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => resolve({ answer: Buffer.concat(chunks), afterMs: Date.now() - begun }));
  });
}

describe('the server is chosen by the name', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('over %s', async (version) => {
    const port = await open();
    const options = { minVersion: version, maxVersion: version };
    expect(await talk(port, { ...options, servername: 'id.example' })).toBe('portal');
    expect(await talk(port, { ...options, servername: 'crm.example' })).toBe('gated');
  });

  test('when the hello arrives octet by octet', async () => {
    const port = await open();
    // A real client behind a proxy that cuts its first octets into segments of one.
    const proxy = net.createServer((client) => {
      const server = net.connect(port, '127.0.0.1');
      server.setNoDelay(true);
      client.once('data', async (chunk: Buffer) => {
        client.pause();
        for (let offset = 0; offset < chunk.length; offset += 1) {
          server.write(chunk.subarray(offset, offset + 1));
          if (offset % 16 === 0) await new Promise((next) => setImmediate(next));
        }
        client.pipe(server);
      });
      server.pipe(client);
      server.on('error', () => {});
      client.on('error', () => {});
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const proxyPort = (proxy.address() as net.AddressInfo).port;
    expect(await talk(proxyPort, { servername: 'crm.example' })).toBe('gated');
    proxy.close();
  });
});

describe('what is not served', () => {
  test('another name gets the fatal alert unrecognized_name, in clear', async () => {
    const port = await open();
    const { answer } = await send(port, [handshakeRecords(clientHello('other.example'))]);
    expect([...answer]).toEqual([21, 3, 1, 0, 2, 2, 112]);
  });

  test('no name gets it too', async () => {
    const port = await open();
    await expect(talk(port, { servername: '' })).rejects.toThrow('unrecognized name');
  });

  test('garbage is cut at once', async () => {
    const port = await open();
    const { answer, afterMs } = await send(port, [Buffer.from([0, 1, 2, 3, 4, 5, 6, 7])]);
    expect(answer).toHaveLength(0);
    expect(afterMs).toBeLessThan(1_000);
  });

  test('plain http is told that https is spoken here', async () => {
    const port = await open();
    const { answer } = await send(port, [Buffer.from('GET / HTTP/1.1\r\nHost: crm.example\r\n\r\n')]);
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 .*https only/s);
  });

  test('a hello that does not come, or not to its end, is waited for until the time is over', async () => {
    const port = await open({ helloTimeoutMs: 300 });
    const octets = handshakeRecords(clientHello('crm.example'));
    for (const pieces of [[], [octets.subarray(0, 20)], [...octets].map((octet) => Buffer.from([octet]))]) {
      const { answer, afterMs } = await send(port, pieces, pieces.length > 1 ? 30 : 0);
      expect(answer).toHaveLength(0);
      expect(afterMs).toBeGreaterThanOrEqual(250);
      expect(afterMs).toBeLessThan(1_500);
    }
  });
});

test('one address has a limit of its own', async () => {
  const port = await open({ connectionLimits: { ipv4: 2 } });
  const held = [net.connect(port, '127.0.0.1'), net.connect(port, '127.0.0.1')];
  await Promise.all(held.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const third = net.connect(port, '127.0.0.1');
  third.on('error', () => {});
  await new Promise((resolve) => third.once('close', resolve));
  // A neighbour is not in its way.
  const neighbour = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
  await new Promise((resolve) => neighbour.once('connect', resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(neighbour.destroyed || neighbour.readyState !== 'open').toBe(false);
  neighbour.destroy();
  for (const socket of held) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await talk(port, { servername: 'id.example' })).toBe('portal');
});

test('a port in use is a problem with its number', async () => {
  const port = await open();
  const second = createListener({ choose: () => undefined, logger: silentLogger });
  await expect(second.listen({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'port-in-use',
    detail: `port ${port}`,
  });
});

test('a server that never listened counts the time of a request’s head', async () => {
  const server = https.createServer(
    { ...gatedCert, headersTimeout: 300, requestTimeout: 0, connectionsCheckingInterval: 100 },
    (_, response) => response.end('answered'),
  );
  startRequestTimers(server);
  const port = await open({ choose: () => server });
  const answer = await new Promise<string>((resolve) => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port,
      servername: 'crm.example',
      rejectUnauthorized: false,
    });
    let text = '';
    socket.on('secureConnect', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n'));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
  });
  expect(answer).toContain('408 Request Timeout');
  server.close();
});
