import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Http2SessionLimits, limitHttp2Sessions } from './limit-http2-sessions.ts';

async function open(limits: Http2SessionLimits) {
  const server = createServer((request, response) => {
    // Answers when the whole body is there.
    request.on('end', () => response.end('done'));
    request.resume();
  });
  limitHttp2Sessions(server, limits);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  session.on('error', () => {});
  const begun = Date.now();
  const closedAfter = new Promise<number>((resolve) =>
    session.on('close', () => resolve(Date.now() - begun)),
  );
  onTestFinished(() => {
    session.destroy();
    server.close();
  });
  return { session, closedAfter };
}

function answerOf(stream: ReturnType<ReturnType<typeof connect>['request']>): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk;
    });
    stream.on('error', () => {});
    stream.on('close', () => resolve(text));
  });
}

test('a connection without requests is closed, whatever it pings', async () => {
  const { session, closedAfter } = await open({ idleMs: 300, streamMs: 60_000 });
  const pings = setInterval(() => {
    if (!session.closed && !session.destroyed) session.ping(() => {});
  }, 50);
  onTestFinished(() => clearInterval(pings));
  const after = await closedAfter;
  expect(after).toBeGreaterThanOrEqual(250);
});

test('a request keeps it open until its answer, and the time begins anew then', async () => {
  const { session, closedAfter } = await open({ idleMs: 300, streamMs: 60_000 });
  const slow = session.request({ ':method': 'POST' });
  const answer = answerOf(slow);
  slow.write('a');
  setTimeout(() => slow.end('b'), 700);
  expect(await answer).toBe('done');
  expect(await answerOf(session.request())).toBe('done');
  expect(await closedAfter).toBeGreaterThanOrEqual(900);
});

test('a request that never ends is cancelled', async () => {
  const { session, closedAfter } = await open({ idleMs: 200, streamMs: 300 });
  const endless = session.request({ ':method': 'POST' });
  const drip = setInterval(() => {
    if (!endless.closed) endless.write('a');
  }, 50);
  onTestFinished(() => clearInterval(drip));
  expect(await answerOf(endless)).toBe('');
  await closedAfter;
});
