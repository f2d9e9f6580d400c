import type net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { ApplicationId } from '../kernel/brand.ts';
import type { UpstreamTimeouts } from './options.ts';
import { CRM, type GateLab, openGateLab, until, wait } from './testing/gate-lab.ts';
import { openRawUpstream } from './testing/upstream.ts';

let lab: GateLab | undefined;
let closeUpstream: (() => void) | undefined;
afterEach(async () => {
  await lab?.close();
  closeUpstream?.();
  lab = undefined;
});

const page = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' };

async function openBehind(
  onData: (socket: net.Socket, received: string) => void,
  timeouts: Partial<UpstreamTimeouts> = {},
): Promise<GateLab> {
  const upstream = await openRawUpstream(onData);
  closeUpstream = upstream.close;
  lab = await openGateLab({
    application: { upstream: { kind: 'server', url: upstream.url }, timeouts },
  });
  return lab;
}

/** Answers each complete head with these octets. */
function answering(octets: string, then: 'keep' | 'end' = 'end') {
  return (socket: net.Socket, received: string): void => {
    if (!received.endsWith('\r\n\r\n')) return;
    socket.write(octets, 'latin1');
    if (then === 'end') socket.end();
  };
}

test.each([
  ['chunked', 'Transfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n'],
  ['of a known length', 'Content-Length: 11\r\n\r\nfirstsecond'],
  ['until the connection ends', 'Connection: close\r\n\r\nfirstsecond'],
])('an answer %s is whole wherever the network cuts it', async (_, rest) => {
  const octets = `HTTP/1.1 200 OK\r\n${rest}`;
  let cut = 0;
  const { request, cast } = await openBehind((socket, received) => {
    if (!received.endsWith('\r\n\r\n')) return;
    socket.setNoDelay();
    socket.write(octets.slice(0, cut));
    setTimeout(() => {
      socket.write(octets.slice(cut));
      if (rest.includes('close')) socket.end();
    }, 3);
  });
  for (cut = 1; cut < octets.length; cut += 1) {
    expect((await request({ session: cast.ivanov })).body, `cut after ${cut} octets`).toBe('firstsecond');
  }
});

test('an answer that fills the buffers and then comes slowly is whole', async () => {
  // One read of 64 KiB is more than the client's side takes at once, and nothing follows it yet. Undici then goes on
  // with a piece of no octets.
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n80000\r\n';
  const first = 'a'.repeat(65_536 - head.length);
  const second = 'b'.repeat(0x80000 - first.length);
  const { request, cast } = await openBehind((socket, received) => {
    if (!received.endsWith('\r\n\r\n')) return;
    socket.write(head + first);
    setTimeout(() => socket.write(`${second}\r\n0\r\n\r\n`), 200);
  });
  const { body } = await request({ session: cast.ivanov });
  expect(body === first + second).toBe(true);
});

describe('an application that does not answer', () => {
  test('because nothing listens gets a page in the reader’s language, a script gets a problem', async () => {
    lab = await openGateLab({
      application: { upstream: { kind: 'server', url: new URL('http://127.0.0.1:1') } },
    });
    const { ivanov } = lab.cast;
    const russian = await lab.request({
      session: ivanov,
      headers: { ...page, 'accept-language': 'ru,en;q=0.5' },
    });
    expect(russian.status).toBe(502);
    expect(russian.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(russian.headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(russian.body).toContain('<h1>«CRM „Обращения“» сейчас не отвечает</h1>');
    expect(russian.body).toContain('Код для администратора: upstream-unreachable');
    const english = await lab.request({ session: ivanov, headers: { ...page, 'accept-language': 'en-GB' } });
    expect(english.body).toContain('does not answer now</h1>');
    const script = await lab.request({ session: ivanov });
    expect(script.status).toBe(502);
    expect(JSON.parse(script.body)).toEqual({
      type: 'urn:propusk:problem:upstream-unreachable',
      title: 'The application does not answer',
      status: 502,
      code: 'upstream-unreachable',
    });
  });

  test('in time is given up with 504', async () => {
    const { request, cast } = await openBehind(() => {}, { headersMs: 300 });
    const answer = await request({ session: cast.ivanov, headers: page });
    expect(answer.status).toBe(504);
    expect(answer.body).toContain('отвечает слишком долго');
  });

  test('after the first octets of the body is given up by cutting, never by ending', async () => {
    const { raw, cast, request } = await openBehind(
      answering('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', 'keep'),
      { bodyIdleMs: 300 },
    );
    const answer = await raw(
      `GET / HTTP/1.1\r\nHost: ${CRM}:8443\r\nCookie: __Host-propusk-session=${cast.ivanov.token}\r\n\r\n`,
    );
    expect(answer).toContain('hello');
    expect(answer).not.toContain('\r\n0\r\n');
    await expect(request({ session: cast.ivanov })).rejects.toThrow(/aborted|reset|hang up/);
  });
});

describe('an application that answers wrongly', () => {
  test.each<[string, string]>([
    ['rubbish', 'rubbish\r\n\r\n'],
    ['nothing at all', ''],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['a head with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a head with a broken length', 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab'],
    [
      'a 101 that nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n'],
    ['a status beyond 599', 'HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n'],
    [
      'a line break inside a field',
      'HTTP/1.1 200 OK\r\nX-A: b\rSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n',
    ],
    ['a NUL in a field', 'HTTP/1.1 200 OK\r\nX-A: b\0set-cookie\0evil=1\r\nContent-Length: 0\r\n\r\n'],
    ['a head that does not end', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(70_000)}`],
  ])('%s is a 502, over both versions', async (_, octets) => {
    const { request, cast, http2, http2Request } = await openBehind(answering(octets));
    const answer = await request({ session: cast.ivanov });
    expect(answer.status).toBe(502);
    expect(answer.headers['set-cookie']).toBeUndefined();
    const session = await http2(cast.ivanov);
    const overHttp2 = await http2Request(session, {
      ':path': '/',
      cookie: `__Host-propusk-session=${cast.ivanov.token}`,
    });
    session.close();
    expect(overHttp2.status).toBe(502);
    expect(overHttp2.headers['set-cookie']).toBeUndefined();
  });

  test.each<[string, string]>([
    ['a body shorter than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'],
    ['a chunked body without its end', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n'],
  ])('%s is cut towards the client, over both versions', async (_, octets) => {
    const { request, cast, http2, http2Request } = await openBehind(answering(octets));
    await expect(request({ session: cast.ivanov })).rejects.toThrow(/aborted|reset|hang up/);
    const session = await http2(cast.ivanov);
    await expect(
      http2Request(session, { ':path': '/', cookie: `__Host-propusk-session=${cast.ivanov.token}` }),
    ).rejects.toThrow(/INTERNAL_ERROR/);
    session.close();
  });

  test('a length and chunked together are framed anew', async () => {
    const { request, cast } = await openBehind(
      answering(
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: b\r\n\r\n5\r\nhello\r\n0\r\nX-T: t\r\n\r\n',
      ),
    );
    const answer = await request({ session: cast.ivanov });
    expect(answer.body).toBe('hello');
    expect(answer.headers['x-t']).toBeUndefined();
  });

  test('what it sends after its answer is no answer to the next request', async () => {
    const evil = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil';
    const { request, cast } = await openBehind(
      answering(`HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood${evil}`, 'keep'),
    );
    for (let round = 0; round < 4; round += 1) {
      expect((await request({ session: cast.ivanov })).body).toBe('good');
    }
  });

  test('octets of any kind in a field survive, so that names of files do', async () => {
    const name = Buffer.from('attachment; filename="отчёт.pdf"').toString('latin1');
    const { request, cast } = await openBehind(
      answering(`HTTP/1.1 200 OK\r\nContent-Disposition: ${name}\r\nContent-Length: 0\r\n\r\n`),
    );
    const answer = await request({ session: cast.ivanov });
    expect(answer.headers['content-disposition']).toBe(name);
  });
});

describe('answers without content', () => {
  test.each([
    ['GET', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 5\r\n\r\n', 304],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 200],
    [
      'GET',
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      200,
    ],
  ])('%s %j', async (method, octets, status) => {
    const { request, cast, http2, http2Request } = await openBehind(answering(octets, 'keep'));
    const answer = await request({ session: cast.ivanov, method });
    expect(answer).toMatchObject({ status, body: '' });
    const session = await http2(cast.ivanov);
    const overHttp2 = await http2Request(session, {
      ':path': '/',
      ':method': method,
      cookie: `__Host-propusk-session=${cast.ivanov.token}`,
    });
    session.close();
    expect(overHttp2).toMatchObject({ status, body: '' });
    if (method === 'HEAD') {
      expect(answer.headers['content-length']).toBe('5');
      expect(overHttp2.headers['content-length']).toBe('5');
    }
  });
});

describe('an idle connection that the application has closed', () => {
  test('costs a GET nothing, and a POST is not repeated', async () => {
    let posts = 0;
    const opened = await openGateLab();
    lab = opened;
    const { ivanov } = opened.cast;
    expect((await opened.request({ session: ivanov })).status).toBe(200);
    opened.upstream.destroySockets();
    const answers = await Promise.all(Array.from({ length: 5 }, () => opened.request({ session: ivanov })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    // Closed just when the request arrives: nobody knows whether it was executed.
    opened.upstream.onStream = (request) => {
      posts += 1;
      request.socket.destroy();
    };
    expect((await opened.request({ session: ivanov, method: 'POST', body: 'x' })).status).toBe(502);
    expect(posts).toBe(1);
  });

  test('a GET whose connection breaks is tried once more, not for ever', async () => {
    const opened = await openGateLab();
    lab = opened;
    let gets = 0;
    opened.upstream.onStream = (request, response) => {
      gets += 1;
      if (gets === 1) request.socket.destroy();
      else response.end('second');
    };
    expect((await opened.request({ session: opened.cast.ivanov })).body).toBe('second');
    gets = -10;
    opened.upstream.onStream = (request) => {
      gets += 1;
      request.socket.destroy();
    };
    expect((await opened.request({ session: opened.cast.ivanov })).status).toBe(502);
    expect(gets).toBe(-8);
  });
});

describe('a client that goes away', () => {
  test('takes its request at the application with it', async () => {
    const opened = await openGateLab();
    lab = opened;
    let begun = false;
    let closed = false;
    opened.upstream.onStream = (request, response) => {
      begun = true;
      response.on('close', () => {
        closed = true;
      });
      request.resume();
    };
    const session = await opened.http2(opened.cast.ivanov);
    const stream = session.request({
      ':path': '/',
      cookie: `__Host-propusk-session=${opened.cast.ivanov.token}`,
    });
    stream.on('error', () => {});
    await until(() => begun);
    stream.close(8);
    await until(() => closed);
    begun = false;
    closed = false;
    void opened.raw(
      `GET / HTTP/1.1\r\nHost: ${CRM}:8443\r\nCookie: __Host-propusk-session=${opened.cast.ivanov.token}\r\n\r\n`,
      opened.cast.ivanov,
      200,
    );
    await until(() => closed);
    session.close();
  });
});

describe('an application that answers before it has read the body', () => {
  test.each(['HTTP/1.1', 'HTTP/2'])('is heard over %s', async (version) => {
    const opened = await openGateLab();
    lab = opened;
    opened.upstream.onStream = (_, response) => {
      response.writeHead(413, { 'Content-Type': 'text/plain' });
      response.end('too large');
    };
    const body = 'x'.repeat(500_000);
    if (version === 'HTTP/2') {
      const session = await opened.http2(opened.cast.ivanov);
      const answer = await opened.http2Request(
        session,
        {
          ':path': '/',
          ':method': 'POST',
          cookie: `__Host-propusk-session=${opened.cast.ivanov.token}`,
        },
        body,
      );
      expect(answer).toMatchObject({ status: 413, body: 'too large' });
      session.close();
    } else {
      const answer = await opened.request({ session: opened.cast.ivanov, method: 'POST', body });
      expect(answer).toMatchObject({ status: 413, body: 'too large' });
    }
    await wait(20);
  });
});

test('an application over https is checked against its own name', async () => {
  const { makeServerCertificate } = await import('../http/testing/server-certificate.ts');
  const https = await import('node:https');
  const certificate = makeServerCertificate('backend.internal');
  const server = https.createServer(certificate, (_, response) => response.end('secret'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const url = new URL(`https://127.0.0.1:${port}`);
  const base = { name: 'CRM', homePath: '/' };
  const good = { kind: 'server' as const, url, certificateAuthoritiesPem: certificate.cert };
  lab = await openGateLab({
    applications: () => [
      {
        ...base,
        id: 'crm' as ApplicationId,
        hosts: [CRM],
        upstream: { ...good, serverName: 'backend.internal' },
      },
      { ...base, id: 'docs' as ApplicationId, hosts: ['docs.propusk.localhost'], upstream: good },
      {
        ...base,
        id: 'crm2' as ApplicationId,
        hosts: ['crm2.propusk.localhost'],
        upstream: { kind: 'server', url, serverName: 'backend.internal' },
      },
    ],
  });
  const { ivanov } = lab.cast;
  expect((await lab.request({ session: ivanov })).body).toBe('secret');
  expect((await lab.request({ session: ivanov, host: 'docs.propusk.localhost' })).status).toBe(502);
  expect((await lab.request({ session: ivanov, host: 'crm2.propusk.localhost' })).status).toBe(502);
  server.close();
  server.closeAllConnections();
});
