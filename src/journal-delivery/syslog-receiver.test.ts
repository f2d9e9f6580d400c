import { createSocket } from 'node:dgram';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSyslogReceiver, type SyslogConfig } from './syslog-receiver.ts';
import { sent } from './testing/entries.ts';
import { makeReceiverCertificate } from './testing/receiver-certificate.ts';
import { parseSyslogMessage, startSyslogServer } from './testing/syslog-server.ts';

const CONFIG: SyslogConfig = {
  name: 'siem',
  transport: 'tcp',
  host: '127.0.0.1',
  port: 0,
  facility: 'audit',
  hostName: 'id.example.org',
  appName: 'Propusk',
  enterpriseNumber: 32_473,
  authoritiesPem: undefined,
  client: undefined,
};
const patience = (ms = 10_000) => AbortSignal.timeout(ms);
const EVENTS = sent(300);
const sequences = EVENTS.map(({ entry: { sequence } }) => String(sequence));

describe('over TCP', () => {
  test('a batch is delivered when the receiver has read to its end', async () => {
    const server = await startSyslogServer();
    const receiver = createSyslogReceiver({ ...CONFIG, port: server.port });
    expect(await receiver.deliver(EVENTS, patience())).toEqual({ kind: 'delivered' });
    expect(server.messages.map(({ data }) => data.sequence)).toEqual(sequences);
  });

  test('a receiver that dies while it reads has not got the batch', async () => {
    const server = await startSyslogServer();
    const receiver = createSyslogReceiver({ ...CONFIG, port: server.port });
    server.misbehave('reset');
    expect(await receiver.deliver(EVENTS, patience())).toEqual({ kind: 'failed', category: 'cut' });
  });

  test('a receiver that never says that it has read everything has not got the batch', async () => {
    const server = await startSyslogServer();
    const receiver = createSyslogReceiver({ ...CONFIG, port: server.port });
    server.misbehave('never-end');
    expect(await receiver.deliver(EVENTS, patience(300))).toEqual({ kind: 'failed', category: 'timeout' });
  });

  test('where nobody listens nothing is delivered', async () => {
    const receiver = createSyslogReceiver({ ...CONFIG, port: 1 });
    expect(await receiver.deliver(EVENTS, patience())).toEqual({ kind: 'failed', category: 'unreachable' });
    expect(await receiver.check(patience())).toEqual({ kind: 'failed', category: 'unreachable' });
  });
});

describe('over TLS', () => {
  const own = makeReceiverCertificate('siem.example.org');
  const localhost = makeReceiverCertificate('localhost');

  test('a batch is delivered to a receiver whose authority is known', async () => {
    const server = await startSyslogServer(localhost);
    const config = { ...CONFIG, transport: 'tls', host: 'localhost', port: server.port } as const;
    const receiver = createSyslogReceiver({ ...config, authoritiesPem: localhost.cert });
    expect(await receiver.check(patience())).toEqual({ kind: 'delivered' });
    expect(await receiver.deliver(EVENTS, patience())).toEqual({ kind: 'delivered' });
    expect(server.messages.map(({ data }) => data.sequence)).toEqual(sequences);
  });

  test('neither an unknown authority nor another name is trusted', async () => {
    const server = await startSyslogServer(own);
    const config = { ...CONFIG, transport: 'tls', host: 'localhost', port: server.port } as const;
    for (const authoritiesPem of [undefined, own.cert]) {
      const receiver = createSyslogReceiver({ ...config, authoritiesPem });
      expect(await receiver.deliver(EVENTS, patience())).toEqual({ kind: 'failed', category: 'tls' });
    }
    expect(server.messages).toEqual([]);
  });

  test('a receiver that asks who we are gets our certificate', async () => {
    const client = makeReceiverCertificate('propusk');
    const server = await startSyslogServer({ ...localhost, clientAuthority: client.cert });
    const config = {
      ...CONFIG,
      transport: 'tls',
      host: 'localhost',
      port: server.port,
      authoritiesPem: localhost.cert,
    } as const;
    const known = createSyslogReceiver({
      ...config,
      client: { certificatesPem: client.cert, privateKeyPem: client.key },
    });
    expect(await known.deliver(EVENTS, patience())).toEqual({ kind: 'delivered' });
    const stranger = createSyslogReceiver(config);
    expect(await stranger.deliver(EVENTS, patience())).toMatchObject({ kind: 'failed' });
    expect(server.messages).toHaveLength(EVENTS.length);
  });
});

test('over UDP each message is a datagram', async () => {
  const server = createSocket('udp4');
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const received: string[] = [];
  server.on('message', (octets) => received.push(parseSyslogMessage(octets).data.sequence ?? ''));
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  const receiver = createSyslogReceiver({ ...CONFIG, transport: 'udp', port: server.address().port });
  expect(await receiver.deliver(EVENTS.slice(0, 10), patience())).toEqual({ kind: 'delivered' });
  await expect.poll(() => received).toEqual(sequences.slice(0, 10));
});
