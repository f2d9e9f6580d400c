import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Installation, startInstallation } from './product/installation.ts';
import { press, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

/** As applications mounted below a path do: a session cookie that no other path shows. */
const APPLICATION_COOKIES = [
  'root_sid=1; Path=/; HttpOnly',
  'path_sid=1; Path=/office/desk; HttpOnly; Max-Age=86400',
  'domain_sid=1; Path=/; Domain=propusk.localhost',
  '__Host-app=1; Path=/; Secure',
  '__Secure-app=1; Path=/office; Secure',
];
const NAMES = ['__Host-app', '__Secure-app', 'by_script', 'domain_sid', 'path_sid', 'root_sid'];

describe('the cookies of an application in a browser', () => {
  let ground: Lab;
  let product: Installation;
  let files: readonly IssuedFile[];

  beforeAll(async () => {
    ground = await openLab();
    const application = createServer((_, response) => {
      response.setHeader('set-cookie', APPLICATION_COOKIES);
      response.setHeader('content-type', 'text/html');
      response.end('<h1>desk</h1><script>document.cookie = "by_script=1; path=/"</script>');
    }).listen(0, '127.0.0.1');
    await once(application, 'listening');
    ground.onClose(async () => {
      application.closeAllConnections();
      application.close();
    });
    const { port } = application.address() as AddressInfo;
    product = await startInstallation(ground, {}, {}, `http://127.0.0.1:${port}`);
    files = await Promise.all(
      [
        ['ivanov', '+79990000001'],
        ['petrov', '+79990000002'],
      ].map(async ([login = '', phone]) => {
        await product.addAccount(login, phone);
        return await (await createVisitor(ground, product, login)).download();
      }),
    );
  });
  afterAll(() => ground.close());

  async function enterAs(lab: Lab, login: string): Promise<Chromium> {
    const store = await lab.nssStore({ serverCaPem: product.serverCaPem });
    for (const { path, password } of files) await store.importPkcs12(path, password);
    const chromium = await lab.chromium({ store });
    const opened = chromium.page.goto(`${product.crmUrl}/office/desk`);
    await chromium.picker.choose(login);
    await opened;
    await signIn(chromium.page, product, login);
    await chromium.page.waitForURL(`${product.crmUrl}/office/desk`);
    await chromium.page.locator('h1').waitFor();
    expect(await cookiesOf(chromium)).toEqual(NAMES);
    return chromium;
  }
  const cookiesOf = async (chromium: Chromium) =>
    (await chromium.context.cookies())
      .filter(({ domain, name }) => !domain.startsWith('id.') && !name.startsWith('__Host-propusk'))
      .map(({ name }) => name)
      .sort();
  const portalCookie = async (chromium: Chromium, name: string) =>
    (await chromium.context.cookies(product.portalUrl)).find((cookie) => cookie.name === name)?.value;

  browserTest('all go at sign-out; the portal’s marks and other sites’ cookies stay', async ({ lab }) => {
    const chromium = await enterAs(lab, 'ivanov');
    await chromium.context.addCookies([
      { name: 'neighbour', value: '1', domain: 'other.propusk.localhost', path: '/' },
    ]);
    await chromium.page.goto(`${product.portalUrl}/`);
    await press(chromium.page, 'EN, English');
    await chromium.page.waitForFunction("document.documentElement.lang === 'en'");
    const mark = await portalCookie(chromium, '__Host-propusk-browser');
    expect(mark).toBeDefined();

    await press(chromium.page, TEXTS.en.signOut);
    await chromium.page.waitForURL(/\/(?:signed-out|sign-in)$/);
    expect(await cookiesOf(chromium)).toEqual(['neighbour']);
    expect(await portalCookie(chromium, '__Host-propusk-browser')).toBe(mark);
    expect(await portalCookie(chromium, '__Host-propusk-locale')).toBe('en');
    expect(await portalCookie(chromium, '__Host-propusk-portal')).toBeUndefined();
  });

  browserTest('all go when another account comes without a sign-out before', async ({ lab }) => {
    const chromium = await enterAs(lab, 'ivanov');
    const { context, page } = chromium;
    // The portal's session is over, the application's cookies are not.
    await context.clearCookies({ name: '__Host-propusk-portal' });
    await context.clearCookies({ name: '__Host-propusk-session' });
    const answers: string[] = [];
    page.on('response', (response) => {
      if (!response.url().includes('/.propusk/callback')) return;
      void response.headersArray().then((headers) => {
        answers.push(...headers.filter(({ name }) => name === 'set-cookie').map(({ value }) => value));
      });
    });
    await page.goto(product.crmUrl);
    await signIn(page, product, 'petrov');
    await page.locator('[data-reason="certificate-mismatch"]').waitFor();
    expect(answers.join('\n')).toContain('path_sid=; Path=/office/desk; Max-Age=0');
    expect(await cookiesOf(chromium)).toEqual([]);
    expect(await portalCookie(chromium, '__Host-propusk-browser')).toBeDefined();
  });
});
