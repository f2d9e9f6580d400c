import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDssLab } from '../../../test/dss-lab.ts';

const PASSWORD = 'dss-password';

async function openConnected(remember: boolean) {
  const lab = await openDssLab();
  const browser = await lab.openAs('ivanov');
  const { dss } = browser;
  const { id } = (await dss.connect('password')).json();
  await dss.send('POST', `/api/dss/attempts/${id}/password`, { password: PASSWORD, remember });
  await dss.until(id, 'done');
  const [connection] = (await dss.get('/api/dss/connections')).json().connections;
  return { lab, browser, dss, connection };
}

describe('the password of a DSS', () => {
  test('that is remembered opens the next sign-in; one that is not is asked for again', async () => {
    for (const remember of [true, false]) {
      const { lab, dss, connection } = await openConnected(remember);
      expect(connection.isPasswordRemembered).toBe(remember);
      lab.clock.advance(301);
      const [later] = (await dss.get('/api/dss/connections')).json().connections;
      expect(later.state).toBe('sign-in-needed');
      const again = (await dss.send('POST', `/api/dss/connections/${connection.id}/refresh`)).json();
      if (remember) await dss.until(again.id, 'done');
      else expect(again.state).toEqual({ kind: 'password-needed', wasWrong: false });
    }
  });

  test('is of no use to another cookie of the same session', async () => {
    const { lab, browser, connection } = await openConnected(true);
    const other = lab.dssBrowser(browser);
    const [seen] = (await other.get('/api/dss/connections')).json().connections;
    expect(seen).toMatchObject({ isPasswordRemembered: false, state: 'sign-in-needed' });
    const again = await other.send('POST', `/api/dss/connections/${connection.id}/refresh`);
    expect(again.json().state).toEqual({ kind: 'password-needed', wasWrong: false });
  });

  test('is gone at sign-out, and a request that waits ends with it', async () => {
    const { lab, browser, dss } = await openConnected(true);
    const { id } = (await dss.connect('sim', { name: 'other' })).json();
    await dss.until(id, 'waiting');
    await lab.store.sessions.endSession(
      browser.session.id,
      'signed-out',
      { kind: 'account', accountId: browser.account.id },
      lab.clock.now(),
    );
    await lab.connections.sweep();
    expect(lab.connections.attempts.list(browser.session.id)).toEqual([]);
    const asked = lab.simulator.calls().length;
    lab.simulator.answer('sim', 'confirm');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(lab.simulator.calls().length - asked).toBeLessThanOrEqual(1);
    const who = {
      accountId: browser.account.id,
      sessionId: browser.session.id,
      sessionToken: dss.token,
      actor: { kind: 'system' },
    } as const;
    // Even with the cookie of then.
    expect(await lab.connections.list(who)).toMatchObject([
      { isSignedIn: false, isPasswordRemembered: false },
    ]);
  });

  test('stands neither in the database, nor on the disk, nor in the log, and no token does', async () => {
    const { lab } = await openConnected(true);
    const basic = Buffer.from(`password:${PASSWORD}`).toString('base64');
    // Tokens are JWTs.
    const secrets = [PASSWORD, basic, 'eyJhbGciOi'];
    const { place } = await lab.store.health();
    const folder = join(place, '..');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(0);
    const texts = [...files.map((path) => readFileSync(path, 'latin1')), ...lab.logged];
    expect(texts.some((text) => text.includes('password'))).toBe(true);
    for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });

  test('a token that dies early costs one more sign-in and nothing else', async () => {
    const { lab, dss, connection } = await openConnected(true);
    lab.simulator.service.tokens.revoke('password');
    const again = (await dss.send('POST', `/api/dss/connections/${connection.id}/refresh`)).json();
    expect(await dss.until(again.id, 'done')).toMatchObject({ result: { imported: 2 } });
  });
});
