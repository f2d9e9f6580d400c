import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

describe('the console', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
  });
  afterAll(() => ground.close());

  /** A browser of its own, with ivanov's certificate, signed in at the console. */
  const openConsole = async (lab: Lab): Promise<Chromium> => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    await store.importPkcs12(ivanov.path, ivanov.password);
    const chromium = await lab.chromium({ store });
    const opened = chromium.page.goto(`${demo.consoleUrl}/sessions`);
    await chromium.picker.choose('ivanov');
    await opened;
    await signIn(chromium.page, demo, 'ivanov');
    await chromium.page.getByRole('heading', { level: 1, name: 'Мои сеансы' }).waitFor();
    return chromium;
  };
  const rowsOf = (page: Page) => page.locator('tr[data-key]');

  browserTest(
    'is entered with sign-in and certificate, and shows where one is signed in',
    async ({ lab }) => {
      const { page } = await openConsole(lab);
      expect(new URL(page.url()).pathname).toBe('/sessions');
      const here = page.locator('tr', { hasText: 'этот сеанс' });
      expect(await here.textContent()).toMatch(/Chrom(?:e|ium) \d+, Linux/);
      expect(await here.textContent()).toContain('127.0.0.1');

      await here.click();
      await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
      const panel = page.locator('aside');
      await panel.getByText('Рабочее место').waitFor();
      expect(await panel.locator('code').textContent()).toMatch(/^(?:[0-9A-F]{4} )+[0-9A-F]{2,4}$/);
      await page.goBack();
      await panel.waitFor({ state: 'detached' });

      // An ordinary user sees no administration, also not by its address.
      expect(await page.getByText('Администрирование').count()).toBe(0);
      await page.goto(`${demo.consoleUrl}/admin/accounts`);
      await page.getByRole('heading', { name: 'Такой страницы нет' }).waitFor();
    },
  );

  browserTest('ends the session of another browser, whose next request is refused', async ({ lab }) => {
    const first = await openConsole(lab);
    const second = await openConsole(lab);
    await first.page.reload();
    await rowsOf(first.page).first().waitFor();
    const before = await rowsOf(first.page).count();
    expect(before).toBeGreaterThan(1);

    // The newest beside this one is the second browser's.
    const other = rowsOf(first.page).filter({ hasNotText: 'этот сеанс' }).first();
    await other.hover();
    await other.getByRole('button', { name: 'Завершить' }).click();
    await first.page.getByRole('dialog').getByRole('button', { name: 'Завершить сеанс' }).click();
    await first.page.getByText('Сеанс завершён').waitFor();
    await expect.poll(() => rowsOf(first.page).count()).toBe(before - 1);

    await second.page.getByRole('link', { name: 'История' }).click();
    const dialog = second.page.getByRole('dialog');
    await dialog.getByText('Сеанс завершён').waitFor();
    await dialog.getByRole('button', { name: 'Продолжить' }).click();
    await second.page.waitForURL(`${demo.portalUrl}/sign-in?**`);
    // And back to the page that was open.
    await signIn(second.page, demo, 'ivanov');
    await second.page.waitForURL(`${demo.consoleUrl}/sessions/history`);

    await first.page.reload();
    await first.page.getByRole('button', { name: 'Завершить все остальные' }).click();
    await first.page.getByRole('dialog').getByRole('button', { name: 'Завершить остальные сеансы' }).click();
    await first.page.getByText(/Завершено сеансов: \d/).waitFor();
    await expect.poll(() => rowsOf(first.page).count()).toBe(1);
  });

  browserTest('is worked with by keyboard alone', async ({ lab }) => {
    const { page } = await openConsole(lab);
    await page.locator('tr[data-index="0"]').focus();
    await page.keyboard.press('Enter');
    const heading = page.locator('aside h2');
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await heading.waitFor({ state: 'detached' });
    const row = page.locator('tr[data-index="0"]');
    expect(await row.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  });

  // Last, because the language stays with the account.
  browserTest('keeps the language and the columns, on the portal too', async ({ lab }) => {
    const { page } = await openConsole(lab);
    await page.getByRole('button', { name: 'Столбцы' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Закончится' }).click();
    await page.getByRole('menuitemradio', { name: 'Плотно' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Закончится' }).waitFor();
    const saved = page.waitForResponse((answer) => answer.url().endsWith('/api/locale'));
    await page.getByRole('button', { name: 'EN, English' }).click();
    await page.getByRole('heading', { level: 1, name: 'My sessions' }).waitFor();
    expect((await saved).status()).toBe(204);

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'My sessions' }).waitFor();
    await page.getByRole('columnheader', { name: 'Ends' }).waitFor();
    expect(await page.locator('table').getAttribute('data-density')).toBe('compact');
    await page.goto(`${demo.portalUrl}/`);
    await page.getByText('Workplace').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});
