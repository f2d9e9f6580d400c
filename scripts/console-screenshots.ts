/**
 * Pictures of every page and state of the console into `screenshots/`, from the built pages (`npm run build:web` first)
 * under the real content security policy, with a mock behind them. Fails on a policy violation, a console error and a
 * page that scrolls sideways.
 *
 *     node scripts/console-screenshots.ts [part of a scenario's name]
 *
 * `CHROMIUM_PATH` names another Chromium than /usr/bin/chromium, `WEB_DIST` another build than web/dist.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CONSOLE_SCENARIOS } from '../web/dev/console/scenarios.ts';
import { NOW } from '../web/dev/fixtures.ts';
import { serveBuilt } from '../web/dev/serve-built.ts';

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
  { name: 'narrow-en', width: 390, height: 844, locale: 'en' },
  { name: 'dark-ru', width: 1366, height: 768, locale: 'ru', dark: true },
  { name: 'zoom200-ru', width: 683, height: 384, locale: 'ru', scale: 2 },
  { name: 'wide-ru', width: 1920, height: 1080, locale: 'ru', only: /panel|many/ },
];

const folder = resolve(import.meta.dirname, '../screenshots');
const wanted = process.argv[2] ?? '';
const findings: string[] = [];
const { server, origin } = await serveBuilt(process.env.WEB_DIST);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});
await mkdir(folder, { recursive: true });
try {
  for (const look of LOOKS) await takeAll(browser, look);
  await takePressed(browser);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
for (const finding of findings) console.error(finding);
process.exitCode = findings.length === 0 ? 0 : 1;

async function takeAll(from: Browser, look: Look): Promise<void> {
  const names = Object.keys(CONSOLE_SCENARIOS).filter(
    (name) => name.includes(wanted) && (look.only === undefined || look.only.test(name)),
  );
  if (names.length === 0) return;
  const page = await openPage(from, look);
  for (const name of names) {
    await show(page, name, look);
    await picture(page, name, look);
  }
  await page.context().close();
  console.log(`${look.name}: ${names.length}`);
}

async function openPage(from: Browser, look: Look): Promise<Page> {
  const context = await from.newContext({
    viewport: { width: look.width, height: look.height },
    deviceScaleFactor: look.scale ?? 1,
    colorScheme: look.dark ? 'dark' : 'light',
    timezoneId: 'Europe/Moscow',
    locale: look.locale === 'ru' ? 'ru-RU' : 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  await page.clock.install({ time: NOW });
  page.on('console', (entry) => {
    const expected = /status of (?:401|403|404|410|429|500)|ERR_EMPTY_RESPONSE|ApiProblem/.test(entry.text());
    if (entry.type() === 'error' && !expected) findings.push(`${page.url()}: ${entry.text()}`);
  });
  page.on('pageerror', (error) => findings.push(`${page.url()}: ${error.message}`));
  return page;
}

async function show(page: Page, name: string, look: Look): Promise<void> {
  const scenario = CONSOLE_SCENARIOS[name];
  if (scenario === undefined) throw new TypeError(`no scenario ${name}`);
  await page.context().addCookies([
    { name: 'scenario', value: name, url: origin },
    { name: 'locale', value: look.locale, url: origin },
  ]);
  await page.goto(origin + scenario.path);
  await page.waitForSelector('main :is(h1, h2)', { state: 'attached' });
  await page.waitForLoadState(
    Object.values(scenario.answers).some(({ kind }) => kind === 'hang') ? 'load' : 'networkidle',
  );
  if (scenario.files !== undefined) {
    const files = scenario.files.map((file) => ({ name: file, mimeType: '', buffer: Buffer.from(file) }));
    await page.locator('input[type=file]').first().setInputFiles(files);
    await page.waitForSelector('main li', { state: 'attached' });
  }
  await page.evaluate('document.fonts.ready');
  const overflow: unknown = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  if (typeof overflow === 'number' && overflow > 0) {
    findings.push(`${name}, ${look.name}: ${overflow} px wider than the window`);
  }
}

function picture(page: Page, name: string, look: Look): Promise<unknown> {
  return page.screenshot({ path: resolve(folder, `console-${name}--${look.name}.png`), fullPage: true });
}

/** What shows itself only after a press. */
async function takePressed(from: Browser): Promise<void> {
  if (!'pressed'.includes(wanted) && wanted !== '') return;
  for (const locale of ['ru', 'en'] as const) {
    for (const [name, width, height] of [
      ['desktop', 1366, 768],
      ['narrow', 390, 844],
    ] as const) {
      await takePressedAt(from, { name: `${name}-${locale}`, width, height, locale });
    }
  }
  console.log('pressed');
}

async function takePressedAt(from: Browser, look: Look): Promise<void> {
  const page = await openPage(from, look);
  await show(page, 'sessions', look);
  await page.locator('header button[aria-haspopup=menu]').last().click();
  await page.waitForSelector('[role=menu]');
  await picture(page, 'pressed-account-menu', look);
  await page.keyboard.press('Escape');
  await page.locator('main button[aria-haspopup=menu]').click();
  await page.waitForSelector('[role=menuitemcheckbox]');
  await picture(page, 'pressed-columns', look);
  await page.keyboard.press('Escape');
  if (look.width < 800) {
    await page.click('button[aria-controls=navigation]');
    await picture(page, 'pressed-navigation', look);
    await page.keyboard.press('Escape');
  }
  await page.locator('tr[data-index="1"]').hover();
  await picture(page, 'pressed-row', look);
  if (look.width < 800) {
    // No room for actions in a row: the details have them.
    await page.locator('tr[data-index="1"]').click();
    await page.locator('aside .mantine-Button-root').click();
  } else await page.locator('tr[data-index="1"] button').click();
  await page.waitForSelector('dialog[open]');
  await picture(page, 'pressed-end', look);
  await page.locator('dialog button').first().click();
  await page.waitForSelector('dialog', { state: 'detached' });
  await picture(page, 'pressed-ended', look);
  await page.context().close();
}
