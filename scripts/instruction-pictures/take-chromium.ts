import { setTimeout as sleep } from 'node:timers/promises';
import { openLab } from '../../e2e/harness/lab.ts';
import { startDemo } from '../../e2e/product/demo.ts';
import { signIn } from '../../e2e/product/portal-page.ts';
import { type Area, cropPng } from './crop-png.ts';
import { issueToPeople } from './people.ts';
import type { SavePicture } from './save-picture.ts';
import type { PictureLocale } from './write-drawings.ts';

/** Windows fade in. */
const SETTLED_MS = 1500;
const DOWNLOAD_AGAIN = { ru: 'Скачать ещё раз', en: 'Download again' } as const;
/** Only the browser's own windows are of interest: half of a page's heading at the edge is not. */
const HIDE_PAGE = 'document.body.style.visibility = "hidden"';
const NOWHERE = { x: 1270, y: 890 } as const;

/** In a window of 1280 x 900 the dialogs of Chromium always open in the same place. */
const AREAS = {
  downloads: { x: 640, y: 40, width: 640, height: 150 },
  manager: { x: 0, y: 88, width: 1120, height: 340 },
  picker: { x: 360, y: 78, width: 558, height: 348 },
  details: { x: 360, y: 78, width: 558, height: 450 },
} satisfies Readonly<Record<string, Area>>;

/** The windows of Chromium around a certificate, with the demo behind them. */
export async function takeChromium(locale: PictureLocale, save: SavePicture): Promise<void> {
  const lab = await openLab();
  try {
    const demo = await startDemo(lab);
    const people = await issueToPeople(lab, demo);
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    await store.importPkcs12(people.ivanov.path, people.ivanov.password);
    await store.importPkcs12(people.petrov.path, people.petrov.password);
    const chromium = await lab.chromium({ store, language: locale === 'ru' ? 'ru' : 'en-US' });
    const { page, display } = chromium;
    const take = async (area: Area) => {
      await sleep(SETTLED_MS);
      return cropPng(await display.screenshot(), area);
    };

    await page.goto('chrome://certificate-manager/clientcerts/platformclientcerts');
    await display.click(NOWHERE);
    await save('chromium-manager', await take(AREAS.manager));
    await page.locator('#view').locator('visible=true').first().click();
    await save('chromium-details', await take(AREAS.details));
    await display.press('Escape');

    const going = page.goto(`${demo.crmUrl}/`).catch(() => undefined);
    await chromium.picker.waitForPicker();
    await save('chromium-picker', await take(AREAS.picker));
    await chromium.picker.escape();
    await going;

    await page.goto(`${demo.portalUrl}/sign-in`);
    await signIn(page, demo, 'ivanov', locale);
    await page.waitForURL(`${demo.portalUrl}/`);
    await page.goto(`${demo.portalUrl}/certificate`);
    await chromium.waitForDownload(() => page.getByRole('button', { name: DOWNLOAD_AGAIN[locale] }).click());
    await page.evaluate(HIDE_PAGE);
    await save('chromium-downloads', await take(AREAS.downloads));
  } finally {
    await lab.close();
  }
}
