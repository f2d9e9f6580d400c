import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CastName } from '../../test/cast.ts';
import { CRM, CRM_ORIGIN, openPortalLab, type PortalLabOptions, signInAs } from '../../test/portal-lab.ts';
import { makeTestDirectory } from '../../test/real-store.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { hashToken } from '../kernel/random.ts';
import { certificateView, chooseAgainView, refusalView } from './contract.ts';
import { SESSION_COOKIE } from './portal-cookies.ts';

const machine: Actor = { kind: 'command-line' };

async function openPage(name: CastName = 'ivanov', options: PortalLabOptions = {}) {
  const lab = await openPortalLab(options);
  const { browser, account } = await lab.openAs(name);
  return {
    ...lab,
    browser,
    account,
    view: async () => certificateView.parse((await browser.get('/api/certificate')).json()),
    press: (path: 'issue' | 'send-password') => browser.post(`/api/certificate/${path}`),
    download: (query = '') => browser.get(`/api/certificate/file${query}`),
  };
}

function opensWith(directory: string, file: Uint8Array, password: string): string {
  const path = join(directory, 'file.pfx');
  writeFileSync(path, file);
  const options = ['pkcs12', '-in', path, '-nokeys', '-clcerts', '-passin', `pass:${password}`];
  const pem = execFileSync('openssl', options, { encoding: 'utf8', stdio: 'pipe' });
  return execFileSync('openssl', ['x509', '-noout', '-subject', '-serial'], { encoding: 'utf8', input: pem });
}

describe('the certificate page', () => {
  test('offers a new certificate, issues it, and gives a file that opens with the password of the message', async () => {
    const { view, press, download, messages } = await openPage();
    expect(await view()).toEqual({
      state: 'none',
      current: null,
      download: 'new',
      file: null,
      password: null,
      replacement: 'not-possible',
      phoneHeldUntil: null,
      former: null,
      expiresSoon: false,
      presentedBefore: false,
    });
    const issued = await press('issue');
    expect(issued.status).toBe(200);
    const shown = certificateView.parse(issued.json());
    expect(shown).toMatchObject({
      state: 'active',
      download: 'again',
      current: {
        subject: 'ivanov',
        issuedAt: '2026-11-22T09:30:00.000Z',
        notBefore: '2026-11-22T09:20:00.000Z',
      },
      file: { name: 'ivanov-2026-11-22', availableUntil: '2026-11-22T09:40:00.000Z' },
      password: {
        phone: '…47-12',
        delivery: 'queued',
        failureCategory: null,
        availableUntil: '2026-11-23T09:30:00.000Z',
        resendAt: '2026-11-22T09:31:00.000Z',
      },
    });
    const [message] = await messages();
    const text = issued.text;
    expect(text).not.toContain(message?.password);
    const answer = await download();
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-pkcs12',
      'content-disposition':
        'attachment; filename="ivanov-2026-11-22.pfx"; filename*=UTF-8\'\'ivanov-2026-11-22.pfx',
      'cache-control': 'no-store',
      'content-length': String(answer.bytes.length),
    });
    const opened = opensWith(await makeTestDirectory(), answer.bytes, message?.password ?? '');
    expect(opened).toMatch(/subject=CN ?= ?ivanov/);
    expect(opened).toMatch(new RegExp(`serial=[0-9A-F]*${shown.current?.serialTail}\\n`));
    expect((await view()).password?.delivery).toBe('delivered');
  });

  test('pressed a hundred times at once issues one certificate', async () => {
    const { press, store, account, messages } = await openPage();
    const answers = await Promise.all(Array.from({ length: 100 }, () => press('issue')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => answer.json().current.serialTail)).size).toBe(1);
    expect(await store.enrolment.listCertificates({ accountId: account.id, limit: 10 })).toHaveLength(1);
    expect(await messages()).toHaveLength(1);
  });

  test('gives the same certificate and password in both formats for ten minutes', async () => {
    const { clock, press, download, messages } = await openPage();
    await press('issue');
    const [message] = await messages();
    const directory = await makeTestDirectory();
    const seen = new Set<string>();
    for (const query of ['', '?format=modern', '?format=compatible&extension=p12']) {
      clock.advance(180);
      await press('issue');
      const answer = await download(query);
      expect(answer.headers['content-disposition']).toContain(query.includes('p12') ? '.p12"' : '.pfx"');
      seen.add(opensWith(directory, answer.bytes, message?.password ?? ''));
    }
    expect(seen.size).toBe(1);
    expect(await messages()).toEqual([]);
  });

  test('says after ten minutes that the file is gone, while the password can still be sent', async () => {
    const { clock, browser, press, download, view } = await openPage();
    await press('issue');
    clock.advance(600);
    expect(await view()).toMatchObject({
      download: 'file-gone',
      file: null,
      password: { delivery: 'queued' },
    });
    for (const answer of [await press('issue'), await download()]) {
      expect({ status: answer.status, code: answer.json().code }).toEqual({ status: 410, code: 'file-gone' });
    }
    expect((await press('send-password')).status).toBe(200);
    clock.advance(86_400);
    await browser.reload();
    await signInAs(browser, 'ivanov');
    expect((await view()).password?.resendAt).toBeNull();
    expect((await press('send-password')).json().code).toBe('password-gone');
  });

  test('downloads nothing before anything was issued', async () => {
    const { download, store, account } = await openPage();
    expect((await download()).json().code).toBe('file-gone');
    expect(await store.enrolment.listCertificates({ accountId: account.id, limit: 10 })).toEqual([]);
  });

  test('records each download, and bounds them', async () => {
    const { clock, press, download, store } = await openPage();
    await press('issue');
    for (let time = 0; time < 30; time++) expect((await download()).status).toBe(200);
    const answer = await download();
    expect({ status: answer.status, code: answer.json().code }).toEqual({ status: 429, code: 'throttled' });
    expect(await store.audit.listEvents({ limit: 99, type: 'certificate-file-downloaded' })).toHaveLength(30);
    clock.advance(599);
    expect((await download()).status).toBe(429);
  });

  test.each(['?format=legacy', '?extension=exe', '?format=modern&format=compatible'])(
    'refuses %s',
    async (query) => {
      const { press, download } = await openPage();
      await press('issue');
      expect((await download(query)).json().code).toBe('request-invalid');
    },
  );

  test('without a telephone says so before anything is issued', async () => {
    const { view, press, store, account, clock } = await openPage('orlova');
    expect((await view()).download).toBe('phone-missing');
    const answer = await press('issue');
    expect({ status: answer.status, code: answer.json().code }).toEqual({
      status: 409,
      code: 'phone-missing',
    });
    await store.accountAdministration.changePhone({
      id: account.id,
      phone: '+79161234799' as PhoneNumber,
      actor: machine,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    expect((await press('issue')).json().password.phone).toBe('…47-99');
  });

  test('limits sending again and says when it works', async () => {
    const { clock, press, messages } = await openPage();
    await press('issue');
    const early = await press('send-password');
    expect({ status: early.status, code: early.json().code, wait: early.headers['retry-after'] }).toEqual({
      status: 429,
      code: 'throttled',
      wait: '60',
    });
    for (let time = 1; time < 5; time++) {
      clock.advance(60);
      expect((await press('send-password')).status).toBe(200);
    }
    clock.advance(60);
    const late = await press('send-password');
    expect({ status: late.status, code: late.json().code }).toEqual({ status: 429, code: 'message-limit' });
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(3000);
    // Each one replaced the one before, which nobody had fetched.
    expect(await messages()).toHaveLength(1);
  });

  test('shows how the message is doing, and sends it to a corrected number', async () => {
    const { clock, press, view, store, account } = await openPage();
    await press('issue');
    const claim = async () => {
      const [message] = await store.outbox.claimDueMessages(clock.now(), 5, 60);
      return message ?? expect.fail('nothing to deliver');
    };
    const retryAt = new Date(clock.now().getTime() + 15_000);
    await store.outbox.recordRetry((await claim()).id, 'unreachable', retryAt, clock.now());
    expect((await view()).password).toMatchObject({ delivery: 'retrying', failureCategory: 'unreachable' });
    clock.advance(60);
    await store.outbox.recordFailed((await claim()).id, 'number-refused', clock.now());
    expect((await view()).password).toMatchObject({
      delivery: 'failed',
      failureCategory: 'number-refused',
      finishedAt: '2026-11-22T09:31:00.000Z',
      resendAt: '2026-11-22T09:31:00.000Z',
    });
    await store.accountAdministration.changePhone({
      id: account.id,
      phone: '+79161234799' as PhoneNumber,
      actor: machine,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    expect((await press('send-password')).json().password).toMatchObject({
      phone: '…47-99',
      delivery: 'queued',
      failureCategory: null,
    });
    expect((await claim()).to).toBe('+79161234799');
  });

  test('of a revoked certificate offers nothing, and gives neither file nor password', async () => {
    const { press, view, download, store, account, clock } = await openPage();
    await press('issue');
    const [certificate] = await store.enrolment.listCertificates({ accountId: account.id, limit: 1 });
    await store.enrolment.revokeCertificate({
      certificateId: certificate?.id ?? expect.fail(),
      reason: 'keyCompromise',
      comment: undefined,
      actor: machine,
      now: clock.now(),
    });
    clock.advance(60);
    expect(await view()).toMatchObject({ state: 'revoked', download: 'administrator', file: null });
    expect((await press('issue')).json().code).toBe('download-not-allowed');
    expect((await download()).json().code).toBe('download-not-allowed');
    expect((await press('send-password')).json().code).toBe('password-gone');
  });

  test('of one person shows nothing of another’s', async () => {
    const { press, openAs } = await openPage();
    await press('issue');
    const petrov = await openAs('petrov');
    expect((await petrov.browser.get('/api/certificate')).json()).toMatchObject({
      state: 'none',
      current: null,
    });
    expect((await petrov.browser.get('/api/certificate/file')).json().code).toBe('file-gone');
  });

  test('names the file of a Cyrillic login by the account, in ASCII', async () => {
    const { press, download, account } = await openPage('kuznetsov');
    await press('issue');
    expect((await download('?extension=p12')).headers['content-disposition']).toBe(
      `attachment; filename="${account.id}-2026-11-22.p12"; filename*=UTF-8''${account.id}-2026-11-22.p12`,
    );
  });
});

describe('a refusal', () => {
  test('is shown to the one it happened to, with the way back', async () => {
    const { browser, refuse, press } = await openPage();
    const decision = await refuse(browser, '/tickets/7?sort=date');
    const answer = await browser.get(`/api/refusal?decision=${decision}`);
    expect(refusalView.parse(answer.json())).toEqual({
      decision,
      at: '2026-11-22T09:30:00.000Z',
      reason: 'certificate-missing',
      application: { id: 'crm', name: 'CRM «Обращения»', homeUrl: `${CRM_ORIGIN}/tickets` },
      returnUrl: `${CRM_ORIGIN}/tickets/7?sort=date`,
      presented: null,
      expected: null,
    });
    expect((await browser.get('/api/refusal')).json().decision).toBe(decision);
    await press('issue');
    expect((await browser.get('/api/refusal')).json().expected).toMatchObject({ subject: 'ivanov' });
  });

  test('is not there for anybody else, nor for a made-up number', async () => {
    const { browser, refuse, openAs } = await openPage();
    const decision = await refuse(browser, '/');
    const petrov = await openAs('petrov');
    for (const query of [`?decision=${decision}`, '']) {
      const answer = await petrov.browser.get(`/api/refusal${query}`);
      expect({ query, status: answer.status, code: answer.json().code }).toEqual({
        query,
        status: 404,
        code: 'not-found',
      });
    }
    const madeUp = '00000000-0000-4000-8000-000000000000';
    expect((await browser.get(`/api/refusal?decision=${madeUp}`)).status).toBe(404);
    expect((await browser.get('/api/refusal?decision=1')).json().code).toBe('request-invalid');
  });
});

describe('choosing another certificate', () => {
  test('takes a token that works once, at that application, for a minute', async () => {
    const { browser, refuse, store, clock, account } = await openPage();
    await refuse(browser, '/tickets/7');
    const ask = async () =>
      chooseAgainView.parse((await browser.post('/api/choose-again', { application: 'crm' })).json());
    const first = await ask();
    expect(first).toMatchObject({
      url: `${CRM_ORIGIN}/.propusk/choose-again`,
      returnUrl: `${CRM_ORIGIN}/tickets/7`,
    });
    const redeem = (token: string, applicationId = CRM) =>
      store.gate.redeemChooseAgain({ tokenHash: hashToken(token), applicationId, now: clock.now() });
    expect(await redeem(first.token)).toMatchObject({ accountId: account.id });
    expect(await redeem(first.token)).toBeUndefined();
    expect(await redeem((await ask()).token, 'wiki' as typeof CRM)).toBeUndefined();
    const late = await ask();
    clock.advance(61);
    expect(await redeem(late.token)).toBeUndefined();
  });

  test('leads to the application’s home where nothing was refused there', async () => {
    const { browser } = await openPage();
    const answer = await browser.post('/api/choose-again', { application: 'crm' });
    expect(answer.json().returnUrl).toBe(`${CRM_ORIGIN}/tickets`);
  });

  test.each([{}, { application: 1 }, { application: 'x'.repeat(200) }])(
    'is not valid with %j',
    async (body) => {
      const { browser } = await openPage();
      const answer = await browser.post('/api/choose-again', body);
      expect(answer.json().code).toBe('request-invalid');
    },
  );

  test('is not there for an unknown application, nor without a session', async () => {
    const { browser } = await openPage();
    expect((await browser.post('/api/choose-again', { application: 'billing' })).status).toBe(404);
    browser.cookies.delete(SESSION_COOKIE);
    await browser.reload();
    expect((await browser.post('/api/choose-again', { application: 'crm' })).json().code).toBe(
      'sign-in-required',
    );
  });
});
