import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { press, readRefusal, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor } from './product/visitor.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1';
const TELEGRAM =
  'Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7650.85 Mobile Safari/537.36 Telegram-Android/12.2.8';

describe('the instructions', () => {
  let ground: Lab;
  let demo: Demo;
  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
  });
  afterAll(() => ground.close());

  browserTest('each pictogram of the refusal page downloads a real PDF', async ({ lab }) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    const chromium = await lab.chromium({ store });
    const { page } = chromium;
    await page.goto(demo.crmUrl);
    await signIn(page, demo, 'ivanov');
    await readRefusal(page, 'certificate-missing');
    for (const [system, name] of [
      ['Windows', 'propusk-windows-ru.pdf'],
      ['Mac OS', 'propusk-macos-ru.pdf'],
      ['Linux', 'propusk-linux-ru.pdf'],
    ] as const) {
      const file = await chromium.waitForDownload(() =>
        page.getByRole('link', { name: `Скачать инструкцию для ${system}, PDF` }).click(),
      );
      expect(file.fileName).toBe(name);
      const content = await readFile(file.path);
      expect(content.subarray(0, 5).toString()).toBe('%PDF-');
      expect(content.subarray(-7).toString().trim()).toBe('%%EOF');
      expect(content.length).toBeGreaterThan(200_000);
    }
  });

  browserTest(
    "the page opens on the reader's own system and browser, and at the section asked for",
    async ({ lab }) => {
      const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
      const { page } = await lab.chromium({ store });
      await page.goto(`${demo.portalUrl}/instructions`);
      const guide = page.locator('article[data-system]');
      await guide.waitFor();
      expect(await guide.getAttribute('data-system')).toBe('linux');
      expect(await guide.getAttribute('data-browser')).toBe('chrome');
      await page.getByText('chrome://certificate-manager').first().waitFor();
      await page.getByRole('radio', { name: 'Mozilla Firefox' }).check();
      await page.waitForURL(`${demo.portalUrl}/instructions/linux?browser=firefox`);
      await page.getByText('«Your Certificates»').first().waitFor();

      await page.goto(`${demo.portalUrl}/instructions/windows?browser=edge#certificate-expired`);
      const section = page.locator('#certificate-expired');
      await section.waitFor();
      await expect.poll(async () => ((await section.boundingBox())?.y ?? 9999) < 600).toBe(true);
      expect(await section.textContent()).toContain(TEXTS.ru.messages['certificate-expired']);
      for (const picture of await page.locator('figure img').all()) await picture.scrollIntoViewIfNeeded();
      const missing =
        '[...document.querySelectorAll("figure img")].filter((one) => !(one.naturalWidth > 0)).length';
      await expect.poll(() => page.evaluate(missing)).toBe(0);
    },
  );

  browserTest(
    'a telephone and a window inside an app are told what works before anything is issued',
    async ({ lab }) => {
      const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
      const { page, context } = await lab.chromium({ store });
      const session = await context.newCDPSession(page);
      const pretend = (userAgent: string) => session.send('Emulation.setUserAgentOverride', { userAgent });
      await pretend(IPHONE);
      await page.goto(demo.crmUrl);
      await signIn(page, demo, 'petrov');
      await readRefusal(page, 'certificate-missing');
      await page.locator('[data-advice="iphone-safari"]').waitFor();
      expect(await page.locator('[data-advice]').textContent()).toContain('.p12');

      await pretend(TELEGRAM);
      await page.reload();
      await page.locator('[data-advice="in-app"]').waitFor();
      await page.goto(`${demo.portalUrl}/certificate`);
      await page.locator('[data-advice="in-app"]').getByText('Определено неверно?').click();
      await page.getByLabel('Устройство').selectOption('windows');
      await expect.poll(() => page.locator('[data-advice]').count()).toBe(0);
      expect((await demo.messages()).filter(({ text }) => text.includes(' petrov '))).toEqual([]);
    },
  );

  browserTest('a telephone is told the same before a certificate is replaced', async ({ lab }) => {
    await demo.addAccount('orlov', '+79161110002');
    await (await createVisitor(ground, demo, 'orlov')).download();
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    const { page, context } = await lab.chromium({ store });
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setUserAgentOverride', { userAgent: IPHONE });
    await page.goto(demo.portalUrl);
    await signIn(page, demo, 'orlov');
    await page.waitForURL(`${demo.portalUrl}/`);
    await page.goto(`${demo.portalUrl}/replace`);
    // Within ten minutes the page asks first whether the file could not be downloaded once more.
    await press(page, TEXTS.ru.replace);
    await press(page, TEXTS.ru.replace);
    await page.getByRole('dialog').getByRole('button', { name: 'Да', exact: true }).click();
    await page.locator('[data-advice="iphone-safari"]').waitFor();
    expect((await demo.messages()).filter(({ text }) => text.includes('Код'))).toEqual([]);
  });
});
