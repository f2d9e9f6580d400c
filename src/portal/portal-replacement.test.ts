import { describe, expect, test } from 'vitest';
import type { CastName } from '../../test/cast.ts';
import { CRM, openPortalLab } from '../../test/portal-lab.ts';
import { hashToken, makeToken, systemRandom } from '../kernel/random.ts';
import { certificateView, replacementCodeView } from './contract.ts';
import { SESSION_COOKIE } from './portal-cookies.ts';

/** Somebody whose certificate was issued an hour ago. */
async function openPage(name: CastName = 'ivanov') {
  const lab = await openPortalLab();
  const { browser, account } = await lab.openAs(name);
  await browser.post('/api/certificate/issue');
  await lab.messages();
  lab.clock.advance(3600);
  return {
    ...lab,
    browser,
    account,
    view: async () => certificateView.parse((await browser.get('/api/certificate')).json()),
    sendCode: () => browser.post('/api/certificate/replacement/code'),
    replace: (body: object = {}) => browser.post('/api/certificate/replace', body),
    readCode: async () =>
      /\d{4} \d{4}$/.exec((await lab.messages()).at(-1)?.text ?? '')?.[0] ?? expect.fail(),
    /** Enters the CRM with the current certificate, as the gate records it. */
    async enter() {
      const { request, binding } = lab.makeEntryRequest('/');
      const { headers } = await browser.get(`/enter?request=${request}`);
      const code = new URL(headers.location ?? '').searchParams.get('code') ?? '';
      const newTokenHash = hashToken(makeToken(systemRandom));
      const now = lab.clock.now();
      await lab.store.gate.redeemHandOver({
        codeHash: hashToken(code),
        bindingHash: hashToken(binding),
        applicationId: CRM,
        newTokenHash,
        now,
      });
      const entry = (await lab.store.gate.readEntry(newTokenHash, CRM, now)) ?? expect.fail('not entered');
      await lab.store.gate.recordPermit({ entry, applicationId: CRM, address: '192.0.2.1', now });
    },
  };
}

describe('replacing on the portal', () => {
  test('takes a word where the certificate was presented, and shows which one is to be removed', async () => {
    const { view, enter, replace, clock } = await openPage();
    expect(await view()).toMatchObject({ replacement: 'code', former: null });
    await enter();
    const before = await view();
    expect(before).toMatchObject({ replacement: 'confirm', former: null, presentedBefore: true });
    const answer = await replace();
    expect(answer.status).toBe(200);
    const after = certificateView.parse(answer.json());
    expect(after).toMatchObject({ download: 'again', replacement: 'code', presentedBefore: false });
    expect(after.former).toEqual(before.current);
    expect(after.current?.serialTail).not.toBe(after.former?.serialTail);
    expect(after.current?.issuedAt).toBe(clock.now().toISOString());
    expect((await replace()).json()).toEqual(answer.json());
  });

  test('takes a code where it was not; the answer says where it went, never what it is', async () => {
    const { sendCode, replace, readCode, view, messages } = await openPage();
    const required = await replace();
    expect([required.status, required.json().code]).toEqual([403, 'replacement-code-required']);
    const sent = await sendCode();
    expect(replacementCodeView.parse(sent.json())).toEqual({
      phone: '…47-12',
      expiresAt: '2026-11-22T10:40:00.000Z',
      resendAt: '2026-11-22T10:31:00.000Z',
    });
    const code = await readCode();
    expect(sent.text).not.toContain(code);
    const wrong = await replace({ code: code.startsWith('0') ? '1000 0000' : '0000 0000' });
    expect([wrong.status, wrong.json()]).toMatchObject([
      403,
      { code: 'replacement-code-wrong', triesLeft: 4 },
    ]);
    expect((await replace({ code })).status).toBe(200);
    expect(await view()).toMatchObject({ download: 'again', former: { subject: 'ivanov' } });
    expect(await messages()).toHaveLength(2);
  });

  test.each([{ code: 12_345_678 }, { code: '1'.repeat(65) }])('is not valid with %j', async (body) => {
    const { replace } = await openPage();
    expect((await replace(body)).json().code).toBe('request-invalid');
  });

  test('is bounded', async () => {
    const { replace, sendCode } = await openPage();
    for (let time = 0; time < 15; time++) {
      await replace();
      await sendCode();
    }
    const answer = await replace();
    expect([answer.status, answer.json().code]).toEqual([429, 'throttled']);
    expect((await sendCode()).json().code).toBe('throttled');
  });

  test('is for those who are signed in, on our own pages', async () => {
    const { browser, replace, sendCode } = await openPage();
    for (const path of ['replace', 'replacement/code']) {
      const foreign = { origin: 'https://crm.propusk.localhost:8443', 'sec-fetch-site': 'same-site' };
      const answer = await browser.post(`/api/certificate/${path}`, {}, foreign);
      expect(answer.json().code).toBe('origin-forbidden');
      const bare = await browser.post(`/api/certificate/${path}`, {}, { 'x-csrf-token': null });
      expect(bare.json().code).toBe('csrf-token');
    }
    browser.cookies.delete(SESSION_COOKIE);
    await browser.reload();
    expect((await replace()).json().code).toBe('sign-in-required');
    expect((await sendCode()).json().code).toBe('sign-in-required');
  });

  test('is not possible without a telephone, and says so', async () => {
    const { view, replace, sendCode, store, account, clock } = await openPage();
    await store.accountAdministration.changePhone({
      id: account.id,
      phone: undefined,
      actor: { kind: 'command-line' },
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    expect((await view()).replacement).toBe('not-possible');
    expect((await replace()).json().code).toBe('phone-missing');
    expect((await sendCode()).json().code).toBe('phone-missing');
  });
});
