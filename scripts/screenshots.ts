/**
 * Pictures of every page and state of the portal into `screenshots/`, from the built pages (`npm run build:web` first)
 * under the real content security policy, with a mock behind them. Fails on a policy violation, a console error, a page
 * that scrolls sideways, and a refusal page whose next step is below the fold.
 *
 *     node scripts/screenshots.ts [part of a scenario's name]
 *
 * `CHROMIUM_PATH` names another Chromium than /usr/bin/chromium.
 */
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { NOW } from '../web/dev/fixtures.ts';
import { SCENARIOS } from '../web/dev/scenarios.ts';
import { serveBuilt } from '../web/dev/serve-built.ts';
import { DEVICES } from './screenshots/devices.ts';

interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly locale: 'ru' | 'en';
  readonly dark?: boolean;
  /** 200 % zoom is half the CSS width at twice the pixels. */
  readonly scale?: number;
  readonly only?: RegExp;
}

const LOOKS: readonly Look[] = [
  { name: 'desktop-ru', width: 1366, height: 768, locale: 'ru' },
  { name: 'desktop-en', width: 1366, height: 768, locale: 'en' },
  { name: 'narrow-ru', width: 390, height: 844, locale: 'ru' },
  {
    name: 'narrow-en',
    width: 390,
    height: 844,
    locale: 'en',
    only: /6-1|6-3|delivered|home-active|sign-in$|choose-again|expires-soon|instructions-ios|home-soon$/,
  },
  {
    name: '360-ru',
    width: 360,
    height: 740,
    locale: 'ru',
    only: /6-3|delivered|home-soon|sign-in$|sign-in-to|long|choose-again|expires-soon|instructions|replace/,
  },
  {
    name: '360-en',
    width: 360,
    height: 740,
    locale: 'en',
    only: /choose-again|expires-soon|home-soon|sign-in-to|instructions|replace/,
  },
  {
    name: 'dark-ru',
    width: 1366,
    height: 768,
    locale: 'ru',
    dark: true,
    only: /6-1|6-3|6-5|delivered|failed|home-active|sign-in$|instructions-windows/,
  },
  {
    name: 'zoom200-ru',
    width: 683,
    height: 384,
    locale: 'ru',
    scale: 2,
    only: /6-3|delivered|home-soon|sign-in$/,
  },
];

/** Chrome's own bars leave about this much of a screen of 768. */
const FOLD = 650;
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0';
const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';

const folder = resolve(import.meta.dirname, '../screenshots');
const wanted = process.argv[2] ?? '';
const findings: string[] = [];
const { server, origin } = await serveBuilt();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
if (wanted === '') await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
try {
  for (const look of LOOKS) await takeAll(browser, look);
  await takeFirefox(browser);
  await takeDevices(browser);
  await takeStates(browser);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
for (const finding of findings) console.error(finding);
process.exitCode = findings.length === 0 ? 0 : 1;

async function takeAll(from: Browser, look: Look): Promise<void> {
  const names = Object.keys(SCENARIOS).filter(
    (name) => name.includes(wanted) && (look.only === undefined || look.only.test(name)),
  );
  if (names.length === 0) return;
  const page = await openPage(from, look);
  for (const name of names) {
    await show(page, name, look);
    await page.screenshot({ path: resolve(folder, `${name}--${look.name}.png`), fullPage: true });
  }
  await page.context().close();
  console.log(`${look.name}: ${names.length}`);
}

async function openPage(from: Browser, look: Look, userAgent = WINDOWS): Promise<Page> {
  const context = await from.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: look.scale ?? 1,
    colorScheme: look.dark ? 'dark' : 'light',
    timezoneId: 'Europe/Moscow',
    locale: look.locale === 'ru' ? 'ru-RU' : 'en-GB',
    reducedMotion: 'reduce',
    userAgent,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  await page.clock.install({ time: NOW });
  page.on('console', (entry) => {
    const expected = /status of (?:401|403|404|429|500)|ERR_EMPTY_RESPONSE|ApiProblem/.test(entry.text());
    if (entry.type() === 'error' && !expected) findings.push(`${page.url()}: ${entry.text()}`);
  });
  page.on('pageerror', (error) => findings.push(`${page.url()}: ${error.message}`));
  return page;
}

async function show(page: Page, name: string, look: Look): Promise<void> {
  const scenario = SCENARIOS[name];
  if (scenario === undefined) throw new TypeError(`no scenario ${name}`);
  await page.context().addCookies([
    { name: 'scenario', value: name, url: origin },
    { name: 'locale', value: look.locale, url: origin },
  ]);
  await page.goto(origin + scenario.path);
  const isWaiting = scenario.fault === 'hangs';
  await page.waitForSelector(isWaiting ? '[aria-busy]' : 'h1');
  await page.evaluate('document.fonts.ready');
  // Pictures far down a page are loaded only when somebody scrolls to them.
  await page.evaluate(`Promise.all([...document.images].map((image) => {
    image.loading = 'eager';
    return image.decode();
  }))`);
  await check(page, name, look);
}

async function check(page: Page, name: string, look: Look): Promise<void> {
  const overflow: unknown = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  if (typeof overflow === 'number' && overflow > 0) {
    findings.push(`${name}, ${look.name}: ${overflow} px wider than the window`);
  }
  if (!name.startsWith('refused-6') || look.width < 1000) return;
  // In Safari, what works there has to be read before the button.
  if ((await page.locator('[data-advice]').count()) > 0) return;
  // Where Firefox has to forget first, the first of those steps is what has to be in sight.
  const box = await page
    .locator('main ol > li, main .mantine-Button-root:not([data-variant="default"])')
    .first()
    .boundingBox();
  const bottom = box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
  if (bottom > FOLD) findings.push(`${name}, ${look.name}: the next step ends at ${bottom} px`);
}

/** Firefox has ways of its own; its pages differ by what the browser says of itself, and by what was chosen in its window. */
async function takeFirefox(from: Browser): Promise<void> {
  for (const look of LOOKS.filter(({ name }) => /^(?:desktop|narrow)-/.test(name))) {
    const page = await openPage(from, look, FIREFOX);
    for (const name of ['refused-6-3', 'refused-6-3-superseded', 'refused-6-4', 'certificate-delivered']) {
      if (!name.includes(wanted)) continue;
      await show(page, name, look);
      for (const kind of ['session', 'once', 'permanent']) {
        const choice = page.locator(`input[value=${kind}]`);
        if (!(await choice.isVisible()))
          await page.locator('details:has(input[value=once]) > summary').click();
        await choice.check({ force: true });
        const path = resolve(folder, `${name}-${kind}--firefox-${look.name}.png`);
        await page.screenshot({ path, fullPage: true });
      }
    }
    await page.context().close();
  }
}

/** What is said on a telephone, in Safari and inside an app before a certificate is issued. */
async function takeDevices(from: Browser): Promise<void> {
  if (!'device'.includes(wanted) && wanted !== '') return;
  for (const { name: device, width, userAgent } of DEVICES) {
    for (const locale of ['ru', 'en'] as const) {
      const look: Look = { name: `${device}-${locale}`, width, height: 768, locale };
      const page = await openPage(from, look, userAgent);
      const picture = (name: string) =>
        page.screenshot({ path: resolve(folder, `device-${name}--${look.name}.png`), fullPage: true });
      for (const name of ['refused-6-1', 'certificate-new', 'certificate-delivered', 'replace-confirm']) {
        await show(page, name, look);
        if (name === 'replace-confirm') {
          await page.locator('main .mantine-Button-root:not([data-variant="default"])').first().click();
          await page.locator('dialog .mantine-Button-root').first().click();
        }
        if (name !== 'certificate-delivered') await page.waitForSelector('[data-advice]');
        await check(page, name, look);
        await picture(name);
      }
      await page.context().close();
    }
  }
  console.log('devices');
}

/** The confirmation, the code and its faults, and the end. */
async function takeReplacing(from: Browser, look: Look): Promise<void> {
  const page = await openPage(from, look);
  const picture = (name: string) =>
    page.screenshot({ path: resolve(folder, `pressed-replace-${name}--${look.name}.png`), fullPage: true });
  const primary = page.locator('main .mantine-Button-root:not([data-variant="default"])').first();
  const yes = page.locator('dialog .mantine-Button-root').first();
  const answer = async (code: string) => {
    await page.fill('input[name=code]', code);
    await page.keyboard.press('Enter');
  };

  await show(page, 'replace-confirm', look);
  await primary.click();
  await yes.waitFor();
  await picture('asked');
  await page.keyboard.press('Escape');
  await yes.waitFor({ state: 'detached' });
  await primary.click();
  await yes.click();
  await yes.waitFor({ state: 'detached' });
  await picture('confirmed');
  await show(page, 'replace-code', look);
  await primary.click();
  await yes.click();
  await yes.waitFor({ state: 'detached' });
  await picture('code-needed');
  await primary.click();
  await page.waitForSelector('input[name=code]');
  await picture('code-sent');
  await answer('1234');
  await picture('code-short');
  await answer('0000 0000');
  await page.waitForSelector('[role=alert] >> text=4');
  await picture('code-wrong');
  await answer('9999 9999');
  await page.waitForSelector('button[type=submit]:disabled');
  await picture('code-spent');
  await show(page, 'replace-code', look);
  await primary.click();
  await yes.click();
  await primary.click();
  const download = page.waitForEvent('download');
  await answer('1234 5678');
  await download;
  await page.waitForSelector('[data-stage=done]');
  await picture('done');
  await page.context().close();
}

/** What shows itself only after a press. */
async function takeStates(from: Browser): Promise<void> {
  if (!'pressed'.includes(wanted) && wanted !== '') return;
  const look: Look = { name: 'desktop-ru', width: 1366, height: 768, locale: 'ru' };
  const page = await openPage(from, look);
  const picture = (name: string) =>
    page.screenshot({ path: resolve(folder, `pressed-${name}--desktop-ru.png`), fullPage: true });

  await show(page, 'sign-in', look);
  await page.keyboard.type('ivanov');
  await page.keyboard.press('Enter');
  await picture('sign-in-empty-password');
  await page.keyboard.type('парол');
  await picture('sign-in-cyrillic');
  await page.fill('input[name=password]', 'wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('input[name=password][aria-invalid=true]');
  await picture('sign-in-failed');
  await page.fill('input[name=password]', 'often');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role=alert]');
  await picture('sign-in-throttled');

  await show(page, 'refused-6-3', look);
  await page.click('summary');
  await picture('refused-6-3-whom-to-call');

  await show(page, 'refused-6-1', look);
  const download = page.waitForEvent('download');
  await page.click('text=Скачать сертификат');
  const file = await download;
  if (file.suggestedFilename() !== 'ivanov-2026-11-22.pfx') {
    findings.push(`the file is called ${file.suggestedFilename()}`);
  }
  await page.waitForURL(/\/certificate\?decision=/);
  await page.waitForSelector('text=скачан');
  await picture('downloaded');
  await page.click('text=Пароль не подходит');
  await page.click('text=Номер неверен?');
  await picture('downloaded-open');

  await show(page, 'refused-6-3', look);
  await page.click('text=Файл потерян');
  await page.waitForURL(/\/replace\?decision=/);
  await picture('file-lost');

  for (const locale of ['ru', 'en'] as const) {
    for (const [name, width, height] of [
      ['desktop', 1366, 768],
      ['360', 360, 740],
    ] as const) {
      await takeReplacing(from, { name: `${name}-${locale}`, width, height, locale });
    }
  }

  await show(page, 'refused-6-4', look);
  await page.click('text=Я установил сертификат');
  await page.waitForURL(/__mock\/entered/);
  await page.context().close();
  console.log('pressed');
}
