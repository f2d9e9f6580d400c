import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openConsoleLab } from '../../test/console-lab.ts';
import { actorOf, requireRole } from './actor.ts';
import type { ConsoleSection } from './options.ts';
import { formatRevision, requireRevision } from './revision.ts';

const echo: ConsoleSection = {
  name: 'echo',
  register(app) {
    app.get('/api/echo/actor', (request, reply) => reply.send(actorOf(request)));
    app.get('/api/echo/staff', (request, reply) =>
      reply.send({ role: requireRole(request, 'operator', 'administrator').role }),
    );
    app.get('/api/echo/broken', () => {
      throw new Error('the password is hunter2');
    });
    app.post(
      '/api/echo/text',
      { bodyLimit: 64, schema: { body: z.object({ text: z.string() }) } },
      (request, reply) => reply.send(request.body),
    );
    app.put('/api/echo/edited', (request, reply) =>
      reply.header('etag', formatRevision(requireRevision(request.headers) + 1)).send({}),
    );
  },
};
const open = () => openConsoleLab({ sections: () => [echo] });

describe.each(['1.1', '2'] as const)('the console over HTTP/%s', (version) => {
  test('answers with the actor whom the gate has let in', async () => {
    const { openAs } = await openConsoleLab({ sections: () => [echo], http: version });
    const ivanov = await openAs('ivanov');
    const answer = await ivanov.get('/api/echo/actor');
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      accountId: ivanov.account.id,
      login: 'ivanov',
      role: 'user',
      sessionId: ivanov.session.id,
      certificateFingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      journal: { kind: 'account', accountId: ivanov.account.id, sessionId: ivanov.session.id },
    });
    const sent = await ivanov.send('POST', '/api/echo/text', { text: 'слово' });
    expect(sent.json()).toEqual({ text: 'слово' });
  });

  test('shows the one document at every address, with a nonce of its own and a strict policy', async () => {
    const { openAs } = await openConsoleLab({ http: version });
    const ivanov = await openAs('ivanov');
    for (const path of ['/', '/sessions', '/admin/accounts?search=x']) {
      const answer = await ivanov.get(path, { 'sec-fetch-site': 'cross-site' });
      expect(answer.status).toBe(200);
      const nonce = /content="([^"]+)"/.exec(answer.text)?.[1] ?? '';
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      });
    }
    const asset = await ivanov.get('/assets/console-abc123.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ivanov.get('/assets/missing.js')).json()).toMatchObject({ code: 'not-found' });
  });
});

describe('the console', () => {
  test('what is for the staff is refused to others', async () => {
    const { openAs } = await open();
    const admin = await openAs('admin');
    const ivanov = await openAs('ivanov');
    expect((await admin.get('/api/echo/staff')).json()).toEqual({ role: 'administrator' });
    const refused = await ivanov.get('/api/echo/staff');
    expect(refused.status).toBe(403);
    expect(refused.json()).toMatchObject({ code: 'role-required' });
  });

  test('an unknown error shows nothing of the inside', async () => {
    const { openAs } = await open();
    const answer = await (await openAs('ivanov')).get('/api/echo/broken');
    expect(answer.status).toBe(500);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.text).not.toContain('hunter2');
    expect(answer.json()).toMatchObject({ code: 'internal' });
  });

  test.each([
    ['from another site', { origin: 'https://evil.example' }, 'origin-forbidden'],
    ['from the portal', { origin: 'https://id.propusk.localhost:8443' }, 'origin-forbidden'],
    ['from a page that says it is of another site', { 'sec-fetch-site': 'same-site' }, 'origin-forbidden'],
    ['without any sign of where from', { origin: null, 'sec-fetch-site': null }, 'origin-forbidden'],
    ['without our own header', { 'x-propusk-console': null }, 'csrf-token'],
  ])('a change %s is refused', async (_, headers, code) => {
    const { openAs } = await open();
    const answer = await (await openAs('ivanov')).send('POST', '/api/echo/text', { text: 'a' }, headers);
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ code });
  });

  test('the API is not read by other sites', async () => {
    const { openAs } = await open();
    const ivanov = await openAs('ivanov');
    for (const path of ['/api/me', '/%61pi/me']) {
      const answer = await ivanov.get(path, { 'sec-fetch-site': 'cross-site' });
      expect(answer.json()).toMatchObject({ code: 'origin-forbidden' });
    }
  });

  test.each([
    ['too large', JSON.stringify({ text: 'a'.repeat(100) }), 'application/json', 'request-too-large'],
    ['no JSON', '{"text":', 'application/json', 'request-invalid'],
    ['of another form', '{"word":"a"}', 'application/json', 'request-invalid'],
    ['a form of HTML', 'text=a', 'application/x-www-form-urlencoded', 'request-invalid'],
    ['plain text', '{"text":"a"}', 'text/plain', 'request-invalid'],
  ])('a body that is %s is refused', async (_, body, type, code) => {
    const { openAs } = await open();
    const ivanov = await openAs('ivanov');
    const answer = await ivanov.sendRaw('POST', '/api/echo/text', body, { 'content-type': type });
    expect(answer.json()).toMatchObject({ code });
  });

  test('an edit says which revision was edited', async () => {
    const { openAs } = await open();
    const ivanov = await openAs('ivanov');
    const without = await ivanov.send('PUT', '/api/echo/edited', {});
    expect(without.status).toBe(428);
    expect(without.json()).toMatchObject({ code: 'revision-required' });
    const edited = await ivanov.send('PUT', '/api/echo/edited', {}, { 'if-match': '"4"' });
    expect(edited.headers.etag).toBe('"5"');
  });

  test('what is not there is told as a problem, other methods on pages too', async () => {
    const { openAs } = await open();
    const ivanov = await openAs('ivanov');
    expect((await ivanov.get('/api/nothing')).json()).toMatchObject({ code: 'not-found' });
    expect((await ivanov.send('POST', '/sessions', {})).json()).toMatchObject({ code: 'method-not-allowed' });
  });
});

describe('GET /api/me', () => {
  test('says who is here and what their certificate is', async () => {
    const { openAs } = await open();
    const ivanov = await openAs('ivanov');
    expect((await ivanov.get('/api/me')).json()).toEqual({
      account: {
        id: ivanov.account.id,
        login: 'ivanov',
        displayName: ivanov.account.displayName,
        role: 'user',
      },
      locale: 'ru',
      certificate: {
        subject: 'ivanov',
        serialNumber: expect.stringMatching(/^[0-9a-f]{32}$/),
        sha256Fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        notAfter: '2027-11-22T09:30:00.000Z',
      },
      productName: 'Propusk',
      administratorContact: 'Анна Смирнова, тел. 12-34',
      portalOrigin: 'https://id.propusk.localhost:8443',
      preferences: {},
    });
  });

  test('a language that was chosen wins over the browser’s', async () => {
    const { openAs, store } = await open();
    const ivanov = await openAs('ivanov');
    const english = { 'accept-language': 'en-GB' };
    expect((await ivanov.get('/api/me', english)).json().locale).toBe('en');
    const put = await ivanov.send('PUT', '/api/locale', { locale: 'ru' });
    expect(put.status).toBe(204);
    expect((await ivanov.get('/api/me', english)).json().locale).toBe('ru');
    expect(await store.accounts.findAccount(ivanov.account.id)).toMatchObject({ localeChosen: true });
    expect((await ivanov.send('PUT', '/api/locale', { locale: 'de' })).status).toBe(400);
  });

  test('preferences are kept, replaced, forgotten and bounded', async () => {
    const { openAs } = await open();
    const ivanov = await openAs('ivanov');
    const put = (name: string, value: unknown) => ivanov.send('PUT', `/api/preferences/${name}`, { value });
    const preferences = async () => (await ivanov.get('/api/me')).json().preferences;
    await put('table.sessions.columns', ['device', 'address']);
    await put('table.density', 'compact');
    await put('table.density', 'comfortable');
    expect(await preferences()).toEqual({
      'table.density': 'comfortable',
      'table.sessions.columns': ['device', 'address'],
    });
    expect((await put('table.density', null)).status).toBe(204);
    expect(await preferences()).toEqual({ 'table.sessions.columns': ['device', 'address'] });
    expect((await put('Bad_name', 1)).json()).toMatchObject({ code: 'request-invalid' });
    expect((await put('__proto__', 1)).json()).toMatchObject({ code: 'request-invalid' });
    expect((await put('long', 'a'.repeat(5_000))).json()).toMatchObject({ code: 'request-too-large' });
    for (let number = 1; number < 64; number += 1) expect((await put(`p${number}`, 1)).status).toBe(204);
    expect((await put('one-too-many', 1)).json()).toMatchObject({ code: 'request-too-large' });
  });
});
