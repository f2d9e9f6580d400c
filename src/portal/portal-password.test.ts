import { describe, expect, test } from 'vitest';
import { CAST } from '../../test/cast.ts';
import { testHasher } from '../../test/enrolled.ts';
import { openPortalLab } from '../../test/portal-lab.ts';

const FIRST = 'k7fm-9xqt-cdwa-4hnp';
const OWN = 'семь холодных вечеров';

async function open() {
  const lab = await openPortalLab();
  const { store, clock } = lab;
  const ivanov = await lab.enrol('ivanov');
  const admin = await lab.enrol('admin');
  await store.accountAdministration.resetPassword({
    id: ivanov.id,
    revision: ivanov.revision,
    actor: { kind: 'account', accountId: admin.id },
    now: clock.now(),
    holdSeconds: 86_400,
    passwordHash: await testHasher.hashPassword(FIRST),
    message: undefined,
  });
  const browser = await lab.openBrowser();
  const { request } = lab.makeEntryRequest('/tickets/7');
  const login = CAST.ivanov.login;
  const signedIn = await browser.post('/api/sign-in', { login, password: FIRST, request });
  return { ...lab, browser, request, signedIn };
}

describe('a first password', () => {
  test('leads to the page where it is changed, and opens nothing else', async () => {
    const { browser, request, signedIn } = await open();
    expect(signedIn.json()).toEqual({ next: `/password?request=${request}` });
    expect((await browser.get('/api/session')).json().account.password).toBe('first');
    expect((await browser.get(`/enter?request=${request}`)).headers.location).toBe(
      `/password?request=${request}`,
    );
    for (const answer of [
      await browser.get('/api/certificate'),
      await browser.get('/api/certificate/file?format=modern&extension=pfx'),
      await browser.post('/api/certificate/issue', {}),
    ]) {
      expect(answer.json()).toMatchObject({ code: 'password-change-required' });
    }
  });

  test.each([
    ['the same again', FIRST],
    ['one known from breaches', 'Summer2026!'],
    ['a short one', 'short'],
  ])('is not changed to %s', async (_, password) => {
    const { browser } = await open();
    expect((await browser.post('/api/password', { password })).json()).toMatchObject({
      code: 'password-invalid',
    });
    expect((await browser.get('/api/session')).json().account.password).toBe('first');
  });

  test('changed to one of one’s own goes on to where one wanted, once', async () => {
    const { browser, request } = await open();
    expect((await browser.post('/api/password', { password: OWN })).status).toBe(204);
    expect((await browser.get(`/enter?request=${request}`)).headers.location).toContain(
      '/.propusk/callback?code=',
    );
    expect((await browser.get('/api/certificate')).status).toBe(200);
    const again = await browser.post('/api/password', { password: 'другой длинный пароль' });
    expect(again.json()).toMatchObject({ code: 'password-wrong' });
  });
});
