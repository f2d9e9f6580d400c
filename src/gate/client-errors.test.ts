import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type GateLab, headOf, openGateLab, until } from './testing/gate-lab.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());
afterEach(() => lab.upstream.clear());

const FAULT = 'HTTP/1.1 400 Bad Request\r\n';

test('a head that is none gets a whole answer that repeats nothing of it', async () => {
  const answer = await lab.raw('GET /<script> HTTP/1.1\r\nX<script>: y z\r\n: \r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*\r\n\r\n400 Bad Request\n$/s);
  expect(answer).toContain('Connection: close');
  expect(answer).not.toContain('script');
});

test('a body that loses its framing on the way gets it too, and the application sees no end of it', async () => {
  let ended = false;
  let closed = false;
  lab.upstream.onStream = (request) => {
    request.on('data', () => {});
    request.on('end', () => {
      ended = true;
    });
    request.on('close', () => {
      closed = true;
    });
  };
  const head = headOf(lab.cast.ivanov, 'POST /upload HTTP/1.1', 'Transfer-Encoding: chunked');
  const answer = await lab.raw(`${head}\r\n5\r\nhello\r\nnot a chunk\r\n${'x'.repeat(500_000)}`);
  expect(answer.startsWith(FAULT)).toBe(true);
  expect(answer.split('HTTP/1.1')).toHaveLength(2);
  await until(() => closed || lab.upstream.requests.length === 0);
  expect(ended).toBe(false);
});

test('what follows an answered request is answered by itself', async () => {
  const head = headOf(lab.cast.ivanov, 'GET /first HTTP/1.1');
  const socket = tls.connect(lab.connectOptions(lab.cast.ivanov));
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.write(`${head}\r\n`);
  await until(() => text.includes('200 OK'));
  socket.write('garbage\r\n\r\n');
  await until(() => socket.destroyed || text.includes(FAULT));
  expect(text.indexOf(FAULT)).toBeGreaterThan(text.indexOf('200 OK'));
  socket.destroy();
});

test('nothing stands in the place of an answer that is still to come', async () => {
  lab.upstream.onStream = (_, response) => {
    setTimeout(() => response.end('late'), 100);
  };
  const head = headOf(lab.cast.ivanov, 'GET /slow HTTP/1.1');
  expect(await lab.raw(`${head}\r\ngarbage\r\n\r\n`)).not.toContain('400');
});
