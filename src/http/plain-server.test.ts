import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogger } from '../kernel/logger.ts';
import { createPlainServer } from './plain-server.ts';

let server: http.Server;
let port: number;
beforeAll(async () => {
  server = createPlainServer({
    findFile: (host, path) =>
      host === 'id.example' && path === '/pki/1.crl'
        ? { bytes: Buffer.from('der'), contentType: 'application/pkix-crl' }
        : path === '/broken'
          ? Promise.reject(new Error('disk'))
          : undefined,
    questions: {
      path: '/ask',
      contentType: 'application/question',
      maxBytes: 100,
      answer: async (question) => ({
        bytes: Buffer.from(`heard ${question.length}`),
        contentType: 'application/answer',
        headers: { 'Cache-Control': 'no-store' },
      }),
    },
    httpsOrigin: (host) => (host === 'crm.example' ? 'https://crm.example:8443' : undefined),
    logger: silentLogger,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function get(host: string, path: string, method = 'GET') {
  return new Promise<{ status: number | undefined; headers: http.IncomingHttpHeaders; body: string }>(
    (resolve, reject) => {
      const request = http.request({ port, path, method, headers: { host } }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      request.on('error', reject);
      request.end();
    },
  );
}

test('public files are served with their type', async () => {
  const answer = await get('ID.example:80', '/pki/1.crl');
  expect(answer).toMatchObject({ status: 200, body: 'der' });
  expect(answer.headers).toMatchObject({ 'content-type': 'application/pkix-crl', 'content-length': '3' });
  expect(await get('id.example', '/pki/1.crl', 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test('everything else of a host of ours is redirected to https, path and query kept', async () => {
  const answer = await get('crm.example', '/tickets?a=%2F');
  expect(answer.status).toBe(308);
  expect(answer.headers.location).toBe('https://crm.example:8443/tickets?a=%2F');
});

test.each([
  ['a host that is not ours', 'evil.example', '/', 'GET', 404],
  ['another method', 'crm.example', '/', 'POST', 405],
  ['a path with two slashes', 'crm.example', '//evil.example', 'GET', 400],
  ['a backslash', 'crm.example', '/\\evil.example', 'GET', 400],
  ['an absolute form', 'crm.example', 'http://evil.example/', 'GET', 400],
  ['a very long path', 'crm.example', `/${'a'.repeat(3_000)}`, 'GET', 400],
  ['a file that cannot be read', 'crm.example', '/broken', 'GET', 500],
])('%s is answered %s %s %s: %s', async (_, host, path, method, status) => {
  const answer = await get(host, path, method);
  expect(answer.status).toBe(status);
  expect(answer.headers.location).toBeUndefined();
});

function post(path: string, contentType: string, body: string) {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
  });
}

test('a question is answered with the headers of its answer', async () => {
  const answer = await post('/ask', 'Application/Question; charset=utf-8', 'why?');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-type')).toBe('application/answer');
  expect(await answer.text()).toBe('heard 4');
});

test.each([
  ['of another type', '/ask', 'text/plain', 'why?', 415],
  ['of 101 octets', '/ask', 'application/question', 'x'.repeat(101), 413],
  ['at another place', '/asks', 'application/question', 'why?', 405],
])('a question %s is refused', async (_, path, contentType, body, status) => {
  expect((await post(path, contentType, body)).status).toBe(status);
});
