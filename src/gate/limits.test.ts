import https from 'node:https';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CRM, type GateLab, headOf, openGateLab, until, wait } from './testing/gate-lab.ts';
import { encodeFields, FLAG, FRAME, frame, openRawHttp2, uint32 } from './testing/raw-http2.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab({
    limits: {
      headersTimeoutMs: 500,
      connectionIdleMs: 800,
      streamResetBurst: 50,
      streamResetPerSecond: 5,
    },
  });
});
afterAll(() => lab.close());

function requestFields(path: string, ...more: [string, string][]): Buffer {
  return encodeFields([
    [':method', 'GET'],
    [':scheme', 'https'],
    [':authority', `${CRM}:8443`],
    [':path', path],
    ['cookie', `__Host-propusk-session=${lab.cast.ivanov.token}`],
    ...more,
  ]);
}

describe('HTTP/2', () => {
  test('a flood of opened and reset streams ends the connection, and the gate works on', async () => {
    lab.upstream.onStream = () => {};
    const client = await openRawHttp2(lab.connectOptions(lab.cast.ivanov));
    let sent = 0;
    while (!client.closed() && sent < 2_000) {
      const stream = 2 * sent + 1;
      client.send(
        frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, stream, requestFields('/')),
        frame(FRAME.rstStream, 0, stream, uint32(8)),
      );
      sent += 1;
      if (sent % 20 === 0) await wait(1);
    }
    await until(() => client.closed());
    expect(sent).toBeLessThan(1_500);
    await until(() => lab.upstream.openSockets() === 0, 5_000).catch(() => {});
    lab.upstream.clear();
    expect((await lab.request({ session: lab.cast.ivanov })).status).toBe(200);
  });

  test('streams that make the gate reset them count too', async () => {
    lab.upstream.onStream = () => {};
    const client = await openRawHttp2(lab.connectOptions(lab.cast.ivanov));
    let sent = 0;
    while (!client.closed() && sent < 2_000) {
      const stream = 2 * sent + 1;
      // A window update of zero is a stream error (RFC 9113, section 6.9): the server answers with a reset.
      client.send(
        frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, stream, requestFields('/')),
        frame(FRAME.windowUpdate, 0, stream, uint32(0)),
      );
      sent += 1;
      if (sent % 20 === 0) await wait(1);
    }
    await until(() => client.closed());
    expect(sent).toBeLessThan(1_500);
    lab.upstream.clear();
  });

  test('more streams at once than allowed are refused, not queued', async () => {
    let running = 0;
    lab.upstream.onStream = () => {
      running += 1;
    };
    const client = await openRawHttp2(lab.connectOptions(lab.cast.ivanov));
    await until(() => client.received.some(({ type }) => type === FRAME.settings));
    for (let count = 0; count < 160; count += 1) {
      client.send(frame(FRAME.headers, FLAG.endHeaders | FLAG.endStream, 2 * count + 1, requestFields('/')));
    }
    await until(
      () => client.received.filter(({ type }) => type === FRAME.rstStream).length >= 30 || client.closed(),
    );
    await wait(100);
    expect(running).toBeLessThanOrEqual(128);
    client.destroy();
    lab.upstream.clear();
  });

  test('large and many fields are refused', async () => {
    lab.upstream.clear();
    const session = await lab.http2(lab.cast.ivanov);
    const cookie = `__Host-propusk-session=${lab.cast.ivanov.token}`;
    const large = await lab
      .http2Request(session, { ':path': '/', cookie, 'x-large': 'x'.repeat(60_000) })
      .then(
        ({ status }) => status,
        () => 'reset',
      );
    expect([413, 'reset']).toContain(large);
    session.destroy();
    const second = await lab.http2(lab.cast.ivanov);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`x-${index}`, '1']));
    const answer = await lab.http2Request(second, { ':path': '/', cookie, ...many }).then(
      ({ status }) => status,
      () => 'reset',
    );
    expect([413, 'reset']).toContain(answer);
    second.destroy();
    expect(lab.upstream.wire()).not.toMatch(/x-large|x-299/);
  });

  test('a connection without streams is closed after its time', async () => {
    const session = await lab.http2(lab.cast.ivanov);
    await until(() => session.destroyed, 3_000);
  });
});

describe('HTTP/1.1', () => {
  test('a head that comes too slowly is given up', async () => {
    const socket = tls.connect(lab.connectOptions(lab.cast.ivanov));
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    const begun = Date.now();
    socket.write(`GET / HTTP/1.1\r\nHost: ${CRM}:8443\r\n`);
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 100);
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(Date.now() - begun).toBeLessThan(3_000);
  });

  test('large and many fields are refused', async () => {
    lab.upstream.clear();
    const large = headOf(lab.cast.ivanov, 'GET / HTTP/1.1', `X-Large: ${'x'.repeat(40_000)}`);
    // Node resets the connection at once, which can overtake its own answer.
    expect(await lab.raw(`${large}\r\n`)).toMatch(/^(HTTP\/1\.1 431 |$)/);
    const many = headOf(
      lab.cast.ivanov,
      'GET / HTTP/1.1',
      ...Array.from({ length: 300 }, (_, index) => `X-${index}: 1`),
    );
    expect(await lab.raw(`${many}\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(lab.upstream.requests).toEqual([]);
  });

  test('a flood of pipelined requests ends the connection', async () => {
    lab.upstream.onStream = () => {};
    const flood = `${headOf(lab.cast.ivanov, 'GET / HTTP/1.1')}\r\n`.repeat(100);
    const begun = Date.now();
    expect(await lab.raw(flood, lab.cast.ivanov, 5_000)).toBe('');
    expect(Date.now() - begun).toBeLessThan(2_000);
    lab.upstream.clear();
  });

  test('a few pipelined requests are answered in their order', async () => {
    lab.upstream.answer = (request, response) => {
      setTimeout(() => response.end(`<${request.url}>`), request.url === '/1' ? 100 : 1);
    };
    const requests = [1, 2, 3].map((number) => `${headOf(lab.cast.ivanov, `GET /${number} HTTP/1.1`)}\r\n`);
    const answer = await lab.raw(requests.join(''), lab.cast.ivanov, 600);
    expect(answer.match(/<\/\d>/g)).toEqual(['</1>', '</2>', '</3>']);
    lab.upstream.clear();
  });
});

test('connections that were refused and left do not stay open', async () => {
  const own = await openGateLab();
  const upgrade = headOf(own.cast.ivanov, 'GET / HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket');
  const connect = headOf(own.cast.ivanov, `CONNECT ${CRM}:8443 HTTP/1.1`);
  const target = headOf(own.cast.ivanov, 'POST //x HTTP/1.1', 'Content-Length: 100000');
  for (const head of [upgrade, connect, target]) {
    await own.raw(`${head}\r\n${'x'.repeat(50_000)}`, own.cast.petrov, 200);
  }
  await until(() => own.gate.openConnections() === 0, 3_000);
  await own.close();
});

test('a target that is refused on one stream leaves the others alone', async () => {
  const session = await lab.http2(lab.cast.ivanov);
  const cookie = `__Host-propusk-session=${lab.cast.ivanov.token}`;
  lab.upstream.clear();
  lab.upstream.onStream = (_, response) => {
    setTimeout(() => response.end('slow but whole'), 200);
  };
  const slow = lab.http2Request(session, { ':path': '/slow', cookie });
  expect((await lab.http2Request(session, { ':path': '//x', cookie })).status).toBe(400);
  expect((await slow).body).toBe('slow but whole');
  expect(session.closed).toBe(false);
  session.close();
  lab.upstream.clear();
});

test('sign-ins begun by strangers leave nothing in the database, however many', async () => {
  const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const agent = new https.Agent({ keepAlive: true, maxSockets: 4 });
  lab.database.reads = 0;
  // Everything that would ask or write.
  lab.database.failure = new Error('the database is not asked');
  lab.database.recordFailure = lab.database.failure;
  const answers = await Promise.all(
    Array.from({ length: 300 }, () => lab.request({ certificate: null, headers, agent })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(new Set(answers.map(({ headers: { location } }) => location)).size).toBe(300);
  expect(lab.database.reads).toBe(0);
  lab.database.failure = undefined;
  lab.database.recordFailure = undefined;
  agent.destroy();
});

test('the longest path is led to the portal and back; a longer one comes back to the home page', async () => {
  const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  for (const [length, returnPath] of [
    [2_048, `/${'x'.repeat(2_047)}`],
    [2_049, '/tickets'],
  ] as const) {
    const path = `/${'x'.repeat(length - 1)}`;
    const answer = await lab.request({ path, certificate: null, headers });
    expect(answer.status).toBe(303);
    expect(String(answer.headers.location).length).toBeLessThan(3_100);
    expect(lab.database.entryRequests.at(-1)?.returnPath).toBe(returnPath);
  }
});
