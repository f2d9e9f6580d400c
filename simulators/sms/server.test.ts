import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PhoneNumber } from '../../src/kernel/phone-number.ts';
import { createGenericHttpTransport } from '../../src/messaging/generic-http.ts';
import { type SmsSimulator, startSmsSimulator } from './server.ts';

let simulator: SmsSimulator;
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sms-simulator-'));
  simulator = await start();
});

afterEach(async () => {
  await simulator.close();
  await rm(directory, { recursive: true });
});

function start(): Promise<SmsSimulator> {
  return startSmsSimulator({ port: 0, host: '127.0.0.1', dataDirectory: directory });
}

function send(message: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${simulator.url}/send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${simulator.key}`, ...headers },
    body: JSON.stringify(message),
  });
}

async function page(query = ''): Promise<string> {
  return (await fetch(`${simulator.url}/${query}`)).text();
}

const ivanov = { to: '+79031234567', text: 'Propusk: пароль файла ivanov 22.11: h4kq7mzt9wpx', id: 'm1' };
const petrov = { to: '+79161112233', text: 'Propusk: пароль файла petrov 22.11: t7hk2mqx9wbd', id: 'm2' };

describe('the gateway', () => {
  test('takes a message and gives its own id', async () => {
    const response = await send(ivanov);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: 'sms-1', status: 'accepted' });
    expect(simulator.messages()).toMatchObject([ivanov]);
  });

  test('takes the same id once and answers alike', async () => {
    await send(ivanov);
    const again = await send({ ...ivanov, text: 'another text' });
    expect(await again.json()).toEqual({ id: 'sms-1', status: 'accepted' });
    expect(simulator.messages()).toMatchObject([ivanov]);
  });

  test('refuses a wrong key', async () => {
    expect((await send(ivanov, { authorization: 'Bearer guess' })).status).toBe(401);
    expect(simulator.messages()).toEqual([]);
  });

  test.each([
    ['no text', { to: '+79031234567', id: 'm1' }],
    ['an empty text', { ...ivanov, text: '' }],
    ['a number that is not E.164', { ...ivanov, to: '89031234567' }],
    ['no id', { to: ivanov.to, text: ivanov.text }],
  ])('refuses a message with %s', async (_name, message) => {
    expect((await send(message)).status).toBe(400);
  });

  test('refuses a body that is too large', async () => {
    expect((await send({ ...ivanov, text: 'x'.repeat(20_000) })).status).toBe(400);
  });

  test('keeps its messages over a restart', async () => {
    await send(ivanov);
    await send(petrov);
    await simulator.close();
    simulator = await start();
    expect(simulator.messages()).toMatchObject([ivanov, petrov]);
    expect(simulator.messages()[0]?.receivedAt).toBeInstanceOf(Date);
    const third = await send({ ...ivanov, id: 'm3' });
    expect(await third.json()).toMatchObject({ id: 'sms-3' });
    const listed: unknown = await (await fetch(`${simulator.url}/messages.json`)).json();
    expect(listed).toMatchObject([ivanov, petrov, { id: 'm3' }]);
  });
});

describe('the failures that can be played, as the product sees them', () => {
  const message = { to: '+79031234567' as PhoneNumber, text: 'hello: 123456', idempotencyKey: 'm1' };

  function attempt() {
    return createGenericHttpTransport({
      method: 'POST',
      url: `${simulator.url}/send`,
      headers: { authorization: `Bearer ${simulator.key}` },
      body: { format: 'json', template: { to: '{phone}', text: '{text}', id: '{id}' } },
      success: { statuses: [200], answer: { path: 'status', equals: 'accepted' } },
      failures: [
        { answer: { path: 'error_code', equals: 7 }, category: 'number-refused', outcome: 'permanent' },
        { answer: { path: 'error_code', equals: 3 }, category: 'balance', outcome: 'temporary' },
      ],
      gatewayIdPath: 'id',
      timeoutMs: 300,
    }).send(message, new AbortController().signal);
  }

  test.each([
    [{ kind: 'none' }, { kind: 'accepted', gatewayId: 'sms-1' }, 1],
    [{ kind: 'down' }, { kind: 'failed-temporarily', category: 'unreachable' }, 0],
    [{ kind: 'error-in-200' }, { kind: 'failed-temporarily', category: 'balance' }, 0],
    [{ kind: 'rubbish' }, { kind: 'failed-temporarily', category: 'answer-not-understood' }, 0],
    [{ kind: 'slow', seconds: 5 }, { kind: 'failed-temporarily', category: 'timeout' }, 0],
    [{ kind: 'slow', seconds: 0.05 }, { kind: 'accepted', gatewayId: 'sms-1' }, 1],
    [{ kind: 'refuse-number' }, { kind: 'rejected-permanently', category: 'number-refused' }, 0],
    [
      { kind: 'refuse-number', phone: '+79031234567' },
      { kind: 'rejected-permanently', category: 'number-refused' },
      0,
    ],
    [{ kind: 'refuse-number', phone: '+79161112233' }, { kind: 'accepted', gatewayId: 'sms-1' }, 1],
  ])('%j', async (fault, expected, taken) => {
    const set = await fetch(`${simulator.url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect(set.status).toBe(200);
    expect(await attempt()).toEqual(expected);
    expect(simulator.messages()).toHaveLength(taken);
  });

  test.each([{ kind: 'tsunami' }, { kind: 'slow', seconds: 9999 }, null])('%j is no fault', async (fault) => {
    const set = await fetch(`${simulator.url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect(set.status).toBe(400);
  });

  test('are set by the form of the page, which leads back to where it was', async () => {
    const body = new URLSearchParams({ kind: 'down', back: '/?lang=en&to=%2B79031234567' });
    const set = await fetch(`${simulator.url}/faults`, { method: 'POST', body, redirect: 'manual' });
    expect([set.status, set.headers.get('location')]).toEqual([303, '/?lang=en&to=%2B79031234567']);
    expect(await page()).toContain('value="down" checked');
  });

  test('never lead back to another site', async () => {
    const body = new URLSearchParams({ kind: 'none', back: '//elsewhere.example/' });
    const set = await fetch(`${simulator.url}/faults`, { method: 'POST', body, redirect: 'manual' });
    expect(set.headers.get('location')).toBe('/');
  });

  test('cannot be set by another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const set = await fetch(`${simulator.url}/faults`, { method: 'POST', headers, body: '{"kind":"down"}' });
    expect(set.status).toBe(403);
    expect(await (await fetch(`${simulator.url}/faults`)).json()).toEqual({ kind: 'none' });
  });
});

describe('the telephone', () => {
  test('shows the newest message first, whole and with its password to copy', async () => {
    await send(petrov);
    await send(ivanov);
    const shown = await page();
    expect(shown).toContain('пароль файла ivanov 22.11: <b>h4kq7mzt9wpx</b>');
    expect(shown).toContain('data-copy="h4kq7mzt9wpx"');
    expect(shown.indexOf('+7 903 123-45-67')).toBeLessThan(shown.indexOf('+7 916 111-22-33'));
  });

  test('opens another number when asked', async () => {
    await send(petrov);
    await send(ivanov);
    expect(await page('?to=%2B79161112233')).toContain('data-copy="t7hk2mqx9wbd"');
  });

  test('offers nothing to copy where a message holds no password', async () => {
    await send({ ...ivanov, text: 'Ваш сертификат заменён. Если это не вы, звоните администратору.' });
    expect(await page()).not.toContain('data-copy');
  });

  test('shows markup in a message as text', async () => {
    await send({ ...ivanov, text: '<img src=x onerror="alert(1)">: "><script>x</script>' });
    const shown = await page();
    expect(shown).not.toMatch(/<img|<script>/);
    expect(shown).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
  });

  test('speaks Russian, and English when asked', async () => {
    expect(await page()).toContain('Сообщений пока нет');
    expect(await page('?lang=en')).toContain('No messages yet');
    const english = await fetch(simulator.url, { headers: { 'accept-language': 'en-GB,en;q=0.9' } });
    expect(await english.text()).toContain('<html lang="en">');
  });

  test('allows nothing from elsewhere', async () => {
    const response = await fetch(simulator.url);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('finds everything it needs on the gateway itself', async () => {
    const assets = [...(await page()).matchAll(/(?:src|href)="(\/[a-z]+\.[a-z]+)"/g)].map(
      (match) => match[1],
    );
    expect(assets).toEqual(['/icon.svg', '/page.css', '/device.css', '/phone.css', '/phone.js']);
    for (const asset of assets) expect((await fetch(simulator.url + asset)).status).toBe(200);
  });

  test('is told of a new message at once', async () => {
    const response = await fetch(`${simulator.url}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await send(ivanov);
    expect((await reader?.read())?.value).toBe('data: message\n\n');
    await reader?.cancel();
  });
});
