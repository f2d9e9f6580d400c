import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { readAccountMenu } from './product/account-menu.ts';
import { findFreePorts } from './product/free-ports.ts';
import { type Installation, startInstallation } from './product/installation.ts';
import { signIn } from './product/portal-page.ts';
import { startAdminer, startTiddlyWiki } from './product/public-applications.ts';
import { createVisitor, type IssuedFile, type Visitor } from './product/visitor.ts';

const TAG = /<script src="\/\.propusk\/menu\.js\?v=[0-9a-f]{16}"(?: nonce="[^"]+")? async><\/script>/;
const HOSTS = {
  wiki: 'wiki.propusk.localhost',
  adminer: 'adminer.propusk.localhost',
  plain: 'plain.propusk.localhost',
} as const;

describe('applications that know nothing of us', () => {
  let ground: Lab;
  let site: Installation;
  let visitor: Visitor;
  let volkov: IssuedFile;
  const upstreams = { wiki: '', adminer: '' };
  const urlOf = (host: string) => site.crmUrl.replace('crm.propusk.localhost', host);

  beforeAll(async () => {
    ground = await openLab();
    const [wikiPort = 0, adminerPort = 0] = await findFreePorts(2);
    upstreams.wiki = await startTiddlyWiki(ground, wikiPort);
    upstreams.adminer = await startAdminer(ground, adminerPort);
    const { wiki, adminer } = upstreams;
    site = await startInstallation(ground, {}, {}, undefined, {
      applications: [
        { id: 'wiki', name: 'TiddlyWiki', hosts: [HOSTS.wiki], upstream: wiki },
        {
          id: 'adminer',
          name: 'Adminer',
          hosts: [HOSTS.adminer],
          upstream: adminer,
          homePath: '/adminer/',
        },
        { id: 'plain', name: 'Without a menu', hosts: [HOSTS.plain], upstream: wiki, accountMenu: false },
      ],
      // Near its end from the first day on.
      settings: { certificates: { validityDays: 10 } },
    });
    await site.addAccount('volkov', '+79161110001');
    visitor = await createVisitor(ground, site, 'volkov');
    volkov = await visitor.download();
  });
  afterAll(() => ground.close());

  const open = async (lab: Lab, address: string, language: 'ru' | 'en-US') => {
    const store = await lab.nssStore({ serverCaPem: site.serverCaPem });
    await store.importPkcs12(volkov.path, volkov.password);
    const chromium = await lab.chromium({ store, language });
    const { page } = chromium;
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) faults.push(message.text());
    });
    const opened = page.goto(address);
    await chromium.picker.choose('volkov');
    await opened;
    await signIn(page, site, 'volkov', language === 'ru' ? 'ru' : 'en');
    return { chromium, page, faults };
  };

  /** Through the gate as a page that people see, and as the application wrote it. */
  const readBoth = async (host: string, path: string, upstream: string, coding: string) => {
    let answer = await visitor.request({
      url: urlOf(host) + path,
      certificate: volkov.pem,
      headers: ['Accept: text/html'],
    });
    for (let hop = 0; hop < 4 && answer.status === 303; hop += 1) {
      const location = answer.headers.get('location')?.[0] ?? '';
      const url = new URL(location, urlOf(host)).href;
      answer = await visitor.request({ url, certificate: volkov.pem, headers: ['Accept: text/html'] });
    }
    const seen = await visitor.request({
      url: urlOf(host) + path,
      certificate: volkov.pem,
      headers: ['Sec-Fetch-Dest: document', 'Sec-Fetch-Mode: navigate', `Accept-Encoding: ${coding}`],
      moreArguments: ['--compressed'],
    });
    const own = await fetch(upstream + path);
    return { seen, own: await own.text() };
  };

  browserTest('TiddlyWiki in gzip arrives as it was written, with one tag', async () => {
    const { seen, own } = await readBoth(HOSTS.wiki, '/', upstreams.wiki, 'gzip');
    expect(seen.headers.get('content-encoding')).toEqual(['gzip']);
    expect(seen.text.replace(TAG, '') === own).toBe(true);
    expect(seen.text).toMatch(TAG);
  });

  browserTest('TiddlyWiki works, has the menu and the notice, and saves', async ({ lab }) => {
    const { page, faults } = await open(lab, urlOf(HOSTS.wiki), 'en-US');
    await page.locator('.tc-site-title').waitFor();
    const menu = await readAccountMenu(page);
    await menu.waitForText('Your certificate expires soon');
    await menu.waitForText(/^Certificate valid until \d\d\.\d\d\.\d{4}, 10 days left\.$/);
    await menu.press('Remind me tomorrow');
    await menu.waitUntilGone('expires soon');
    await page.locator('[aria-label="new tiddler"]').first().click();
    await page.waitForFunction("document.activeElement.value === 'New Tiddler'");
    // Its title has the focus and is selected.
    await page.keyboard.type('Through the gate');
    const saved = page.waitForResponse(
      (response) => response.request().method() === 'PUT' && response.url().endsWith('/Through%20the%20gate'),
    );
    await page.keyboard.press('Control+Enter');
    expect((await saved).status()).toBeLessThan(300);
    await page.reload();
    await page.locator('.tc-site-title').waitFor();
    await menu.press('Account volkov');
    await menu.waitForText('Sign out');
    // Put off until tomorrow, also after a reload.
    expect(await menu.texts()).not.toContain('Your certificate expires soon');
    expect(faults).toEqual([]);
  });

  browserTest('Adminer with its policy of nonces works and has the menu', async ({ lab }) => {
    const { page, faults } = await open(lab, `${urlOf(HOSTS.adminer)}/adminer/`, 'ru');
    await page.locator('body.js').waitFor({ state: 'attached' });
    const menu = await readAccountMenu(page);
    await menu.waitForText('Срок сертификата скоро закончится');
    await menu.press('Напомнить завтра');
    await menu.press('Учётная запись volkov');
    await menu.waitForText('Выбрать другой сертификат');
    expect(faults).toEqual([]);
  });

  browserTest('Adminer has the menu in Firefox, too', async ({ lab }) => {
    const firefox = await lab.firefox({
      serverCaPem: site.serverCaPem,
      language: 'ru',
      clientCertificate: 'select-automatically',
    });
    await firefox.store.importPkcs12(volkov.path, volkov.password);
    await firefox.restart();
    const { page } = firefox;
    await page.navigate(`${urlOf(HOSTS.adminer)}/adminer/`);
    await page.type('input[autocomplete="username"]', 'volkov');
    await page.type('input[type="password"]', await site.passwordOf('volkov'));
    await page.clickText('Войти');
    await page.text('body.js');
    // It is put into the page only once the gate has said who is here.
    await expect
      .poll(() => page.evaluate("document.querySelector('propusk-menu')?.parentNode.localName ?? ''"))
      .toBe('html');
    expect(await page.evaluate("document.querySelector('script[src*=propusk]') === null")).toBe(true);
  });

  browserTest('without a menu the notice comes over the portal, once', async ({ lab }) => {
    const { page } = await open(lab, `${urlOf(HOSTS.plain)}/`, 'ru');
    await page.getByRole('heading', { name: 'Срок сертификата скоро закончится' }).waitFor();
    await page.getByText('осталось 10 дней').waitFor();
    await page.getByRole('link', { name: 'Продолжить' }).click();
    await page.waitForURL(`${urlOf(HOSTS.plain)}/`);
    await page.locator('.tc-site-title').waitFor();
    expect(await (await readAccountMenu(page)).texts()).toBeUndefined();
    await page.goto(`${urlOf(HOSTS.plain)}/#again`);
    await page.reload();
    expect(page.url()).toContain(HOSTS.plain);
  });
});
