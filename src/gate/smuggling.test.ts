import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CRM, type GateLab, headOf, openGateLab, until, wait } from './testing/gate-lab.ts';
import { encodeFields, FLAG, FRAME, frame, openRawHttp2, uint32 } from './testing/raw-http2.ts';

/**
 * Every attack tries to make the application execute a request that the gate did not decide about: here always
 * `GET /smuggled` with a forged login. The application's own log and the octets on its wire are looked at.
 */
let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());
afterEach(() => lab.upstream.clear());

const SMUGGLED = `GET /smuggled HTTP/1.1\r\nHost: ${CRM}:8443\r\nPropusk-Login: admin\r\n\r\n`;
const METHODS = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'PROPFIND', 'SEARCH'];

/** Requests that the application saw, by its own parser; none may be the smuggled one. */
function seen(): string[] {
  return lab.upstream.requests.map(({ method, url }) => `${method} ${url}`);
}

function expectNothingSmuggled(): void {
  expect(seen().filter((request) => request.includes('smuggled'))).toEqual([]);
  for (const { headers } of lab.upstream.requests) expect(headers['propusk-login']).toBe('ivanov');
}

/** The number of request lines that would be read out of the wire by somebody who lost the framing. */
function requestsOnTheWire(): number {
  return lab.upstream.wire().split(/^[A-Z]+ \/outer HTTP\/1\.1\r\n/m).length - 1;
}

describe('a request in the body of another, over HTTP/1.1', () => {
  test.each(METHODS)('%s with chunked framing arrives as a body', async (method) => {
    const chunk = `${SMUGGLED.length.toString(16)}\r\n${SMUGGLED}\r\n0\r\n\r\n`;
    const head = headOf(
      lab.cast.ivanov,
      `${method} /outer HTTP/1.1`,
      'Transfer-Encoding: chunked',
      'Connection: close',
    );
    const answer = await lab.raw(`${head}\r\n${chunk}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(seen()).toEqual([`${method} /outer`]);
    expect(lab.upstream.requests[0]?.body).toBe(SMUGGLED);
    expect(lab.upstream.wire()).toMatch(/transfer-encoding: chunked\r\n/);
    expect(lab.upstream.wire()).not.toMatch(/content-length/i);
    expectNothingSmuggled();
  });

  test.each(METHODS)('%s with an exact length arrives as a body', async (method) => {
    const head = headOf(
      lab.cast.ivanov,
      `${method} /outer HTTP/1.1`,
      `Content-Length: ${SMUGGLED.length}`,
      'Connection: close',
    );
    const answer = await lab.raw(`${head}\r\n${SMUGGLED}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(seen()).toEqual([`${method} /outer`]);
    expect(lab.upstream.requests[0]?.body).toBe(SMUGGLED);
    expect(lab.upstream.wire()).toContain(`content-length: ${SMUGGLED.length}\r\n`);
    expectNothingSmuggled();
  });

  test('behind a request without a body it is a request of its own, and decided as one', async () => {
    const head = headOf(lab.cast.ivanov, 'GET /outer HTTP/1.1');
    const answer = await lab.raw(`${head}\r\n${SMUGGLED}`, lab.cast.ivanov, 1_000);
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*HTTP\/1\.1 401 /s);
    expectNothingSmuggled();
  });
});

describe('a request in the body of another, over HTTP/2', () => {
  test.each(METHODS)('%s without a length arrives as a body', async (method) => {
    const session = await lab.http2(lab.cast.ivanov);
    const answer = await lab.http2Request(
      session,
      { ':method': method, ':path': '/outer', cookie: `__Host-propusk-session=${lab.cast.ivanov.token}` },
      SMUGGLED,
    );
    session.close();
    expect(answer.status).toBe(200);
    expect(seen()).toEqual([`${method} /outer`]);
    expect(lab.upstream.requests[0]?.body).toBe(SMUGGLED);
    expect(requestsOnTheWire()).toBe(1);
    expectNothingSmuggled();
  });

  test.each(METHODS)('%s with an exact length arrives as a body', async (method) => {
    const session = await lab.http2(lab.cast.ivanov);
    await lab.http2Request(
      session,
      {
        ':method': method,
        ':path': '/outer',
        'content-length': SMUGGLED.length,
        cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
      },
      SMUGGLED,
    );
    session.close();
    expect(seen()).toEqual([`${method} /outer`]);
    expect(lab.upstream.requests[0]?.body).toBe(SMUGGLED);
    expectNothingSmuggled();
  });

  test.each([
    ['shorter than the body', '5'],
    ['longer than the body', String(SMUGGLED.length + 10)],
    ['zero', '0'],
  ])('a length that is %s never becomes two requests', async (_, length) => {
    const session = await lab.http2(lab.cast.ivanov);
    await lab
      .http2Request(
        session,
        {
          ':method': 'POST',
          ':path': '/outer',
          'content-length': length,
          cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
        },
        SMUGGLED,
      )
      .catch(() => {});
    session.destroy();
    await wait(100);
    expectNothingSmuggled();
    expect(seen()).toEqual([]);
  });

  test.each([
    ['NO_ERROR', 0],
    ['CANCEL', 8],
  ])('a body that is reset with %s is never completed', async (_, code) => {
    const watched = watchUpload();
    const client = await openRawHttp2(lab.connectOptions(lab.cast.ivanov));
    client.send(
      frame(
        FRAME.headers,
        FLAG.endHeaders,
        1,
        encodeFields([
          [':method', 'POST'],
          [':scheme', 'https'],
          [':authority', `${CRM}:8443`],
          [':path', '/outer'],
          ['cookie', `__Host-propusk-session=${lab.cast.ivanov.token}`],
        ]),
      ),
      frame(FRAME.data, 0, 1, Buffer.from('half of a transfer order')),
    );
    await until(() => watched.received.includes('half of'));
    client.send(frame(FRAME.rstStream, 0, 1, uint32(code)));
    await until(() => watched.cut || watched.ended);
    client.destroy();
    expect(watched).toMatchObject({ cut: true, ended: false });
  });
});

/** What becomes of a body at the application. */
function watchUpload(): { received: string; ended: boolean; cut: boolean } {
  const watched = { received: '', ended: false, cut: false };
  lab.upstream.onStream = (request) => {
    request.on('data', (chunk) => {
      watched.received += chunk;
    });
    request.on('end', () => {
      watched.ended = true;
    });
    request.on('aborted', () => {
      watched.cut = true;
    });
    request.on('error', () => {});
  };
  return watched;
}

describe('a body of HTTP/1.1 that is cut', () => {
  test.each([
    ['chunked', 'Transfer-Encoding: chunked', '5\r\nhello\r\n'],
    ['with a length', 'Content-Length: 100', 'hello'],
  ])('%s is never completed towards the application', async (_, framing, sent) => {
    const watched = watchUpload();
    const head = headOf(lab.cast.ivanov, 'POST /outer HTTP/1.1', framing);
    await lab.raw(`${head}\r\n${sent}`, lab.cast.ivanov, 300);
    await until(() => watched.cut || watched.ended);
    expect(watched).toMatchObject({ received: 'hello', cut: true, ended: false });
  });
});

describe('ambiguous framing is refused before anything is sent', () => {
  const body = `0\r\n\r\n${SMUGGLED}`;
  test.each<[string, string[], string]>([
    ['both a length and chunked', ['Content-Length: 6', 'Transfer-Encoding: chunked'], body],
    ['chunked and a length, the other way round', ['Transfer-Encoding: chunked', 'Content-Length: 6'], body],
    ['two lengths', ['Content-Length: 5', 'Content-Length: 100'], body],
    ['two equal lengths', ['Content-Length: 5', 'Content-Length: 5'], body],
    ['a list of lengths', ['Content-Length: 5, 5'], body],
    ['a signed length', ['Content-Length: +5'], body],
    ['a hexadecimal length', ['Content-Length: 0x5'], body],
    ['a length with a blank inside', ['Content-Length: 1 0'], body],
    ['another transfer coding', ['Transfer-Encoding: gzip, chunked'], body],
    ['chunked twice', ['Transfer-Encoding: chunked, chunked'], body],
    ['chunked not last', ['Transfer-Encoding: chunked, identity'], body],
    ['identity', ['Transfer-Encoding: identity'], body],
    ['an unknown coding that contains chunked', ['Transfer-Encoding: xchunked'], body],
    ['a quoted coding', ['Transfer-Encoding: "chunked"'], body],
    ['a vertical tab before the coding', ['Transfer-Encoding: \x0bchunked'], body],
    ['a blank before the colon', ['Transfer-Encoding : chunked'], body],
    ['a folded line', ['X-A: b', ' Transfer-Encoding: chunked'], body],
    ['a bare line feed in the fields', ['X-A: b\nTransfer-Encoding: chunked'], body],
    ['a bare carriage return in a value', ['X-A: b\rTransfer-Encoding: chunked'], body],
    ['a NUL in a value', ['X-A: b\0c'], ''],
    ['a chunk size with a sign', ['Transfer-Encoding: chunked'], '+5\r\nhello\r\n0\r\n\r\n'],
    ['a chunk that is longer than it says', ['Transfer-Encoding: chunked'], '5\r\nhello!!\r\n0\r\n\r\n'],
    ['a chunk that ends with a bare line feed', ['Transfer-Encoding: chunked'], '5\r\nhello\n0\r\n\r\n'],
    [
      'a chunk size that overflows',
      ['Transfer-Encoding: chunked'],
      '10000000000000005\r\nhello\r\n0\r\n\r\n',
    ],
  ])('%s', async (_, fields, octets) => {
    const head = headOf(lab.cast.ivanov, 'POST /outer HTTP/1.1', ...fields);
    const answer = await lab.raw(`${head}\r\n${octets}`, lab.cast.ivanov, 1_500);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    await wait(30);
    expect(seen()).toEqual([]);
  });

  test('chunked in a request of HTTP/1.0', async () => {
    const head = headOf(lab.cast.ivanov, 'POST /outer HTTP/1.0', 'Transfer-Encoding: chunked');
    const answer = await lab.raw(`${head}\r\n5\r\nhello\r\n0\r\n\r\n`, lab.cast.ivanov, 1_000);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen()).toEqual([]);
  });
});

test('trailers and chunk extensions stay behind', async () => {
  const head = headOf(
    lab.cast.ivanov,
    'POST /outer HTTP/1.1',
    'Transfer-Encoding: chunked',
    'Trailer: Propusk-Login',
    'Connection: close',
  );
  const answer = await lab.raw(`${head}\r\n5;a=b\r\nhello\r\n0\r\nPropusk-Login: admin\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  const [request] = lab.upstream.requests;
  expect(request?.body).toBe('hello');
  expect(lab.upstream.wire()).not.toContain('admin');
  expect(lab.upstream.wire()).not.toContain('a=b');
  expect(request?.headers.trailer).toBeUndefined();
});

describe('targets', () => {
  test.each([
    ['two Host fields', 'GET / HTTP/1.1', ['Host: evil.example']],
    ['an absolute form of another host', 'GET https://evil.example/ HTTP/1.1', []],
    ['an absolute form over http', `GET http://${CRM}:8443/ HTTP/1.1`, []],
    ['two slashes', 'GET //evil.example/x HTTP/1.1', []],
    ['a backslash', 'GET /\\evil.example HTTP/1.1', []],
    ['our paths in disguise', 'GET /%2epropusk/callback HTTP/1.1', []],
    ['our paths behind dots', 'GET /x/../.propusk/callback HTTP/1.1', []],
    ['our paths behind one dot', 'GET /./.propusk HTTP/1.1', []],
    ['our paths with an encoded slash', 'GET /.propusk%2fcallback HTTP/1.1', []],
    ['the asterisk', 'OPTIONS * HTTP/1.1', []],
  ])('%s are refused with 400, and the connection ends', async (_, line, fields) => {
    const head = headOf(lab.cast.ivanov, line, ...fields);
    const answer = await lab.raw(`${head}\r\n`, lab.cast.ivanov, 1_500);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(seen()).toEqual([]);
  });

  test('no Host is refused with 400', async () => {
    expect(await lab.raw('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('an absolute form of this host becomes a path', async () => {
    const head = headOf(lab.cast.ivanov, `GET https://${CRM}:8443/a?b HTTP/1.1`, 'Connection: close');
    expect(await lab.raw(`${head}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
    expect(lab.upstream.wire()).toMatch(/^GET \/a\?b HTTP\/1\.1\r\n/);
  });

  test('a path goes on octet for octet', async () => {
    const path = '/a/../b//c/%2e%2E/%ff;x=1/%7Euser?q=%20+&d=/../x\\y|{}';
    const head = headOf(lab.cast.ivanov, `GET ${path} HTTP/1.1`, 'Connection: close');
    expect(await lab.raw(`${head}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
    expect(lab.upstream.requests[0]?.url).toBe(path);
  });

  test.each([
    [{ ':path': '//evil.example/' }, 400],
    [{ ':path': '/%2epropusk/x' }, 400],
    [{ ':path': '/a b' }, 400],
    [{ ':path': '/', ':scheme': 'http' }, 400],
    [{ ':path': '/', ':authority': 'evil.example' }, 421],
    [{ ':path': '/', ':authority': `${CRM}:8443`, host: 'evil.example' }, 400],
    [{ ':path': '/', host: 'evil.example' }, 421],
  ])('over HTTP/2 %j is answered %i', async (headers, status) => {
    const session = await lab.http2(lab.cast.ivanov);
    const answer = await lab
      .http2Request(session, {
        ...headers,
        cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
      })
      // nghttp2 itself resets what the protocol forbids.
      .catch(() => ({ status }));
    session.destroy();
    expect(answer.status).toBe(status);
    expect(seen()).toEqual([]);
  });
});

test.each(['CONNECT', 'TRACE'])('%s is refused with 405', async (method) => {
  const target = method === 'CONNECT' ? `${CRM}:8443` : '/';
  const head = headOf(lab.cast.ivanov, `${method} ${target} HTTP/1.1`);
  const answer = await lab.raw(`${head}\r\n`, lab.cast.ivanov, 1_500);
  expect(answer).toMatch(/^HTTP\/1\.1 (405|400) /);
  expect(seen()).toEqual([]);
});
