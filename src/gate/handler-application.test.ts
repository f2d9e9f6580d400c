import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ApplicationId } from '../kernel/brand.ts';
import type { UpstreamHandler } from './options.ts';
import type { Entry } from './ports.ts';
import { CRM, type GateLab, headOf, openGateLab, until } from './testing/gate-lab.ts';

let lab: GateLab;
let handle: UpstreamHandler;
const calls: { url: string | undefined; body: string; entry: Entry }[] = [];
beforeAll(async () => {
  lab = await openGateLab({
    applications: () => [
      {
        id: 'console' as ApplicationId,
        name: 'Console',
        hosts: [CRM],
        homePath: '/',
        upstream: { kind: 'handler', handle: (request, response, entry) => handle(request, response, entry) },
      },
    ],
  });
});
afterAll(() => lab.close());
afterEach(() => {
  lab.database.sign(lab.cast.ivanov.token, lab.cast.ivanov.entry);
});

const echo: UpstreamHandler = (request, response, entry) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    calls.push({ url: request.url, body, entry });
    response.setHeader('Content-Type', 'text/plain');
    response.end(`${request.method} ${body}`);
  });
};

test.each(['HTTP/1.1', 'HTTP/2'])(
  'an application inside the process gets requests and who asks over %s',
  async (version) => {
    handle = echo;
    calls.length = 0;
    const { ivanov } = lab.cast;
    for (const [method, body] of [
      ['GET', undefined],
      ['POST', 'x'.repeat(100_000)],
    ] as const) {
      if (version === 'HTTP/2') {
        const session = await lab.http2(ivanov);
        const answer = await lab.http2Request(
          session,
          { ':method': method, ':path': '/me?a=1', cookie: `__Host-propusk-session=${ivanov.token}` },
          body,
        );
        session.close();
        expect(answer).toMatchObject({ status: 200, body: `${method} ${body ?? ''}` });
      } else {
        const answer = await lab.request({
          session: ivanov,
          path: '/me?a=1',
          method,
          ...(body === undefined ? {} : { body }),
        });
        expect(answer).toMatchObject({ status: 200, body: `${method} ${body ?? ''}` });
      }
    }
    expect(calls.map(({ url, entry }) => `${url} ${entry.login}`)).toEqual([
      '/me?a=1 ivanov',
      '/me?a=1 ivanov',
    ]);
  },
);

test('nothing that is refused reaches it', async () => {
  let called = false;
  handle = () => {
    called = true;
  };
  expect((await lab.request({ session: lab.cast.ivanov, certificate: lab.cast.petrov })).status).toBe(403);
  expect((await lab.request({ certificate: lab.cast.ivanov })).status).toBe(401);
  expect((await lab.request({ session: lab.cast.ivanov, path: '/%2epropusk/' })).status).toBe(400);
  expect(called).toBe(false);
});

test.each(['HTTP/1.1', 'HTTP/2'])(
  'its running answers are cut when the permit ends over %s',
  async (version) => {
    let closed = false;
    let begun = false;
    handle = (request, response) => {
      (response as { write(text: string): void }).write('begun');
      begun = true;
      (request as IncomingMessage).on('close', () => {});
      response.on('close', () => {
        closed = true;
      });
    };
    const { ivanov } = lab.cast;
    const ended =
      version === 'HTTP/2'
        ? lab
            .http2(ivanov)
            .then((session) =>
              lab.http2Request(session, { ':path': '/', cookie: `__Host-propusk-session=${ivanov.token}` }),
            )
        : lab.request({ session: ivanov });
    const outcome = ended.then(
      () => 'ended',
      () => 'cut',
    );
    await until(() => begun);
    lab.database.sign(ivanov.token, { ...ivanov.entry, account: { status: 'blocked' } });
    lab.database.change();
    expect(await outcome).toBe('cut');
    await until(() => closed);
  },
);

test('an error that it throws is a problem and nothing of the inside', async () => {
  handle = () => {
    throw new Error('secret path /etc');
  };
  const answer = await lab.request({ session: lab.cast.ivanov });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(answer.body).not.toContain('secret');
});

test('a WebSocket is no request for it', async () => {
  handle = echo;
  const head = headOf(
    lab.cast.ivanov,
    'GET / HTTP/1.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  );
  expect(await lab.raw(`${head}\r\n`)).toMatch(/^HTTP\/1\.1 400 .*upgrade-forbidden/s);
});
