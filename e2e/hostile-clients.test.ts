import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { type OpensslResult, opensslClient } from './harness/openssl-client.ts';
import { rawHttp2, readHttp2 } from './harness/raw-http2.ts';
import { runCommand } from './harness/run-command.ts';
import { readCookies } from './product/cookie-jar.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { createVisitor, type IssuedFile, type Visitor } from './product/visitor.ts';

const FORGED = [
  ['Propusk-Login', 'petrov'],
  ['propusk-login', 'petrov'],
  ['Propusk_Login', 'petrov'],
  ['PROPUSK-NAME', 'petrov'],
  ['Propusk-Account', 'petrov'],
  ['Propusk-Assertion', 'eyJhbGciOiJub25lIn0.eyJsb2dpbiI6InBldHJvdiJ9.'],
  ['X-Forwarded-For', '192.0.2.7'],
  ['X-Forwarded-User', 'petrov'],
  ['X_Forwarded_User', 'petrov'],
  ['Forwarded', 'for=192.0.2.7'],
  ['Client-Cert', ':cGV0cm92:'],
  ['Connection', 'keep-alive, Propusk-Login, Propusk-Assertion'],
] as const;
const SMUGGLED = 'GET /whoami.json HTTP/1.1\r\nHost: x\r\nPropusk-Login: petrov\r\n\r\n';

let lab: Lab;
let demo: Demo;
let ivanov: Visitor;
let file: IssuedFile;
let cookies: string;

beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
  ivanov = await createVisitor(lab, demo, 'ivanov');
  file = await ivanov.download();
  expect((await ivanov.enter(file.pem)).status).toBe(200);
  cookies = await readCookies(ivanov.cookieJar, demo.crmHost);
});
afterAll(() => lab.close());

/** Raw octets after a handshake with ivanov's certificate; `HOST` and `COOKIE` stand for the right values. */
function send(input: string): Promise<OpensslResult> {
  const filled = input.replaceAll('HOST', `${demo.crmHost}:${demo.port}`).replaceAll('COOKIE', () => cookies);
  return opensslClient({
    port: demo.port,
    serverName: demo.crmHost,
    tls: '1.3',
    certificate: file.pem,
    input: filled,
  });
}

/** Every login that the CRM saw in these answers. */
function loginsIn(answers: string): string[] {
  return [...answers.matchAll(/"login":"([^"]*)"/g)].map(([, login]) => login ?? '');
}

/** What ivanov's session at the CRM has counted so far, this question included. */
async function countRequests(): Promise<number> {
  const answer = await ivanov.request({ url: `${demo.crmUrl}/whoami.json`, certificate: file.pem });
  const seen = JSON.parse(answer.text) as { identity: { login: string }; session: { requests: number } };
  expect(seen.identity.login).toBe('ivanov');
  return seen.session.requests;
}

describe('forged identity fields', () => {
  test.each(['1.1', '2'] as const)('do not reach the CRM over HTTP/%s', async (http) => {
    for (const [name, value] of FORGED) {
      const answer = await ivanov.request({
        url: `${demo.crmUrl}/whoami.json`,
        certificate: file.pem,
        http,
        headers: [`${name}: ${value}`],
      });
      expect({ name, logins: [...new Set(loginsIn(answer.text))] }).toEqual({ name, logins: ['ivanov'] });
    }
  });

  test('open nothing without a session', async () => {
    const headers = FORGED.map(([name, value]) => `${name}: ${value}`);
    const stranger = await createVisitor(lab, demo, 'petrov');
    const answer = await stranger.request({ url: `${demo.crmUrl}/whoami.json`, headers, http: '1.1' });
    expect([answer.status, loginsIn(answer.text)]).toEqual([401, []]);
  });
});

describe('requests behind a request, over HTTP/1.1', () => {
  const HEAD = 'Host: HOST\r\nCookie: COOKIE\r\n';
  test.each([
    ['both lengths', `Content-Length: ${SMUGGLED.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n`],
    ['a list of lengths', `Content-Length: 0, ${SMUGGLED.length}\r\n\r\n`],
    ['a length with a sign', `Content-Length: +${SMUGGLED.length}\r\n\r\n`],
    ['a coding in disguise', 'Transfer-Encoding: xchunked\r\n\r\n'],
    ['a coding after a tab', 'Transfer-Encoding:\tidentity, chunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', `Content-Length : ${SMUGGLED.length}\r\n\r\n`],
    ['a folded field', `X-Other: 1\r\n Content-Length: ${SMUGGLED.length}\r\n\r\n`],
    ['a bare line feed', `X-Other: 1\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a chunk size that is none', 'Transfer-Encoding: chunked\r\n\r\n0x1\r\nA\r\n0\r\n\r\n'],
  ])('%s: refused, and the CRM hears nothing of it', async (_name, rest) => {
    const before = await countRequests();
    for (const method of ['GET', 'POST']) {
      const { text: answers, status } = await send(
        `${method} /whoami.json HTTP/1.1\r\n${HEAD}${rest}${SMUGGLED}`,
      );
      expect(loginsIn(answers)).toEqual([]);
      // The connection is cut at once, sometimes before the answer is out.
      expect([0, 400]).toContain(status);
    }
    expect(await countRequests()).toBe(before + 1);
  });

  test('a body with an exact length is a body, and what follows is decided by itself', async () => {
    const { text: answers } = await send(
      `GET /whoami.json HTTP/1.1\r\n${HEAD}Content-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}` +
        'GET /whoami.json HTTP/1.1\r\nHost: HOST\r\nPropusk-Login: petrov\r\nConnection: close\r\n\r\n',
    );
    expect(new Set(loginsIn(answers))).toEqual(new Set(['ivanov']));
    // The one that carries no cookie, whatever stood before it on the connection.
    expect(answers).toContain('sign-in-required');
  });
});

describe('requests behind a request, over HTTP/2', () => {
  const ask = async (more: readonly (readonly [string, string])[], body?: string) => {
    const authority = `${demo.crmHost}:${demo.port}`;
    const { received } = await opensslClient({
      port: demo.port,
      serverName: demo.crmHost,
      tls: '1.3',
      alpn: 'h2',
      certificate: file.pem,
      input: rawHttp2({
        fields: [
          [':method', 'GET'],
          [':scheme', 'https'],
          [':authority', authority],
          [':path', '/whoami.json'],
          ['cookie', cookies],
          ...more,
        ],
        ...(body === undefined ? {} : { body }),
      }),
    });
    return readHttp2(received);
  };

  test('the hand-made octets themselves are a good request', async () => {
    expect(loginsIn((await ask([])).data)).toContain('ivanov');
  });

  test.each<[string, [string, string][]]>([
    ['transfer-encoding', [['transfer-encoding', 'chunked']]],
    ['a length that is too short', [['content-length', '0']]],
    [
      'two lengths',
      [
        ['content-length', String(SMUGGLED.length)],
        ['content-length', '0'],
      ],
    ],
    ['a capital letter', [['Propusk-Login', 'petrov']]],
    ['a connection field', [['connection', 'propusk-login']]],
    ['a path with a second request line', [[':path', '/ HTTP/1.1\r\nPropusk-Login: petrov']]],
  ])('%s: refused, and the CRM hears nothing of it', async (_name, more) => {
    const before = await countRequests();
    const { data, errorCode } = await ask(more, SMUGGLED);
    expect(loginsIn(data)).toEqual([]);
    expect(errorCode !== undefined || data.includes('"code"')).toBe(true);
    expect(await countRequests()).toBe(before + 1);
  });

  // RFC 9113, 8.2.1 calls such a request malformed; it is refused, or goes on without the field.
  test.each<[string, [string, string]]>([
    ['a line break in a value', ['x-other', 'a\r\npropusk-login: petrov']],
    ['a line break in a name', ['x-other: a\r\npropusk-login', 'petrov']],
    ['a colon in a name', ['propusk-login:petrov', 'x']],
    ['a space in a name', ['propusk-login ', 'petrov']],
    ['a zero octet', ['x-other', 'a\0propusk-login: petrov']],
  ])('%s makes nobody else of ivanov', async (_name, field) => {
    const before = await countRequests();
    for (const body of [undefined, SMUGGLED]) {
      const { data } = await ask([field], body);
      expect(loginsIn(data).filter((login) => login !== 'ivanov')).toEqual([]);
    }
    expect(await countRequests()).toBeLessThanOrEqual(before + 3);
  });
});

describe('ways around /.propusk/', () => {
  test.each([
    '/./.propusk/jwks.json',
    '/x/../.propusk/jwks.json',
    '/%2epropusk/jwks.json',
    '/%2Epropusk%2fjwks.json',
    '/%252epropusk/jwks.json',
    '/.PROPUSK/jwks.json',
    '/.propusk%2fjwks.json',
    '/.propusk%5cjwks.json',
    '/.propusk;x/jwks.json',
    '/x/..;/.propusk/jwks.json',
    '//.propusk/jwks.json',
    '/%2e/.propusk/jwks.json',
  ])('%s is refused, not passed on', async (path) => {
    for (const http of ['1.1', '2'] as const) {
      const answer = await ivanov.request({ url: `${demo.crmUrl}${path}`, certificate: file.pem, http });
      expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([
        400,
        'request-target',
      ]);
    }
  });

  test.each(['/.propusk', '/.propusk/', '/.propusk/../', '/.propusk/nothing', '/.propusk/jwks.json/'])(
    '%s never reaches the CRM',
    async (path) => {
      const answer = await ivanov.request({ url: `${demo.crmUrl}${path}`, certificate: file.pem });
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).toMatch(/"code":"(not-found|request-target)"/);
    },
  );
});

describe('whom the connection is for', () => {
  test.each(['1.1', '2'] as const)('another Host is answered 421 over HTTP/%s', async (http) => {
    for (const host of [`id.propusk.localhost:${demo.port}`, demo.crmHost, 'evil.example']) {
      const url = `${demo.crmUrl}/whoami.json`;
      const answer = await ivanov.request({ url, http, certificate: file.pem, headers: [`Host: ${host}`] });
      expect([host, answer.status]).toEqual([host, 421]);
      expect(answer.text).toContain('misdirected-request');
    }
    const portal = await ivanov.request({
      url: `${demo.portalUrl}/api/session`,
      http,
      headers: [`Host: ${demo.crmHost}:${demo.port}`],
    });
    expect(portal.status).toBe(421);
  });

  test.each([
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 400],
    [
      'a foreign absolute form',
      'GET https://evil.example/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n',
      400,
    ],
    ['CONNECT', 'CONNECT HOST HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n', 400],
  ])('%s is refused', async (_name, input, status) => {
    expect((await send(input)).status).toBe(status);
  });

  test.each([
    ['no server name', '-noservername'],
    ['an unknown one', '-servername evil.example'],
  ])('%s gets an alert and no certificate', async (_name, option) => {
    const { stdout, stderr } = await runCommand('openssl', [
      ...['s_client', '-connect', `127.0.0.1:${demo.port}`, ...option.split(' ')],
    ]);
    expect(`${stdout}${stderr}`).toMatch(/unrecognized name|alert number 112/);
    expect(stdout.toString()).toContain('no peer certificate available');
  });

  test('plain http on the TLS port is told so', async () => {
    const socket = connect(demo.port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nHost: ${demo.crmHost}\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [\s\S]*https only/);
  });
});
