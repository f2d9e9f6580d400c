import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import { createSmsTransport } from '../../messaging/sms-gateway.ts';
import { loadSmsGateway } from './load-sms-gateway.ts';
import { smsSchema } from './schema-sms.ts';
import { SecretFiles } from './secret-files.ts';

const PAGE = readFileSync(new URL('../../../docs/operations/sms.md', import.meta.url), 'utf8');
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Answer = (
  request: IncomingMessage,
  body: Record<string, unknown>,
) => readonly [status: number, body: object];

/** The documented example, with a secret of the test's and the address of a server that answers as documented. */
async function open(name: string, authorization: string, path: string, answer: Answer) {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const [status, body] =
      request.url === path && request.method === 'POST'
        ? answer(request, JSON.parse(text) as Record<string, unknown>)
        : [404, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));

  const directory = mkdtempSync(join(tmpdir(), 'propusk-sms-'));
  closers.push(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'authorization');
  writeFileSync(file, `${authorization}\n`, { mode: 0o600 });

  const written = new RegExp(`<!-- example: ${name} -->\\n\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1];
  const example = JSON.parse(written ?? '') as Record<string, unknown>;
  expect(new URL(String(example.url)).pathname).toBe(path);
  const values = smsSchema.parse({
    ...example,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    secretHeaderFiles: { authorization: file },
  });
  const secrets = new SecretFiles();
  const { gateway } = loadSmsGateway(values, secrets);
  expect(secrets.findings).toEqual([]);
  if (gateway === undefined) throw new Error('the example describes no gateway');
  const transport = createSmsTransport(gateway);
  const message = { to: '+79031234567' as PhoneNumber, text: 'Пароль: "k7mq"', idempotencyKey: 'b2c4' };
  return () => transport.send(message, AbortSignal.timeout(5_000));
}

describe('the example for SMS Aero', () => {
  const right = `Basic ${Buffer.from('it@example.org:KEY').toString('base64')}`;
  const serve = (authorization: string, answer: object) =>
    open('smsaero', authorization, '/v2/sms/send', (request, body) => {
      if (request.headers.authorization !== right) return [401, { success: false, message: 'Invalid auth' }];
      expect(body).toEqual({ number: '79031234567', text: 'Пароль: "k7mq"', sign: 'SMS Aero' });
      return [200, answer];
    });

  test('sends', async () => {
    const send = await serve(right, { success: true, data: { id: 4711, status: 8 }, message: null });
    expect(await send()).toEqual({ kind: 'accepted', gatewayId: '4711' });
  });

  test.each([
    [
      'an error in a 200',
      { success: false, message: 'Validation error.' },
      'failed-temporarily',
      'gateway-refused',
    ],
    ['no money', { result: 'no credits' }, 'failed-temporarily', 'gateway-refused'],
    ['a refusal', { result: 'reject', reason: 'wrong number' }, 'rejected-permanently', 'number-refused'],
  ])('takes %s for what it is', async (_name, answer, kind, category) => {
    expect(await (await serve(right, answer))()).toEqual({ kind, category });
  });

  test('with a wrong key', async () => {
    expect(await (await serve('Basic wrong', {}))()).toEqual({
      kind: 'failed-temporarily',
      category: 'credentials',
    });
  });
});

describe('the example for MTS Exolve', () => {
  const serve = (authorization: string, status: number, answer: object) =>
    open('exolve', authorization, '/messaging/v1/SendSMS', (request, body) => {
      if (request.headers.authorization !== 'Bearer KEY') return [401, { error: { code: '16' } }];
      expect(body).toEqual({ number: '79990000000', destination: '79031234567', text: 'Пароль: "k7mq"' });
      return [status, answer];
    });

  test('sends', async () => {
    const send = await serve('Bearer KEY', 200, { message_id: '439166012' });
    expect(await send()).toEqual({ kind: 'accepted', gatewayId: '439166012' });
  });

  test('takes an error for what it is', async () => {
    expect(await (await serve('Bearer KEY', 400, { error: { code: '3' } }))()).toEqual({
      kind: 'rejected-permanently',
      category: 'http-status',
    });
    expect(await (await serve('Bearer wrong', 200, {}))()).toMatchObject({ category: 'credentials' });
  });
});
