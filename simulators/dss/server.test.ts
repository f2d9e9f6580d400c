import { once } from 'node:events';
import { createServer } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBody } from '../web/wire.ts';
import { startDssSimulator } from './server.ts';
import {
  basic,
  bearer,
  DesktopManager,
  get,
  post,
  startTestSimulator,
  type TestSimulator,
} from './testing/client.ts';
import { USERS } from './users.ts';

let simulator: TestSimulator;
let manager: DesktopManager;

beforeEach(async () => {
  simulator = await startTestSimulator();
  manager = new DesktopManager(simulator.url);
});

afterEach(() => simulator.close());

const certificates = (token: string) => get(`${manager.signServer}/api/certificates`, bearer(token));

describe('the failures that can be played', () => {
  test.each([
    ['unauthorized', 401],
    ['forbidden', 403],
    ['server-error', 500],
  ] as const)('%s answers %i on both servers', async (kind, status) => {
    const token = await manager.signIn('open');
    simulator.setFault({ kind });
    await expect(manager.begin(basic('open'))).rejects.toThrow(`код ${status}`);
    expect((await certificates(token)).status).toBe(status);
  });

  test('html comes with the status 200', async () => {
    simulator.setFault({ kind: 'html' });
    const response = await post(manager.confirmationUrl, basic('open'), {});
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(await response.text()).toContain('<h1>');
  });

  test('the connection is cut, before the answer and in the middle of it', async () => {
    const token = await manager.signIn('open');
    simulator.setFault({ kind: 'cut' });
    await expect(certificates(token)).rejects.toThrow('fetch failed');
    simulator.setFault({ kind: 'cut-in-the-middle' });
    const response = await certificates(token);
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow('terminated');
    expect(simulator.calls().map(({ status }) => status)).toEqual([200, 'cut', 200]);
  });

  test('slow answers rightly, but late', async () => {
    simulator.setFault({ kind: 'slow', seconds: 0.3 });
    const from = performance.now();
    expect(await manager.begin(basic('open'))).toMatchObject({ IsFinal: true, IsError: false });
    expect(performance.now() - from).toBeGreaterThan(280);
  });

  test('wrong-type is the right JSON under another name', async () => {
    simulator.setFault({ kind: 'wrong-type' });
    const response = await post(manager.confirmationUrl, basic('open'), {
      Resource: 'urn:cryptopro:dss:signserver:x',
    });
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(await response.json()).toMatchObject({ IsFinal: true });
  });

  test('error-in-200 is final and an error', async () => {
    simulator.setFault({ kind: 'error-in-200' });
    expect(await manager.begin(basic('open'))).toMatchObject({
      IsFinal: true,
      IsError: true,
      Error: 'internal_error',
    });
  });

  test('early-death kills a token after three seconds, whatever it was promised', async () => {
    simulator.setFault({ kind: 'early-death' }, 'open');
    const token = await manager.signIn('open');
    expect((await certificates(token)).status).toBe(200);
    simulator.pass(4);
    expect((await certificates(token)).status).toBe(401);
  });

  test('one person and one of the two servers can be chosen', async () => {
    const open = await manager.signIn('open');
    const other = await manager.signIn('states');
    simulator.setFault({ kind: 'server-error', place: 'sign-server' }, 'open');
    expect((await certificates(open)).status).toBe(500);
    expect((await certificates(other)).status).toBe(200);
    expect(await manager.begin(basic('open'))).toMatchObject({ IsError: false });
  });

  test('they are switched by HTTP, from the page only', async () => {
    const change = (body: object, headers: Record<string, string> = {}) =>
      fetch(`${simulator.url}/practice/faults`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect((await change({ kind: 'forbidden', login: 'open' })).status).toBe(200);
    await expect(manager.begin(basic('open'))).rejects.toThrow('код 403');
    expect((await change({ kind: 'rain' })).status).toBe(400);
    expect((await change({ kind: 'slow', seconds: 100_000 })).status).toBe(400);
    expect((await change({ kind: 'none', login: 'stranger' })).status).toBe(404);
    expect((await change({ kind: 'none' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await (await fetch(`${simulator.url}/practice/faults`)).json()).toMatchObject({
      everybody: { kind: 'none' },
      users: { open: { kind: 'forbidden' } },
    });
    expect((await change({ kind: 'none', login: 'open' })).status).toBe(200);
    expect(await manager.begin(basic('open'))).toMatchObject({ IsError: false });
  });
});

describe('the page with the telephones', () => {
  const page = async (query = '') => (await fetch(`${simulator.url}/${query}`)).text();

  test('shows a request where it arrives, and the buttons end it', async () => {
    expect(await page('?user=sim&lang=ru')).toContain('Запросов нет');
    const first = await manager.begin(basic('sim'));
    const id = first.Challenge?.ContextData.RefID ?? '';
    const shown = await page('?lang=ru');
    expect(shown).toContain(`id="confirm-${id}"`);
    expect(shown).toContain('Вход в DSS');
    expect(await page('?user=mobile&lang=ru')).not.toContain(id);
    const pressed = await fetch(`${simulator.url}/practice/requests/${id}`, {
      method: 'POST',
      body: new URLSearchParams({ answer: 'confirm', back: '/?lang=ru&user=sim' }),
      redirect: 'manual',
    });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/?lang=ru&user=sim']);
    expect(await manager.poll(basic('sim'), first)).toMatchObject({ IsFinal: true, IsError: false });
    expect(await page('?user=sim&lang=ru')).toContain('подтверждено');
    const again = await post(`${simulator.url}/practice/requests/${id}`, '', { answer: 'confirm' });
    expect(again.status).toBe(409);
  });

  test('shows the codes of SMS and of the application without a network, and never a token', async () => {
    await manager.begin(basic('sms', 'dss-sms'));
    const code = simulator.waiting('sms')[0]?.code ?? '';
    expect(await page('?user=sms&lang=en')).toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
    await manager.begin(basic('qr', 'dss-qr'));
    const offline = await page('?user=qr&lang=en');
    expect(offline).toContain('data-confirm-code');
    expect(offline).not.toContain('Confirm</button>');
    const first = await manager.begin(basic('sim'));
    simulator.answer('sim', 'confirm');
    const { AccessToken = 'none' } = await manager.poll(basic('sim'), first);
    expect(
      JSON.stringify(await (await fetch(`${simulator.url}/practice/requests.json`)).json()),
    ).not.toContain(AccessToken);
  });

  test('is there for everybody in both languages, with what to sign in with', async () => {
    for (const { login, password, about } of USERS) {
      for (const lang of ['ru', 'en'] as const) {
        const shown = await page(`?${new URLSearchParams({ user: login, lang })}`);
        expect(shown).toContain(`<code>${login}</code>`);
        expect(shown).toContain(password);
        expect(shown).toContain(about[lang]);
      }
    }
  });

  test('escapes the names of documents and runs no script of others', async () => {
    const first = await manager.begin(basic('sim'));
    simulator.answer('sim', 'confirm');
    const token = (await manager.poll(basic('sim'), first)).AccessToken ?? '';
    const created = await post(`${manager.signServer}/api/transactions`, bearer(token), {
      OperationCode: 2,
      Document: 'SGVsbG8=',
      Parameters: [{ Name: 'DocumentInfo', Value: '<script>alert(1)</script>' }],
    });
    await manager.begin(bearer(token), { TransactionTokenId: await created.json() });
    const response = await fetch(`${simulator.url}/?user=sim`);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    const shown = await response.text();
    expect(shown).toContain('&lt;script&gt;alert(1)');
    expect(shown).not.toContain('<script>');
  });

  test('is told of every change', async () => {
    const abort = new AbortController();
    const response = await fetch(`${simulator.url}/events`, { signal: abort.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('retry');
    await manager.begin(basic('sim'));
    expect((await reader?.read())?.value).toBe('data: change\n\n');
    abort.abort();
  });
});

test('a client that asked for it is called when a confirmation has ended', async () => {
  const token = await (async () => {
    const first = await manager.begin(basic('sim'));
    simulator.answer('sim', 'confirm');
    return (await manager.poll(basic('sim'), first)).AccessToken ?? '';
  })();
  const called = Promise.withResolvers<string>();
  const client = createServer((request, response) => {
    void readBody(request).then((body) => {
      called.resolve(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(client, 'listening');
  const created = await post(`${manager.signServer}/api/transactions`, bearer(token), {
    OperationCode: 2,
    Document: 'SGVsbG8=',
    Parameters: [{ Name: 'CertificateID', Value: '0' }],
  });
  const TransactionTokenId = (await created.json()) as string;
  const CallbackUri = `http://127.0.0.1:${(client.address() as AddressInfo).port}/done`;
  await manager.begin(bearer(token), { TransactionTokenId, CallbackUri });
  simulator.answer('sim', 'decline');
  expect(JSON.parse(await called.promise)).toMatchObject({
    Result: 'failed',
    TransactionId: TransactionTokenId,
    Error: 'declined',
  });
  client.close();
});

test('with TLS the certificate is made at start, for the name of the service', async () => {
  const secure = await startDssSimulator({ host: '127.0.0.1', port: 0, tlsPort: 0 });
  const url = new URL(secure.tlsUrl ?? '');
  expect(url.hostname).toBe('dss.propusk.localhost');
  const ask = (ca: string | undefined) => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const options = { host: '127.0.0.1', port: url.port, servername: url.hostname, path: '/STS/operations' };
    httpsRequest({ ...options, ...(ca === undefined ? {} : { ca }) }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
    return promise;
  };
  await expect(ask(undefined)).rejects.toThrow(/self-signed|unable to/);
  expect(await ask(secure.authorityPem)).toBe(401);
  await secure.close();
});

test('a body of tens of megabytes is taken', async () => {
  const token = await manager.signIn('open');
  const response = await post(`${manager.signServer}/api/documents`, bearer(token), {
    Content: Buffer.alloc(20 * 1024 * 1024, 'x').toString('base64'),
    Name: 'large.bin',
    Signature: { CertificateId: 2, Type: 5, Parameters: { IsDetached: true } },
  });
  expect(response.status).toBe(200);
});
