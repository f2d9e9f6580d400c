import { type Browser, chromium, type Page } from 'playwright-core';
import { NOW } from '../../web/dev/fixtures.ts';
import { SCENARIOS } from '../../web/dev/scenarios.ts';
import { serveBuilt } from '../../web/dev/serve-built.ts';
import type { TakenPicture } from '../../web/portal/instructions/picture-names.ts';
import type { SavePicture } from './save-picture.ts';
import type { PictureLocale } from './write-drawings.ts';

const REFUSALS: readonly (readonly [TakenPicture, string])[] = [
  ['refused-missing', 'refused-6-1'],
  ['refused-mismatch-none-issued', 'refused-6-2'],
  ['refused-mismatch', 'refused-6-3'],
  ['refused-not-presented', 'refused-6-4'],
  ['refused-revoked', 'refused-6-5'],
  ['refused-expired', 'refused-6-6'],
];

const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36';
const WIDTH = 720;
const EDGE = 16;

/** Pages of this product, from its build (`npm run build:web` first) with the mock's data behind them. */
export async function takeProduct(locale: PictureLocale, save: SavePicture): Promise<void> {
  const { server, origin } = await serveBuilt();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--force-color-profile=srgb'],
  });
  try {
    const page = await openPage(browser, locale);
    for (const [name, scenario] of REFUSALS) {
      await show(page, origin, scenario, locale);
      await save(name, await takeUntil(page, page.locator('main .mantine-Button-root').last()));
    }
    await show(page, origin, 'certificate-new', locale);
    await save('page-download', await takeUntil(page, page.locator('nav').last()));
    await show(page, origin, 'replace-confirm', locale);
    await page.locator('main .mantine-Button-root:not([data-variant="default"])').first().click();
    const yes = page.locator('dialog .mantine-Button-root').first();
    await yes.waitFor();
    await save('page-replace-confirm', await page.locator('dialog').screenshot());
    await yes.click();
    await yes.waitFor({ state: 'detached' });
    await save('page-replace-download', await takeUntil(page, page.locator('nav').last()));
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function openPage(browser: Browser, locale: PictureLocale): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: 900 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
    timezoneId: 'Europe/Moscow',
    locale: locale === 'ru' ? 'ru-RU' : 'en-GB',
    reducedMotion: 'reduce',
    userAgent: WINDOWS,
  });
  const page = await context.newPage();
  await page.clock.install({ time: NOW });
  return page;
}

async function show(page: Page, origin: string, name: string, locale: PictureLocale): Promise<void> {
  const scenario = SCENARIOS[name];
  if (scenario === undefined) throw new TypeError(`no scenario ${name}`);
  await page.context().addCookies([
    { name: 'scenario', value: name, url: origin },
    { name: 'locale', value: locale, url: origin },
  ]);
  await page.goto(origin + scenario.path);
  await page.waitForSelector('h1');
  await page.evaluate('document.fonts.ready');
}

/** From the header of the page down to the element. */
async function takeUntil(page: Page, last: ReturnType<Page['locator']>): Promise<Buffer> {
  const box = await last.boundingBox();
  if (box === null) throw new Error('the last element is not on the page');
  const clip = { x: EDGE, y: 0, width: WIDTH - 2 * EDGE, height: Math.ceil(box.y + box.height + EDGE) };
  return await page.screenshot({ clip, fullPage: true });
}
