import { afterEach, describe, expect, test } from 'vitest';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { createSmscTransport, type SmscConfig } from './smsc.ts';
import { type SmscServer, startSmscServer } from './testing/smsc-server.ts';

const KEY = 'a-key-of-smsc';
const servers: SmscServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(account: Parameters<typeof startSmscServer>[0] = { apikey: KEY }) {
  const server = await startSmscServer(account);
  servers.push(server);
  return server;
}

const message = {
  to: '+79031234567' as PhoneNumber,
  text: 'Propusk: пароль "файла" & {id}: k7mq',
  idempotencyKey: 'b2c4',
};

function send(urls: SmscConfig['urls'], more: Partial<SmscConfig> = {}) {
  const transport = createSmscTransport({
    urls,
    credentials: { kind: 'key', key: KEY },
    sender: undefined,
    timeoutMs: 1_000,
    ...more,
  });
  return transport.send(message, AbortSignal.timeout(5_000));
}

describe('SMSC.ru', () => {
  test('gets number, text and key in the body of one request, and answers with its id', async () => {
    const server = await serve();
    expect(await send([server.url])).toEqual({ kind: 'accepted', gatewayId: '1' });
    expect(server.requests).toEqual([
      { apikey: KEY, phones: '79031234567', mes: message.text, charset: 'utf-8', fmt: 3 },
    ]);
  });

  test('gets login and password where there is no key, and the sender’s name', async () => {
    const server = await serve({ login: 'company', psw: 'secret' });
    const credentials = { kind: 'login', login: 'company', password: 'secret' } as const;
    expect(await send([server.url], { credentials, sender: 'PROPUSK' })).toMatchObject({ kind: 'accepted' });
    expect(server.requests[0]).toMatchObject({ login: 'company', psw: 'secret', sender: 'PROPUSK' });
  });

  test('with a wrong key is asked again later', async () => {
    const server = await serve();
    expect(await send([server.url], { credentials: { kind: 'key', key: 'wrong' } })).toEqual({
      kind: 'failed-temporarily',
      category: 'credentials',
    });
  });

  test.each([
    [1, 'rejected-permanently', 'gateway-refused'],
    [2, 'failed-temporarily', 'credentials'],
    [3, 'failed-temporarily', 'balance'],
    [4, 'failed-temporarily', 'gateway-refused'],
    [5, 'rejected-permanently', 'gateway-refused'],
    [6, 'rejected-permanently', 'gateway-refused'],
    [7, 'rejected-permanently', 'number-refused'],
    [8, 'rejected-permanently', 'number-refused'],
    [9, 'failed-temporarily', 'gateway-refused'],
    [10, 'failed-temporarily', 'gateway-refused'],
  ])('answers 200 and error_code %d, which is %s: %s', async (code, kind, category) => {
    const server = await serve();
    server.answerNext({ error_code: code });
    expect(await send([server.url])).toEqual({ kind, category });
  });

  test.each([
    ['no JSON', { status: 200, body: '<h1>hotel</h1>' }, 'answer-not-understood'],
    ['no id', { status: 200, body: '{}' }, 'answer-not-understood'],
    ['a list', { status: 200, body: '[]' }, 'answer-not-understood'],
    ['an error without a code', { status: 200, body: '{"error":"x"}' }, 'gateway-refused'],
    ['502', { status: 502, body: 'Bad gateway' }, 'http-status'],
    ['503 with JSON', { status: 503, body: '{"id":1}' }, 'http-status'],
  ])('that answers %s is asked again later', async (_name, answer, category) => {
    const server = await serve();
    server.answerNext(answer);
    expect(await send([server.url])).toEqual({ kind: 'failed-temporarily', category });
  });
});

describe('the spare host', () => {
  test('is asked where the first one takes no connection', async () => {
    const [first, spare] = [await serve(), await serve()];
    await first.close();
    expect(await send([first.url, spare.url])).toEqual({ kind: 'accepted', gatewayId: '1' });
  });

  test('is not asked where the first one has answered', async () => {
    const [first, spare] = [await serve(), await serve()];
    first.answerNext({ error_code: 3 });
    expect(await send([first.url, spare.url])).toMatchObject({ category: 'balance' });
    expect(spare.requests).toEqual([]);
  });

  test.each([
    ['a time-out', 'silent', 'timeout'],
    ['a connection that is cut', 'cut', 'unreachable'],
  ] as const)('is not asked after %s: the first one may have the message', async (_name, next, category) => {
    const [first, spare] = [await serve(), await serve()];
    first.answerNext(next);
    expect(await send([first.url, spare.url], { timeoutMs: 300 })).toEqual({
      kind: 'failed-temporarily',
      category,
    });
    expect(first.requests).toHaveLength(1);
    expect(spare.requests).toEqual([]);
  });

  test('nobody there is tried again later', async () => {
    const [first, spare] = [await serve(), await serve()];
    await first.close();
    await spare.close();
    expect(await send([first.url, spare.url])).toEqual({
      kind: 'failed-temporarily',
      category: 'unreachable',
    });
  });
});

test('an address without TLS is refused, except on this machine', () => {
  const config: SmscConfig = {
    urls: ['http://smsc.ru/rest/send/'],
    credentials: { kind: 'key', key: KEY },
    sender: undefined,
    timeoutMs: 1_000,
  };
  expect(() => createSmscTransport(config)).toThrow(
    expect.objectContaining({ code: 'configuration-invalid', detail: expect.stringContaining('https') }),
  );
});
