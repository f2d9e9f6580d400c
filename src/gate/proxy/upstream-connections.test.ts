import { once } from 'node:events';
import http from 'node:http';
import type net from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { until, wait } from '../testing/gate-lab.ts';
import { openRawUpstream } from '../testing/upstream.ts';
import type { ResponseHead } from './response-head.ts';
import type { ResponseListener, UpstreamConnection } from './upstream-connection.ts';
import { createUpstreamConnections, type UpstreamConnections } from './upstream-connections.ts';

const TIMEOUTS = { connectMs: 1_000, headersMs: 2_000, bodyIdleMs: 2_000 };
const POISONING_SERVER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => {
    const answer = (content) => socket.write('HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\n' + content);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', () => {
      answer('good');
      setTimeout(() => answer('evil'), 3);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Outcome {
  readonly status: number | undefined;
  readonly content: string;
  readonly end: string;
}

function open(url: URL, timeouts = TIMEOUTS): UpstreamConnections {
  const connections = createUpstreamConnections({ kind: 'server', url }, timeouts);
  closers.push(() => connections.destroy());
  return connections;
}

async function openRaw(onData: (socket: net.Socket, received: string) => void): Promise<UpstreamConnections> {
  const upstream = await openRawUpstream(onData);
  closers.push(upstream.close);
  return open(upstream.url);
}

function ask(connections: UpstreamConnections, path = '/', method = 'GET', fresh = false): Promise<Outcome> {
  return new Promise((resolve) => {
    let head: ResponseHead | undefined;
    let content = '';
    const finish = (end: string): void => resolve({ status: head?.status, content, end });
    const listener: ResponseListener & { onConnection(connection: UpstreamConnection): boolean } = {
      onConnection: () => true,
      onHead: (received) => {
        head = received;
      },
      onData: (piece) => {
        content += piece.toString('latin1');
        return true;
      },
      onEnd: () => finish('end'),
      onError: (error) => finish((error as { code?: string }).code ?? error.message),
    };
    connections.send({
      method,
      head: `${method} ${path} HTTP/1.1\r\nHost: x\r\n\r\n`,
      listener,
      fresh,
    });
  });
}

describe('connections', () => {
  test('are used again, the last one first, and by one request at a time', async () => {
    let opened = 0;
    let running = 0;
    let most = 0;
    const server = http.createServer((request, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.end(request.url);
      }, 5);
    });
    server.on('connection', () => {
      opened += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      server.close();
      server.closeAllConnections();
    });
    const connections = open(new URL(`http://localhost:${(server.address() as net.AddressInfo).port}`));
    for (let index = 0; index < 10; index += 1) {
      expect(await ask(connections, `/${index}`)).toEqual({ status: 200, content: `/${index}`, end: 'end' });
    }
    expect(opened).toBe(1);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask(connections, `/p${index}`)),
    );
    expect(answers.map(({ content }) => content)).toEqual(
      Array.from({ length: 20 }, (_, index) => `/p${index}`),
    );
    expect(opened).toBeLessThanOrEqual(20);
    expect(most).toBeGreaterThan(1);
  });

  test('that got octets nobody asked for are never used again', async () => {
    let opened = 0;
    const seen = new Set<net.Socket>();
    const connections = await openRaw((socket, received) => {
      if (!seen.has(socket)) opened += 1;
      seen.add(socket);
      if (!received.endsWith('\r\n\r\n')) return;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood');
      // Later, when the connection waits for its next request.
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'), 10);
    });
    for (let round = 0; round < 4; round += 1) {
      expect((await ask(connections)).content).toBe('good');
      await wait(40);
    }
    expect(opened).toBe(4);
  });

  test('that got them just now are not used either', async () => {
    // Another thread, so that the poison arrives while this one is still busy with the answer.
    const worker = new Worker(POISONING_SERVER, { eval: true });
    const [port] = (await once(worker, 'message')) as [number];
    closers.push(() => void worker.terminate());
    const connections = open(new URL(`http://127.0.0.1:${port}`));
    for (let round = 0; round < 30; round += 1) {
      expect((await ask(connections)).content).toBe('good');
      const busyUntil = performance.now() + 20;
      while (performance.now() < busyUntil);
    }
  });

  test('that have waited are not taken for a second attempt', async () => {
    const seen = new Set<net.Socket>();
    const connections = await openRaw((socket, received) => {
      seen.add(socket);
      if (received.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    await ask(connections);
    await ask(connections);
    expect(seen.size).toBe(1);
    await ask(connections, '/', 'GET', true);
    expect(seen.size).toBe(2);
  });

  test('that answered HEAD with content are not used again', async () => {
    const connections = await openRaw((socket, received) => {
      if (!received.endsWith('\r\n\r\n')) return;
      const content = received.startsWith('HEAD')
        ? 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'
        : 'good';
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n${content}`);
    });
    expect(await ask(connections, '/', 'HEAD')).toMatchObject({ status: 200, content: '' });
    expect((await ask(connections)).content).toBe('good');
  });

  test('that the application closes while they wait are left out', async () => {
    const sockets: net.Socket[] = [];
    const connections = await openRaw((socket, received) => {
      sockets.push(socket);
      if (received.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    expect((await ask(connections)).content).toBe('ok');
    for (const socket of sockets) socket.end();
    await wait(30);
    expect(await ask(connections)).toEqual({ status: 200, content: 'ok', end: 'end' });
  });

  test('that wait longer than the application said are left out', async () => {
    let opened = 0;
    const seen = new Set<net.Socket>();
    const connections = await openRaw((socket, received) => {
      if (!seen.has(socket)) opened += 1;
      seen.add(socket);
      if (received.endsWith('\r\n\r\n')) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=1\r\n\r\nok');
      }
    });
    await ask(connections);
    await ask(connections);
    expect(opened).toBe(2);
  });
});

describe('answers', () => {
  test('are read alike however they are cut', async () => {
    const text =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n';
    for (const size of [1, 2, 3, 7, 50]) {
      const connections = await openRaw((socket, received) => {
        if (!received.endsWith('\r\n\r\n')) return;
        socket.setNoDelay(true);
        const writeFrom = (start: number): void => {
          if (start >= text.length) return;
          socket.write(text.slice(start, start + size));
          setImmediate(writeFrom, start + size);
        };
        writeFrom(0);
      });
      expect(await ask(connections)).toEqual({ status: 200, content: 'hello world', end: 'end' });
    }
  });

  test('may end with the connection', async () => {
    const connections = await openRaw((socket, received) => {
      if (received.endsWith('\r\n\r\n')) socket.end('HTTP/1.0 200 OK\r\n\r\nall of it');
    });
    expect(await ask(connections)).toEqual({ status: 200, content: 'all of it', end: 'end' });
  });

  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
    ['a head', 'HTTP/1.1 200 OK\r\nConte'],
  ])('that end before %s does are errors', async (_, text) => {
    const connections = await openRaw((socket, received) => {
      if (received.endsWith('\r\n\r\n')) socket.end(text);
    });
    expect((await ask(connections)).end).toBe('ECONNRESET');
  });

  test.each([
    ['a 101', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'],
    ['rubbish', 'SSH-2.0-OpenSSH_9\r\n\r\n'],
    ['an endless head', `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(10_000)}`],
  ])('that are %s are errors', async (_, text) => {
    const connections = await openRaw((socket, received) => {
      if (received.endsWith('\r\n\r\n')) socket.write(text);
    });
    expect((await ask(connections)).end).toBe('UPSTREAM_PROTOCOL');
  });

  test('that stop in the middle are given up, those that nobody reads are not', async () => {
    const { url, close } = await openRawUpstream((socket, received) => {
      if (received.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    });
    closers.push(close);
    const connections = open(url, { connectMs: 1_000, headersMs: 200, bodyIdleMs: 200 });
    expect(await ask(connections)).toEqual({ status: 200, content: 'half', end: 'ETIMEDOUT' });
  });
});

test('a request whose client has gone is not sent', async () => {
  let received = '';
  const { url, close } = await openRawUpstream((_, octets) => {
    received = octets;
  });
  closers.push(close);
  const connections = open(url);
  let declined = false;
  connections.send({
    method: 'GET',
    head: 'GET / HTTP/1.1\r\n\r\n',
    fresh: false,
    listener: {
      onConnection: () => {
        declined = true;
        return false;
      },
      onHead: () => {},
      onData: () => true,
      onEnd: () => {},
      onError: () => {},
    },
  });
  await until(() => declined);
  await wait(30);
  expect(received).toBe('');
});
