import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { FetchCategory } from './fetch-error.ts';
import { FetchError } from './fetch-error.ts';
import { createFetcher, type FetcherOptions, type FetchLimits } from './fetcher.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** @returns its port */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const LOOPBACK: FetcherOptions = { allowPrivate: ['127.0.0.1'] };

async function categoryOf(
  url: string,
  options: FetcherOptions = LOOPBACK,
  limits: Partial<FetchLimits> = {},
): Promise<FetchCategory | 'fetched'> {
  try {
    await createFetcher(options).fetch({ url, limits });
    return 'fetched';
  } catch (error) {
    if (error instanceof FetchError) return error.category;
    throw error;
  }
}

describe('the fetcher', () => {
  test('gives the body, from where it came in the end', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new.crl' }).end('moved');
      else response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end('a list');
    });
    const answer = await createFetcher(LOOPBACK).fetch({ url: `http://127.0.0.1:${port}/old#fragment` });
    expect(Buffer.from(answer.body).toString()).toBe('a list');
    expect(answer).toMatchObject({
      status: 200,
      url: `http://127.0.0.1:${port}/new.crl`,
      headers: { 'content-type': 'application/pkix-crl' },
    });
  });

  test('unfolds what is compressed', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a list'));
    });
    const { body } = await createFetcher(LOOPBACK).fetch({ url: `http://127.0.0.1:${port}/` });
    expect(Buffer.from(body).toString()).toBe('a list');
  });

  test('speaks to no private address, however it is written', async () => {
    let asked = 0;
    const port = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    const hosts = ['127.0.0.1', '0x7f.1', '2130706433', '0177.0.0.1', '[::ffff:127.0.0.1]', 'localhost'];
    for (const host of hosts) {
      expect(await categoryOf(`http://${host}:${port}/`, { allowPrivate: [] }), host).toBe('address-refused');
    }
    expect(asked).toBe(0);
  });

  test('connects to the address that it has checked: a name that changes is of no use', async () => {
    let asked = 0;
    const port = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    const answers = ['127.0.0.9', '127.0.0.1'];
    let lookups = 0;
    const resolveName = async () => [{ address: answers[lookups++] ?? '127.0.0.1', family: 4 }];
    // The first answer may be asked, and nobody is there; the second is never looked for during this request.
    const options = { allowPrivate: ['127.0.0.9'], resolveName };
    expect(await categoryOf(`http://rebinding.example:${port}/`, options)).toBe('unreachable');
    expect(lookups).toBe(1);
    expect(await categoryOf(`http://rebinding.example:${port}/`, options)).toBe('address-refused');
    expect(asked).toBe(0);
  });

  test('of several addresses of a name only the allowed ones are asked', async () => {
    const port = await serve((_request, response) => response.end('here'));
    const resolveName = async () => [
      { address: '10.0.0.1', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await categoryOf(`http://ca.example:${port}/`, { ...LOOPBACK, resolveName })).toBe('fetched');
  });

  test('checks each hop anew', async () => {
    const port = await serve((request, response) => {
      const to =
        request.url === '/scheme' ? 'file:///etc/passwd' : 'http://169.254.169.254/latest/meta-data/';
      response.writeHead(302, { location: to }).end();
    });
    expect(await categoryOf(`http://127.0.0.1:${port}/metadata`)).toBe('address-refused');
    expect(await categoryOf(`http://127.0.0.1:${port}/scheme`)).toBe('address-unsupported');
  });

  test('ends loops of redirects', async () => {
    let asked = 0;
    const port = await serve((_request, response) => {
      asked += 1;
      response.writeHead(301, { location: '/again' }).end();
    });
    expect(await categoryOf(`http://127.0.0.1:${port}/`, LOOPBACK, { maxRedirects: 3 })).toBe(
      'too-many-redirects',
    );
    expect(asked).toBe(4);
  });

  test('ends a body without an end', async () => {
    const port = await serve((_request, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await categoryOf(`http://127.0.0.1:${port}/`, LOOPBACK, { maxBytes: 1_000_000 })).toBe(
      'too-large',
    );
  });

  test('ends a small body that unfolds into a huge one', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(await categoryOf(`http://127.0.0.1:${port}/`, LOOPBACK, { maxBytes: 1_000_000 })).toBe(
      'too-large',
    );
  });

  test('ends a body that comes octet by octet, at the time and not later', async () => {
    const port = await serve((_request, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const started = performance.now();
    expect(await categoryOf(`http://127.0.0.1:${port}/`, LOOPBACK, { timeoutMs: 300 })).toBe('too-slow');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('ends a server that says nothing', async () => {
    const port = await serve(() => undefined);
    expect(await categoryOf(`http://127.0.0.1:${port}/`, LOOPBACK, { idleMs: 100 })).toBe('too-slow');
  });

  test('says what kind of failure it was, and nothing that the server said', async () => {
    const port = await serve((_request, response) => response.writeHead(404).end('secret'));
    const free = await freePort();
    await expect(createFetcher(LOOPBACK).fetch({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      category: 'status',
      status: 404,
      message: 'status',
    });
    expect(await categoryOf(`http://127.0.0.1:${free}/`)).toBe('unreachable');
    expect(await categoryOf(`https://127.0.0.1:${port}/`)).toBe('tls-failed');
    expect(await categoryOf('http://nobody.invalid/')).toBe('name-unknown');
    expect(await categoryOf('ldap://ca.example/cn=ca')).toBe('address-unsupported');
    expect(await categoryOf('http://user:password@ca.example/')).toBe('address-unsupported');
  });

  test('what is no HTTP, or breaks off, is broken', async () => {
    const garbage = await serveRaw('hello\r\n\r\n');
    const short = await serveRaw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort');
    expect(await categoryOf(`http://127.0.0.1:${garbage}/`)).toBe('answer-broken');
    expect(await categoryOf(`http://127.0.0.1:${short}/`)).toBe('answer-broken');
  });

  test('what was sent, and who sent it, reaches the first server only', async () => {
    const seen: unknown[] = [];
    const other = await serve((request, response) => {
      seen.push([request.method, request.headers.authorization]);
      response.end();
    });
    const port = await serve((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end();
    });
    const fetcher = createFetcher(LOOPBACK);
    const url = `http://127.0.0.1:${port}/`;
    const headers = { authorization: 'Bearer t' };
    await fetcher.fetch({ url, headers });
    await expect(fetcher.fetch({ url, headers, method: 'POST', body: 'x' })).rejects.toMatchObject({
      category: 'address-refused',
    });
    expect(seen).toEqual([['GET', undefined]]);
  });
});

async function freePort(): Promise<number> {
  const port = await serve(() => undefined);
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  return port;
}

async function serveRaw(answer: string): Promise<number> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  server.unref();
  return port;
}
