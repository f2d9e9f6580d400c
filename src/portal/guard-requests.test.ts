import { describe, expect, test } from 'vitest';
import { CAST } from '../../test/cast.ts';
import { CRM_ORIGIN, openPortalLab, PORTAL_ORIGIN, sharePortalLab } from '../../test/portal-lab.ts';
import { SESSION_COOKIE, VISITOR_COOKIE } from './portal-cookies.ts';

const { ivanov } = CAST;
const CHANGES = [
  ['/api/sign-in', { login: ivanov.login, password: ivanov.password }],
  ['/api/sign-out', {}],
  ['/api/locale', { locale: 'en' }],
  ['/api/certificate/issue', {}],
  ['/api/certificate/send-password', {}],
  ['/api/choose-again', { application: 'crm' }],
] as const;

const shared = sharePortalLab();

describe('a request that changes something', () => {
  test.each(CHANGES)('to %s is refused from anywhere else', async (path, body) => {
    const { openAs, store } = await openPortalLab();
    const { browser, account } = await openAs('ivanov');
    const foreign: [string, Record<string, string | null>][] = [
      ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
      ['an application', { origin: CRM_ORIGIN, 'sec-fetch-site': 'same-site' }],
      ['an application in an old browser', { origin: CRM_ORIGIN, 'sec-fetch-site': null }],
      ['another port', { origin: 'https://id.propusk.localhost' }],
      ['plain http', { origin: PORTAL_ORIGIN.replace('https', 'http') }],
      ['a sandboxed frame', { origin: 'null' }],
      ['a browser that contradicts itself', { 'sec-fetch-site': 'cross-site' }],
      ['nowhere', { origin: null, 'sec-fetch-site': null }],
    ];
    for (const [name, headers] of foreign) {
      const answer = await browser.post(path, body, headers);
      expect({ name, status: answer.status, code: answer.json().code }).toEqual({
        name,
        status: 403,
        code: 'origin-forbidden',
      });
      expect(answer.setCookies).toEqual([]);
    }
    expect(await store.enrolment.listCertificates({ accountId: account.id, limit: 1 })).toEqual([]);
    expect((await browser.get('/api/session')).json()).toMatchObject({
      locale: 'ru',
      account: { login: 'ivanov' },
    });
  });

  test.each(CHANGES)('to %s is refused without the token of this very session', async (path, body) => {
    const { openAs } = await openPortalLab();
    const { browser } = await openAs('ivanov');
    const petrov = await openAs('petrov');
    for (const token of [null, '', 'made-up', `${browser.csrfToken()}x`, petrov.browser.csrfToken()]) {
      const answer = await browser.post(path, body, { 'x-csrf-token': token });
      expect({ token, status: answer.status, code: answer.json().code }).toEqual({
        token,
        status: 403,
        code: 'csrf-token',
      });
    }
    expect((await browser.get('/api/session')).json().account.login).toBe('ivanov');
  });

  test('before sign-in needs the token of this very browser', async () => {
    const lab = await openPortalLab();
    await lab.enrol('ivanov');
    const browser = await lab.openBrowser();
    const attacker = await lab.openBrowser();
    const signIn = { login: ivanov.login, password: ivanov.password };
    const withForeignToken = await browser.post('/api/sign-in', signIn, {
      'x-csrf-token': attacker.csrfToken(),
    });
    expect(withForeignToken.json().code).toBe('csrf-token');
    const token = browser.csrfToken();
    browser.cookies.delete(VISITOR_COOKIE);
    const withoutCookie = await browser.post('/api/sign-in', signIn, { 'x-csrf-token': token });
    expect(withoutCookie.json().code).toBe('csrf-token');
  });

  test('does not take the token of before after signing in', async () => {
    const lab = await openPortalLab();
    await lab.enrol('ivanov');
    const browser = await lab.openBrowser();
    const before = browser.csrfToken();
    await browser.post('/api/sign-in', { login: ivanov.login, password: ivanov.password });
    const answer = await browser.post('/api/sign-out', {}, { 'x-csrf-token': before });
    expect(answer.json().code).toBe('csrf-token');
  });

  test('is not accepted with the session cookie twice', async () => {
    const { openAs } = await openPortalLab();
    const { browser } = await openAs('ivanov');
    const cookie = `${SESSION_COOKIE}=${browser.cookies.get(SESSION_COOKIE)}`;
    const answer = await browser.post('/api/sign-out', {}, { cookie: `${cookie}; ${cookie}` });
    expect(answer.json().code).toBe('csrf-token');
  });

  test('is not made by reading', async () => {
    const { openAs } = await openPortalLab();
    const { browser } = await openAs('ivanov');
    for (const [path] of CHANGES) expect((await browser.get(path)).status).toBe(404);
    expect((await browser.get('/api/session')).json().account.login).toBe('ivanov');
  });
});

describe('reading', () => {
  test.each(['/api/session', '/api/certificate', '/api/certificate/file', '/api/refusal'])(
    '%s is not for other sites',
    async (path) => {
      const { openAs } = await openPortalLab();
      const { browser } = await openAs('ivanov');
      for (const site of ['cross-site', 'same-site']) {
        const answer = await browser.get(path, { 'sec-fetch-site': site });
        expect({ status: answer.status, code: answer.json().code }).toEqual({
          status: 403,
          code: 'origin-forbidden',
        });
      }
      expect((await browser.get(path)).headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test.each(['/%61pi/session', '/a%70%69/certificate'])(
    '%s is the same as what it means, for other sites and for caches',
    async (path) => {
      const { openAs } = await openPortalLab();
      const { browser } = await openAs('ivanov');
      expect((await browser.get(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      const answer = await browser.get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
    },
  );

  test.each(['/api/certificate', '/api/certificate/file', '/api/refusal'])(
    '%s needs a session',
    async (path) => {
      const lab = shared();
      const browser = await lab.openBrowser();
      browser.cookies.set(SESSION_COOKIE, 'A'.repeat(43));
      const answer = await browser.get(path);
      expect({ status: answer.status, code: answer.json().code }).toEqual({
        status: 401,
        code: 'sign-in-required',
      });
    },
  );
});

describe('a body', () => {
  test('that is too large is refused', async () => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.post('/api/sign-in', {
      login: 'a',
      password: 'a',
      more: 'x'.repeat(24_000),
    });
    expect({ status: answer.status, code: answer.json().code }).toEqual({
      status: 413,
      code: 'request-too-large',
    });
  });

  test('of the largest sign-in that is allowed is taken, however it is escaped', async () => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const password = '\u0001'.repeat(1024);
    const answer = await browser.post('/api/sign-in', {
      login: '\u0001'.repeat(256),
      password,
      request: 'A'.repeat(128),
    });
    expect(answer.json().code).toBe('sign-in-failed');
  });

  test.each([
    ['form', 'application/x-www-form-urlencoded', 'login=a&password=b'],
    ['text', 'text/plain', '{"login":"a","password":"b"}'],
    ['broken JSON', 'application/json', '{"login":'],
    ['nothing', 'application/json', ''],
    ['JSON with a prototype', 'application/json', '{"__proto__":{"login":"a"},"password":"b"}'],
  ])('of %s is not valid', async (_, type, payload) => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const response = await lab.portal.app.inject({
      method: 'POST',
      url: '/api/sign-in',
      headers: {
        origin: PORTAL_ORIGIN,
        'content-type': type,
        'x-csrf-token': browser.csrfToken(),
        cookie: `${VISITOR_COOKIE}=${browser.cookies.get(VISITOR_COOKIE)}`,
      },
      payload,
    });
    expect({ status: response.statusCode, code: response.json().code }).toEqual({
      status: 400,
      code: 'request-invalid',
    });
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});

describe('an error that nobody foresaw', () => {
  test('shows nothing of the inside, and is in the log', async () => {
    const logged: object[] = [];
    const keep = (fields: object) => logged.push(fields);
    const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: keep };
    const secretive = () => Promise.reject(new Error('connection to postgres://user:hunter2@db refused'));
    const lab = await openPortalLab({ logger });
    const { browser } = await lab.openAs('ivanov');
    const { service } = lab;
    service.readStatus = secretive;
    const answer = await browser.get('/api/certificate');
    expect(answer.status).toBe(500);
    expect(answer.json()).toEqual({
      type: 'urn:propusk:problem:internal',
      title: 'Something went wrong here',
      status: 500,
      code: 'internal',
    });
    expect(answer.text).not.toContain('hunter2');
    expect(logged).toMatchObject([
      { err: { message: expect.stringContaining('postgres') }, route: '/api/certificate' },
    ]);
  });

  test('in an answer that breaks the contract is internal, not a leak', async () => {
    const lab = await openPortalLab({ portal: { productName: undefined as unknown as string } });
    const response = await lab.portal.app.inject({ method: 'GET', url: '/api/session' });
    expect({ status: response.statusCode, code: response.json().code }).toEqual({
      status: 500,
      code: 'internal',
    });
  });
});
