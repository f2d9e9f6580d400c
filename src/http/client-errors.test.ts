import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClientErrorHandler } from './client-errors.ts';
import { makeServerCertificate } from './testing/server-certificate.ts';

const certificate = makeServerCertificate('x.example');
const options = { maxHeaderSize: 8_192, headersTimeout: 300, connectionsCheckingInterval: 100 };
const answer = (_: http.IncomingMessage, response: http.ServerResponse): void =>
  void response.end('answered');
const plain = http.createServer(options, answer);
const secure = https.createServer({ ...options, ...certificate }, answer);
for (const server of [plain, secure]) {
  server.on('clientError', createClientErrorHandler(server));
}
const portOf = (server: net.Server) => (server.address() as net.AddressInfo).port;

beforeAll(async () => {
  for (const server of [plain, secure]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
});
afterAll(() => {
  plain.close();
  secure.close();
});

const CONNECT = {
  'over TCP': () => net.connect(portOf(plain), '127.0.0.1'),
  'over TLS': () => tls.connect({ port: portOf(secure), host: '127.0.0.1', rejectUnauthorized: false }),
} as const;

/** Everything that came back, and how the connection ended. */
function send(connect: () => net.Socket, pieces: Iterable<string | Buffer>) {
  return new Promise<{ text: string; end: string; afterMs: number }>((resolve) => {
    const begun = Date.now();
    const socket = connect();
    let text = '';
    let end = 'closed';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end = error.code ?? error.message;
    });
    socket.on('close', () => resolve({ text, end, afterMs: Date.now() - begun }));
    for (const piece of pieces) socket.write(piece);
  });
}

describe.each(Object.entries(CONNECT))('what is no request %s', (_, connect) => {
  test.each([
    ['a broken head', 'GET / HTTP/1.1\r\nHost x\r\n\r\n', '400 Bad Request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      '400 Bad Request',
    ],
    ['no method', '\u0001\u0002<script>\r\n\r\n', '400 Bad Request'],
    [
      'a head that is too large',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(9_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
    ],
    ['a head that does not end', 'GET / HTTP/1.1\r\nHost: x\r\n', '408 Request Timeout'],
  ])('gets a whole answer: %s', async (_, octets, status) => {
    const { text, end } = await send(connect, [octets]);
    expect(text).toBe(
      `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${status.length + 1}\r\nConnection: close\r\n\r\n${status}\n`,
    );
    expect(end).toBe('closed');
  });

  test('gets its answer although megabytes follow that nobody reads', async () => {
    const pieces = [
      'POST / HTTP/1.1\r\nHost x\r\n\r\n',
      ...Array.from({ length: 64 }, () => Buffer.alloc(65_536, 'x')),
    ];
    const { text, end } = await send(connect, pieces);
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*\r\n\r\n400 Bad Request\n$/s);
    expect(end).toBe('closed');
  });

  test('comes to an end even if the client goes on sending', async () => {
    const socket = connect();
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost x\r\n\r\n');
    const begun = Date.now();
    const sending = setInterval(() => socket.write('x'.repeat(1_000)), 20);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(sending);
    expect(Date.now() - begun).toBeLessThan(8_000);
  });
});

test('an answer that has begun is cut, not mixed with another', async () => {
  const server = http.createServer((request, response) => {
    response.write('begun');
    request.resume();
  });
  server.on('clientError', createClientErrorHandler(server));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { text } = await send(
    () => net.connect(portOf(server), '127.0.0.1'),
    ['POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcXX\r\n'],
  );
  expect(text).not.toContain('400');
  server.close();
});
