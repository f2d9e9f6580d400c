import { createHmac } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { sent } from './testing/entries.ts';
import { makeReceiverCertificate } from './testing/receiver-certificate.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

const SECRET = 'a secret of the tests, 32 octets';
const EVENTS = sent(3);
const patience = (ms = 10_000) => AbortSignal.timeout(ms);

interface Taken {
  readonly method: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

async function start(answer: http.RequestListener, tls?: { cert: string; key: string }) {
  const taken: Taken[] = [];
  const listener: http.RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      taken.push({ method: request.method, headers: request.headers, body });
      answer(request, response);
    });
  };
  const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const url = new URL(tls ? `https://localhost:${port}/in?a=b` : `http://127.0.0.1:${port}/in?a=b`);
  const receiver = createWebhookReceiver(
    { name: 'hook', url, secret: SECRET, authorization: 'Splunk 1234', authoritiesPem: tls?.cert },
    createFrozenClock(),
  );
  return { taken, receiver };
}

const say =
  (status: number, headers: http.OutgoingHttpHeaders = {}): http.RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end('whatever');

test('events are posted over TLS as JSON lines under a signature that the receiver can check', async () => {
  const { taken, receiver } = await start(say(204), makeReceiverCertificate('localhost'));
  expect(await receiver.deliver(EVENTS, patience())).toEqual({ kind: 'delivered' });
  const [request] = taken;
  expect(request?.method).toBe('POST');
  expect(request?.headers).toMatchObject({
    'content-type': 'application/jsonl; charset=utf-8',
    authorization: 'Splunk 1234',
    'propusk-first-sequence': '1',
    'propusk-last-sequence': '3',
  });
  const lines = request?.body.trimEnd().split('\n') ?? [];
  expect(lines.map((line) => JSON.parse(line).sequence)).toEqual([1, 2, 3]);
  // As a receiver checks it.
  const [, at, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request?.headers['propusk-signature'])) ?? [];
  expect(Number(at) * 1_000).toBe(Date.parse('2026-11-22T09:30:00Z'));
  expect(mac).toBe(createHmac('sha256', SECRET).update(`${at}.${request?.body}`).digest('hex'));
});

test.each([
  [400, {}, { category: 'refused' }],
  [401, {}, { category: 'refused' }],
  [302, { location: '/elsewhere' }, { category: 'refused' }],
  [413, {}, { category: 'too-large' }],
  [429, { 'retry-after': '90' }, { category: 'server-error', retryAfterSeconds: 90 }],
  [503, { 'retry-after': '999999' }, { category: 'server-error', retryAfterSeconds: 3_600 }],
  [500, {}, { category: 'server-error' }],
] as const)('%i says that the events were not taken', async (status, headers, expected) => {
  const { taken, receiver } = await start(say(status, headers));
  expect(await receiver.deliver(EVENTS, patience())).toEqual({ kind: 'failed', ...expected });
  expect(taken).toHaveLength(1);
});

test('no answer, half an answer and no trust are failures of their own', async () => {
  const silent = await start(() => {});
  expect(await silent.receiver.deliver(EVENTS, patience(300))).toEqual({
    kind: 'failed',
    category: 'timeout',
  });
  const cut = await start((request) => request.socket.destroy());
  expect(await cut.receiver.deliver(EVENTS, patience())).toEqual({ kind: 'failed', category: 'cut' });
  const half = await start((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setTimeout(() => response.destroy(), 50);
  });
  expect(await half.receiver.deliver(EVENTS, patience())).toEqual({ kind: 'failed', category: 'cut' });
  const foreign = await start(say(204), makeReceiverCertificate('siem.example.org'));
  expect(await foreign.receiver.deliver(EVENTS, patience())).toEqual({ kind: 'failed', category: 'tls' });
  expect(foreign.taken).toEqual([]);
});

test('asking whether it is there sends no event', async () => {
  const { taken, receiver } = await start(say(405));
  expect(await receiver.check(patience())).toEqual({ kind: 'delivered' });
  expect(taken).toMatchObject([{ method: 'HEAD', body: '' }]);
});
