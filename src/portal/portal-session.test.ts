import { describe, expect, test } from 'vitest';
import { CAST } from '../../test/cast.ts';
import { CRM, CRM_ORIGIN, openPortalLab, sharePortalLab, signInAs } from '../../test/portal-lab.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import { hashToken } from '../kernel/random.ts';
import { sessionView } from './contract.ts';
import { BROWSER_COOKIE, LOCALE_COOKIE, SESSION_COOKIE, VISITOR_COOKIE } from './portal-cookies.ts';

const { ivanov } = CAST;
const rightSignIn = { login: ivanov.login, password: ivanov.password };

const shared = sharePortalLab({
  signInLimits: { account: [{ seconds: 60, attempts: 99 }], address: [{ seconds: 60, attempts: 999 }] },
});

describe('GET /api/session', () => {
  test('tells a visitor what the pages need, and nothing about anybody', async () => {
    const lab = await openPortalLab();
    const browser = await lab.openBrowser();
    const answer = await browser.get('/api/session');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(sessionView.parse(answer.json())).toMatchObject({
      locale: 'ru',
      productName: 'Propusk',
      administratorContact: 'Анна Смирнова, тел. 12-34',
      account: null,
      entry: null,
      applications: [
        { id: 'crm', name: 'CRM «Обращения»', homeUrl: `${CRM_ORIGIN}/tickets` },
        { id: 'wiki', homeUrl: 'https://wiki.propusk.localhost:8443/' },
      ],
    });
    expect(browser.cookies.has(VISITOR_COOKIE)).toBe(true);
  });

  test('tells who is signed in, with the last digits of the telephone only', async () => {
    const { openAs } = await openPortalLab();
    const { browser } = await openAs('ivanov');
    const answer = await browser.get('/api/session');
    expect(answer.json().account).toEqual({
      login: 'ivanov',
      displayName: 'Иванов Иван',
      phone: '…47-12',
      password: 'own',
    });
    expect(answer.text).not.toContain('916');
  });

  test('names the application entered last in this session, and no other session’s', async () => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('ivanov');
    const { browser: petrov } = await lab.openAs('petrov');
    const last = async () => (await browser.get('/api/session')).json().lastApplication;
    expect(await last()).toBeNull();
    for (const id of ['crm', 'wiki', 'crm']) {
      lab.clock.advance(1);
      await lab.enter(browser, '/', id as ApplicationId);
      expect(await last()).toBe(id);
    }
    expect((await petrov.get('/api/session')).json().lastApplication).toBeNull();
  });

  test('names the application that sent the person here', async () => {
    const lab = await openPortalLab();
    const browser = await lab.openBrowser();
    const { request } = lab.makeEntryRequest('/tickets/7');
    expect((await browser.get(`/api/session?request=${request}`)).json().entry.id).toBe('crm');
    expect((await browser.get('/api/session?request=made-up')).json().entry).toBeNull();
    lab.clock.advance(3601);
    expect((await browser.get(`/api/session?request=${request}`)).json().entry).toBeNull();
  });
});

describe('POST /api/sign-in', () => {
  test('gives a session cookie that survives a restart of the browser, and another CSRF token', async () => {
    const lab = await openPortalLab();
    await lab.enrol('ivanov');
    const browser = await lab.openBrowser();
    const before = browser.csrfToken();
    const answer = await browser.post('/api/sign-in', rightSignIn);
    expect(answer.json()).toEqual({ next: '/' });
    const cookie = answer.setCookies.find((line) => line.startsWith(SESSION_COOKIE));
    expect(cookie).toMatch(
      /^__Host-propusk-portal=[\w-]{43}; Path=\/; Max-Age=1209600; Secure; HttpOnly; SameSite=Lax$/,
    );
    expect(browser.cookies.has(VISITOR_COOKIE)).toBe(false);
    expect(browser.csrfToken()).not.toBe(before);
  });

  test('leads back to where the person came from', async () => {
    const lab = await openPortalLab();
    await lab.enrol('ivanov');
    const browser = await lab.openBrowser();
    const { request } = lab.makeEntryRequest('/tickets/7');
    const answer = await browser.post('/api/sign-in', { ...rightSignIn, request });
    expect(answer.json()).toEqual({ next: `/enter?request=${request}` });
  });

  test.each(['//evil.example', 'https://evil.example/', '/../x', 'a&b=c', ''])(
    'leads home where the request is %j',
    async (request) => {
      const lab = await openPortalLab();
      await lab.enrol('ivanov');
      const browser = await lab.openBrowser();
      expect((await browser.post('/api/sign-in', { ...rightSignIn, request })).json()).toEqual({ next: '/' });
    },
  );

  test('answers alike to a wrong login and a wrong password', async () => {
    const lab = await openPortalLab();
    await lab.enrol('ivanov');
    const browser = await lab.openBrowser();
    const wrongPassword = await browser.post('/api/sign-in', { ...rightSignIn, password: 'Wrong-Horse-1' });
    const wrongLogin = await browser.post('/api/sign-in', { ...rightSignIn, login: 'nobody' });
    expect(wrongPassword.status).toBe(401);
    expect(wrongPassword.json()).toEqual({
      type: 'urn:propusk:problem:sign-in-failed',
      title: 'Wrong login or password',
      status: 401,
      code: 'sign-in-failed',
    });
    expect(wrongLogin.text).toBe(wrongPassword.text);
    expect({ ...wrongLogin.headers, date: '' }).toEqual({ ...wrongPassword.headers, date: '' });
    expect(browser.cookies.has(SESSION_COOKIE)).toBe(false);
  });

  test('says how long to wait after five failures', async () => {
    const lab = await openPortalLab();
    await lab.enrol('ivanov');
    const browser = await lab.openBrowser();
    for (let attempt = 0; attempt < 5; attempt++) {
      await browser.post('/api/sign-in', { ...rightSignIn, password: 'Wrong-Horse-1' });
    }
    const answer = await browser.post('/api/sign-in', rightSignIn);
    expect(answer.status).toBe(429);
    expect(answer.json().code).toBe('throttled');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(50);
  });

  test('lets the owner in from the browser of the last time while strangers are kept waiting', async () => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('ivanov');
    await browser.post('/api/sign-out');
    expect(browser.cookies.has(BROWSER_COOKIE)).toBe(true);
    const stranger = await lab.openBrowser();
    for (let attempt = 0; attempt < 6; attempt++) {
      await stranger.post('/api/sign-in', { ...rightSignIn, password: 'Wrong-Horse-1' });
    }
    expect((await stranger.post('/api/sign-in', rightSignIn)).status).toBe(429);
    expect((await browser.post('/api/sign-in', rightSignIn)).status).toBe(200);
    // Somebody else's mark, or a forged one, is no mark.
    const petrov = await lab.openAs('petrov');
    await petrov.browser.post('/api/sign-out');
    expect((await petrov.browser.post('/api/sign-in', rightSignIn)).status).toBe(429);
    stranger.cookies.set(BROWSER_COOKIE, `${'A'.repeat(43)}.${'A'.repeat(43)}`);
    expect((await stranger.post('/api/sign-in', rightSignIn)).status).toBe(429);
  });

  test('ends the session that this browser had before', async () => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('ivanov');
    const former = browser.cookies.get(SESSION_COOKIE) ?? '';
    await lab.enrol('petrov');
    expect((await signInAs(browser, 'petrov')).status).toBe(200);
    expect(await lab.store.sessions.findPortalSession(hashToken(former), lab.clock.now())).toBeUndefined();
    expect((await browser.get('/api/session')).json().account.login).toBe('petrov');
  });

  test.each([
    ['no login', { password: 'x' }],
    ['no password', { login: 'ivanov' }],
    ['a login that is a list', { login: ['ivanov'], password: 'x' }],
    ['a login of 257 characters', { login: 'i'.repeat(257), password: 'x' }],
    ['a password of 1025 characters', { login: 'ivanov', password: 'x'.repeat(1025) }],
    ['a list', []],
    ['null', null],
  ])('with %s is not valid, and the answer repeats nothing of it', async (_, body) => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.post('/api/sign-in', body);
    expect(answer.status).toBe(400);
    expect(answer.json().code).toBe('request-invalid');
    expect(answer.text).not.toContain('ivanov');
  });

  test.each([
    ['with a zero', 'ivanov\u0000'],
    ['with a line break', 'ivanov\r\nSet-Cookie: a=b'],
    ['with an injected name', 'ivanov,CN=admin'],
    ['with a Cyrillic letter', 'ivаnov'],
    ['with a direction mark', '\u202eivanov'],
    ['with markup', '<script>alert(1)</script>'],
    ['of lone surrogates', '\ud800'],
    ['called __proto__', '__proto__'],
  ])('with a login %s fails like any other', async (_, login) => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.post('/api/sign-in', { login, password: 'Correct-Horse-1' });
    expect({ status: answer.status, code: answer.json().code }).toEqual({
      status: 401,
      code: 'sign-in-failed',
    });
  });
});

describe('POST /api/sign-out', () => {
  test.each([
    ['none', [], []],
    ['one', ['crm'], ['crm.propusk.localhost:8443']],
    ['another one', ['wiki'], ['wiki.propusk.localhost:8443']],
    ['both', ['wiki', 'crm', 'crm'], ['crm.propusk.localhost:8443', 'wiki.propusk.localhost:8443']],
  ])(
    'ends the session, and walks through the applications that it entered: %s',
    async (_, entered, hosts) => {
      const lab = await openPortalLab();
      const { browser } = await lab.openAs('ivanov');
      for (const id of entered) await lab.enter(browser, '/', id as ApplicationId);
      const token = browser.cookies.get(SESSION_COOKIE) ?? '';
      const answer = await browser.post('/api/sign-out');
      expect(await lab.store.sessions.findPortalSession(hashToken(token), lab.clock.now())).toBeUndefined();
      expect(browser.cookies.has(SESSION_COOKIE)).toBe(false);
      const visited: string[] = [];
      let next: string = answer.json().next;
      for (let hop = 0; hop < 10 && next !== '/signed-out'; hop++) {
        const url = new URL(next);
        visited.push(url.host);
        expect(url.pathname).toBe('/.propusk/signed-out');
        // The application's host sends the browser back with the same number.
        const back = await browser.get(`/signed-out?next=${url.searchParams.get('next')}`, {
          'sec-fetch-site': 'same-site',
        });
        expect(back.status).toBe(303);
        next = back.headers.location ?? '';
      }
      expect(visited).toEqual(hosts);
      expect((await browser.get('/signed-out')).status).toBe(200);
    },
  );

  test.each(['999', '-1', '1e9', 'x', '//evil.example', ''])(
    'ends at our own page for next=%s',
    async (next) => {
      const lab = shared();
      const browser = await lab.openBrowser();
      browser.cookies.set('__Host-propusk-walk', '0.1.7');
      const answer = await browser.get(`/signed-out?next=${encodeURIComponent(next)}`);
      expect({ status: answer.status, location: answer.headers.location }).toEqual({
        status: 303,
        location: '/signed-out',
      });
    },
  );
});

describe('a session', () => {
  test('is over for the portal too when an administrator ends it', async () => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('ivanov');
    const token = browser.cookies.get(SESSION_COOKIE) ?? '';
    const session = await lab.store.sessions.findPortalSession(hashToken(token), lab.clock.now());
    const why = 'ended-by-administrator';
    const actor = { kind: 'command-line' } as const;
    await lab.store.sessions.endSession(session?.id ?? expect.fail(), why, actor, lab.clock.now());
    const answer = await browser.post('/api/certificate/issue');
    expect({ status: answer.status, code: answer.json().code }).toEqual({
      status: 401,
      code: 'sign-in-required',
    });
    // The page that is opened next clears the cookie and gets a token to sign in with.
    await browser.reload();
    expect(browser.cookies.has(SESSION_COOKIE)).toBe(false);
    expect((await signInAs(browser, 'ivanov')).status).toBe(200);
  });

  test('ends after its idle and its absolute time', async () => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('ivanov');
    for (let hour = 0; hour < 24; hour += 6) {
      lab.clock.advance(6 * 3600);
      expect((await browser.get('/api/certificate')).status).toBe(200);
    }
    lab.clock.advance(12 * 3600);
    expect((await browser.get('/api/certificate')).status).toBe(401);
    await browser.reload();
    await signInAs(browser, 'ivanov');
    for (let hour = 0; hour < 14 * 24; hour += 8) {
      expect((await browser.get('/api/certificate')).status).toBe(200);
      lab.clock.advance(8 * 3600);
    }
    expect((await browser.get('/api/certificate')).status).toBe(401);
  });

  test('of a blocked account opens the portal, so that its owner is told', async () => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('volkov');
    expect((await browser.get('/api/session')).json().account.login).toBe('volkov');
    expect((await browser.get('/api/certificate')).json().download).toBe('administrator');
    expect((await browser.post('/api/certificate/issue')).json().code).toBe('account-blocked');
  });
});

describe('the language', () => {
  test.each([
    ['nothing', undefined, 'ru'],
    ['English', 'en-GB,en;q=0.9', 'en'],
    ['German and then English', 'de,en;q=0.5', 'en'],
    ['Russian before English', 'en;q=0.3,ru;q=0.8', 'ru'],
    ['no English', 'en;q=0', 'ru'],
    ['rubbish', ';;;,q=9,en;q=abc', 'ru'],
  ])('of a browser that asks for %s is found', async (_, header, locale) => {
    const lab = shared();
    const browser = await lab.openBrowser();
    const answer = await browser.get('/api/session', { 'accept-language': header ?? null });
    expect(answer.json().locale).toBe(locale);
  });

  test('of the browser comes before that of the account, and the choice before both', async () => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('sidorova');
    // Her account is English: what a browser says that asks for neither language.
    const neither = { 'accept-language': 'de' };
    expect((await browser.get('/api/session', neither)).json().locale).toBe('en');
    expect((await browser.get('/api/session', { 'accept-language': 'ru' })).json().locale).toBe('ru');
    expect((await browser.post('/api/locale', { locale: 'en' })).status).toBe(204);
    expect(browser.cookies.get(LOCALE_COOKIE)).toBe('en');
    expect((await browser.get('/api/session', { 'accept-language': 'ru' })).json().locale).toBe('en');
    expect((await browser.post('/api/locale', { locale: 'de' })).status).toBe(400);
    browser.cookies.set(LOCALE_COOKIE, 'de');
    expect((await browser.get('/api/session', neither)).json().locale).toBe('en');
  });

  test('can be chosen before signing in', async () => {
    const lab = await openPortalLab();
    const browser = await lab.openBrowser();
    await browser.post('/api/locale', { locale: 'en' });
    expect((await browser.get('/api/session')).json().locale).toBe('en');
  });
});

describe('the way into an application', () => {
  test('leads through sign-in for a visitor', async () => {
    const lab = await openPortalLab();
    const browser = await lab.openBrowser();
    const { request } = lab.makeEntryRequest('/tickets/7');
    const answer = await browser.get(`/enter?request=${request}`, { 'sec-fetch-site': 'same-site' });
    expect({ status: answer.status, location: answer.headers.location }).toEqual({
      status: 303,
      location: `/sign-in?request=${request}`,
    });
  });

  test('hands the session over by a code that works once, within 30 seconds, in the same browser', async () => {
    const lab = await openPortalLab();
    const { browser, account } = await lab.openAs('ivanov');
    const { request, binding } = lab.makeEntryRequest('/tickets/7?sort=date');
    const getCode = async () => {
      const answer = await browser.get(`/enter?request=${request}`, { 'sec-fetch-site': 'same-site' });
      expect(answer.status).toBe(303);
      expect(answer.headers['cache-control']).toBe('no-store');
      const url = new URL(answer.headers.location ?? '');
      expect(`${url.origin}${url.pathname}`).toBe(`${CRM_ORIGIN}/.propusk/callback`);
      return url.searchParams.get('code') ?? '';
    };
    const redeem = (code: string, by = binding) =>
      lab.store.gate.redeemHandOver({
        codeHash: hashToken(code),
        bindingHash: hashToken(by),
        applicationId: CRM,
        newTokenHash: hashToken(`${code}-token`),
        now: lab.clock.now(),
      });
    const code = await getCode();
    expect(await redeem(code)).toMatchObject({ accountId: account.id, returnPath: '/tickets/7?sort=date' });
    expect(await redeem(code)).toBeUndefined();
    expect(await redeem(await getCode(), 'another browser')).toBeUndefined();
    const late = await getCode();
    lab.clock.advance(31);
    expect(await redeem(late)).toBeUndefined();
  });

  test.each([
    '',
    '?request=',
    '?request=made-up',
    `?request=${'A'.repeat(43)}`,
    `?request=${'A'.repeat(500)}`,
    `?request=${'A'.repeat(5_000)}`,
    '?request=%0d%0aSet-Cookie:x',
  ])('leads home for /enter%s', async (query) => {
    const lab = await openPortalLab();
    const { browser } = await lab.openAs('ivanov');
    expect((await browser.get(`/enter${query}`)).headers.location).toBe('/');
    const visitor = await lab.openBrowser();
    expect((await visitor.get(`/enter${query}`)).headers.location).toMatch(
      /^\/sign-in(?:\?request=A{43,500})?$/,
    );
  });
});
