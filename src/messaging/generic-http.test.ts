import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { createGenericHttpTransport } from './generic-http.ts';
import type { GenericHttpSmsConfig } from './generic-http-config.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

const message = {
  to: '+79031234567' as PhoneNumber,
  text: 'Propusk: "пароль" \\ & {id} $& 100%\n=k7mq',
  idempotencyKey: 'b2c4',
};

const json: GenericHttpSmsConfig['body'] = {
  format: 'json',
  template: { to: '{phone}', text: '{text}', options: [{ key: '{id}', parts: 1, flash: false }] },
};

const base = {
  method: 'POST',
  body: json,
  success: { statuses: [{ from: 200, to: 299 }], answer: { path: 'id', exists: true } },
  gatewayIdPath: 'id',
} as const;

/** One attempt against a gateway that answers like this. */
async function attempt(listener: RequestListener, config: Partial<GenericHttpSmsConfig> = {}) {
  const url = await serve(listener);
  const transport = createGenericHttpTransport({ ...base, url: `${url}/send`, ...config });
  return transport.send(message, new AbortController().signal);
}

function answer(status: number, body: string, headers: Record<string, string> = {}): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  };
}

describe('what the gateway gets', () => {
  async function capture(config: Partial<GenericHttpSmsConfig>, path = '/send') {
    let seen: { url: string; headers: IncomingMessage['headers']; body: string; method: string } | undefined;
    const url = await serve(async (request, response) => {
      const body = await readBody(request);
      seen = { url: request.url ?? '', headers: request.headers, body, method: request.method ?? '' };
      response.end('{"id":1}');
    });
    const transport = createGenericHttpTransport({ ...base, url: url + path, ...config });
    expect(await transport.send(message, new AbortController().signal)).toEqual({
      kind: 'accepted',
      gatewayId: '1',
    });
    if (!seen) throw new Error('nothing arrived');
    return seen;
  }

  test('is JSON in which a text can never become structure', async () => {
    const { body, headers, method } = await capture({});
    expect(method).toBe('POST');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      to: '+79031234567',
      text: message.text,
      options: [{ key: 'b2c4', parts: 1, flash: false }],
    });
  });

  test('is a form in which a text can never become a field', async () => {
    const fields = { phones: '{phoneDigits}', mes: '{text}', fmt: '3' };
    const { body, headers } = await capture({ body: { format: 'form', fields } });
    expect(headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect([...new URLSearchParams(body)]).toEqual([
      ['phones', '79031234567'],
      ['mes', message.text],
      ['fmt', '3'],
    ]);
  });

  test('has number and id percent-encoded in the address', async () => {
    const { url } = await capture({}, '/to/{phone}?key={id}');
    expect(url).toBe('/to/%2B79031234567?key=b2c4');
  });

  test('has the headers as they are, with the id filled in', async () => {
    const headers = { authorization: 'Bearer s{x}$&', 'idempotency-key': '{id}' };
    const seen = await capture({ headers, method: 'PUT' });
    expect(seen.method).toBe('PUT');
    expect(seen.headers).toMatchObject({ authorization: 'Bearer s{x}$&', 'idempotency-key': 'b2c4' });
  });
});

describe('the answer of the gateway', () => {
  test.each<[string, RequestListener, Partial<GenericHttpSmsConfig>, object]>([
    ['an id', answer(200, '{"id":"m-17"}'), {}, { kind: 'accepted', gatewayId: 'm-17' }],
    ['an id that is no short plain text', answer(200, '{"id":{"a":1}}'), {}, { kind: 'accepted' }],
    [
      'an empty 204 where the status is enough',
      answer(204, ''),
      { success: { statuses: [204] } },
      { kind: 'accepted' },
    ],
    [
      'an error in a 200',
      answer(200, '{"error":"no money","error_code":3}'),
      {},
      { kind: 'failed-temporarily', category: 'gateway-refused' },
    ],
    [
      'false where true is success',
      answer(200, '{"success":false,"id":1}'),
      { success: { statuses: [200], answer: { path: 'success', equals: true } } },
      { kind: 'failed-temporarily', category: 'gateway-refused' },
    ],
    [
      'the text "true" where true is success',
      answer(200, '{"success":"true","id":1}'),
      { success: { statuses: [200], answer: { path: 'success', equals: true } } },
      { kind: 'failed-temporarily', category: 'gateway-refused' },
    ],
    [
      'an HTML page in a 200',
      answer(200, '<!doctype html><h1>Welcome to the hotel network</h1>'),
      {},
      { kind: 'failed-temporarily', category: 'answer-not-understood' },
    ],
    [
      'rubbish in a 200',
      answer(200, '\u0000{"id":'),
      {},
      { kind: 'failed-temporarily', category: 'answer-not-understood' },
    ],
    [
      'nothing in a 200',
      answer(200, ''),
      {},
      { kind: 'failed-temporarily', category: 'answer-not-understood' },
    ],
    [
      'a bare number in a 200',
      answer(200, '7'),
      {},
      { kind: 'failed-temporarily', category: 'gateway-refused' },
    ],
    ['401', answer(401, '{"id":1}'), {}, { kind: 'failed-temporarily', category: 'credentials' }],
    ['402', answer(402, ''), {}, { kind: 'failed-temporarily', category: 'balance' }],
    ['400', answer(400, ''), {}, { kind: 'rejected-permanently', category: 'http-status' }],
    ['429', answer(429, ''), {}, { kind: 'failed-temporarily', category: 'http-status' }],
    ['500 with an id', answer(500, '{"id":1}'), {}, { kind: 'failed-temporarily', category: 'http-status' }],
    [
      '503 with HTML',
      answer(503, '<h1>Down</h1>'),
      {},
      { kind: 'failed-temporarily', category: 'http-status' },
    ],
  ])('%s', async (_name, listener, config, expected) => {
    expect(await attempt(listener, config)).toEqual(expected);
  });

  const failures = [
    { answer: { path: 'error_code', equals: 7 }, category: 'number-refused', outcome: 'permanent' },
    { answer: { path: 'error_code', equals: 3 }, category: 'balance', outcome: 'temporary' },
    {
      statuses: [403],
      answer: { path: 'blocked', exists: true },
      category: 'number-refused',
      outcome: 'permanent',
    },
  ] as const;

  test.each<[string, RequestListener, object]>([
    [
      'a named error in a 200 is permanent where the rule says so',
      answer(200, '{"id":9,"error_code":7}'),
      { kind: 'rejected-permanently', category: 'number-refused' },
    ],
    [
      'another named error is temporary',
      answer(200, '{"error_code":3}'),
      { kind: 'failed-temporarily', category: 'balance' },
    ],
    [
      'a rule with status and answer needs both',
      answer(403, '{"error":"key"}'),
      { kind: 'failed-temporarily', category: 'credentials' },
    ],
    [
      'a rule with status and answer wins over the status alone',
      answer(403, '{"blocked":null}'),
      { kind: 'rejected-permanently', category: 'number-refused' },
    ],
    ['no rule matches a good answer', answer(200, '{"id":9}'), { kind: 'accepted', gatewayId: '9' }],
  ])('failure rules: %s', async (_name, listener, expected) => {
    expect(await attempt(listener, { failures })).toEqual(expected);
  });
});

describe('a gateway that misbehaves', () => {
  test('is not followed to another address', async () => {
    let followed = 0;
    const elsewhere = await serve((_request, response) => {
      followed += 1;
      response.end('{"id":1}');
    });
    expect(await attempt(answer(307, '{"id":1}', { location: elsewhere }))).toEqual({
      kind: 'failed-temporarily',
      category: 'http-status',
    });
    expect(followed).toBe(0);
  });

  test('is cut off after 64 KiB', async () => {
    let sent = 0;
    const result = await attempt((request, response) => {
      request.resume();
      const chunk = Buffer.alloc(16 * 1024, 0x20);
      const write = () => {
        while (sent < 256 * 1024 * 1024 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) {
            response.once('drain', write);
            return;
          }
        }
      };
      write();
    });
    expect(result).toEqual({ kind: 'failed-temporarily', category: 'answer-not-understood' });
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test('is cut off where a small answer unfolds into a huge one', async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024, 0x20));
    const result = await attempt((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(result).toEqual({ kind: 'failed-temporarily', category: 'answer-not-understood' });
  });

  test.each<[string, RequestListener]>([
    ['no answer at all', (request) => request.resume()],
    [
      'an answer that never ends',
      (request, response) => {
        request.resume();
        response.write('{"id":');
      },
    ],
  ])('times out: %s', async (_name, listener) => {
    const startedAt = performance.now();
    expect(await attempt(listener, { timeoutMs: 200 })).toEqual({
      kind: 'failed-temporarily',
      category: 'timeout',
    });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  test('ends when the caller has no more time', async () => {
    const url = await serve((request) => request.resume());
    const transport = createGenericHttpTransport({ ...base, url });
    expect(await transport.send(message, AbortSignal.timeout(100))).toEqual({
      kind: 'failed-temporarily',
      category: 'timeout',
    });
  });

  test.each<[string, RequestListener]>([
    ['before the answer', (request) => request.socket.destroy()],
    [
      'in the middle of the answer',
      (request, response) => {
        request.resume();
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"id":1', () => response.socket?.destroy());
      },
    ],
  ])('is unreachable when it cuts the connection %s', async (_name, listener) => {
    expect(await attempt(listener)).toEqual({ kind: 'failed-temporarily', category: 'unreachable' });
  });

  test('is unreachable when nothing listens', async () => {
    const url = await serve(() => {});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const transport = createGenericHttpTransport({ ...base, url });
    expect(await transport.send(message, new AbortController().signal)).toEqual({
      kind: 'failed-temporarily',
      category: 'unreachable',
    });
  });
});
