import { spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { makeTestDirectory, openRealStore } from '../../test/real-store.ts';
import { openStoreIn } from '../../test/store-in.ts';
import { systemClock } from '../kernel/clock.ts';
import { silentLogger } from '../kernel/logger.ts';
import { startJournalDelivery } from './deliver-journal.ts';
import type { DeliveryResult, Receiver } from './receiver.ts';

const PROGRAM = fileURLToPath(new URL('../../test/deliver-journal.ts', import.meta.url));
const DELIVERED: DeliveryResult = { kind: 'delivered' };

type Store = Awaited<ReturnType<typeof openRealStore>>;

async function append(store: Store, count: number, now: Date) {
  const record = { actor: { kind: 'command-line' }, event: { type: 'accounts-exported' } } as const;
  await store.audit.append(
    Array.from({ length: count }, () => record),
    now,
  );
}

/** A receiver that answers as it is told, one after another, and takes everything after that. */
function scripted(name: string, ...answers: DeliveryResult[]) {
  const batches: number[][] = [];
  const receiver: Receiver = {
    name,
    deliver: async (events) => {
      batches.push(events.map(({ entry }) => entry.sequence));
      return answers.shift() ?? DELIVERED;
    },
    check: async () => DELIVERED,
  };
  return { receiver, batches };
}

async function open(...receivers: readonly Receiver[]) {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  await store.journalDelivery.keepReceivers(receivers.map(({ name }) => ({ name, begin: 'oldest' })));
  const start = () => {
    const delivery = startJournalDelivery({
      port: store.journalDelivery,
      receivers,
      clock,
      logger: silentLogger,
      intervalMs: 5,
      backoffMs: [5],
    });
    onTestFinished(() => delivery.stop());
    return delivery;
  };
  const isDone = async () =>
    (await store.journalDelivery.listReceiverStates()).every(({ behind }) => behind === 0);
  return { clock, store, start, isDone };
}

test('every receiver gets everything in order, and one that fails keeps nobody else waiting', async () => {
  const good = scripted('good');
  const bad = scripted(
    'bad',
    { kind: 'failed', category: 'unreachable' },
    { kind: 'failed', category: 'server-error', retryAfterSeconds: 0.01 },
  );
  const { store, clock, start, isDone } = await open(good.receiver, bad.receiver);
  await append(store, 450, clock.now());
  const { auditSequence } = await store.health();
  start();
  await expect.poll(isDone).toBe(true);
  const all = Array.from({ length: auditSequence }, (_, index) => index + 1);
  expect(good.batches.flat()).toEqual(all);
  // The same batch is sent until it is taken.
  expect(bad.batches[1]).toEqual(bad.batches[0]);
  expect(bad.batches[2]).toEqual(bad.batches[0]);
  expect(bad.batches.slice(2).flat()).toEqual(all);
});

test('a receiver that asks for less gets less', async () => {
  const picky: number[] = [];
  const taken: number[] = [];
  const receiver: Receiver = {
    name: 'picky',
    deliver: async (events) => {
      picky.push(events.length);
      if (events.length > 30) return { kind: 'failed', category: 'too-large' };
      taken.push(...events.map(({ entry }) => entry.sequence));
      return DELIVERED;
    },
    check: async () => DELIVERED,
  };
  const { store, clock, start, isDone } = await open(receiver);
  await append(store, 200, clock.now());
  start();
  await expect.poll(isDone).toBe(true);
  expect(Math.max(...picky)).toBeGreaterThan(30);
  expect(taken).toEqual(taken.map((_, index) => index + 1));
});

test('what was under way when the program ended is sent again at once after the next start', async () => {
  const seen: number[][] = [];
  let isHanging = true;
  const receiver: Receiver = {
    name: 'slow',
    deliver: (events, signal) => {
      seen.push(events.map(({ entry }) => entry.sequence));
      if (!isHanging) return Promise.resolve(DELIVERED);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ kind: 'failed', category: 'timeout' }));
      });
    },
    check: async () => DELIVERED,
  };
  const { store, clock, start, isDone } = await open(receiver);
  await append(store, 3, clock.now());
  const delivery = start();
  await expect.poll(() => seen.length).toBe(1);
  await delivery.stop();
  expect(await store.journalDelivery.listReceiverStates()).toMatchObject([{ failure: undefined }]);
  isHanging = false;
  start();
  await expect.poll(isDone).toBe(true);
  expect(seen[1]).toEqual(seen[0]);
});

test('nothing is lost and nothing changes its place when the program is killed again and again', async () => {
  const directory = await makeTestDirectory();
  const got: number[] = [];
  let requests = 0;
  let onRequest = () => {};
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      requests += 1;
      // Some are refused, some are taken and their answer is lost.
      if (requests % 5 === 0) response.writeHead(503).end();
      else {
        const lines = Buffer.concat(parts).toString('utf8').trimEnd().split('\n');
        got.push(...lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence));
        if (requests % 7 === 0) request.socket.destroy();
        else response.writeHead(204).end();
      }
      onRequest();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  for (let life = 0; life < 4; life += 1) {
    const child = spawn(process.execPath, [PROGRAM, directory, address, 's'.repeat(32)], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    const deadly = requests + 8 + life;
    onRequest = () => {
      if (requests === deadly) child.kill('SIGKILL');
    };
    expect(await ended).toBe('SIGKILL');
  }
  onRequest = () => {};

  const store = await openStoreIn(directory, systemClock);
  onTestFinished(() => store.close());
  // A batch may have been recorded after its answer, or not: nothing beyond what was taken is.
  const [state] = await store.journalDelivery.listReceiverStates();
  const { auditSequence } = await store.health();
  const recorded = auditSequence - (state?.behind ?? 0);
  expect(recorded).toBeGreaterThan(0);
  const first = got.filter((sequence, index) => got.indexOf(sequence) === index);
  expect(first).toEqual(first.map((_, index) => index + 1));
  expect(first.length).toBeGreaterThanOrEqual(recorded);
  expect(got.length).toBeGreaterThan(first.length);
  expect((await store.audit.verify({})).findings).toEqual([]);
}, 60_000);
