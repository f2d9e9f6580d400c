import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { type OutsideAuthority, openOutsideAuthority } from './product/outside-authority.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

/** Background work of the server, on a machine that does much else. */
const SLOW = { timeout: 60_000 };

describe('the state of a certificate', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;
  let outside: OutsideAuthority;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
    outside = await openOutsideAuthority(ground);
  });
  afterAll(() => ground.close());

  const openConsole = async (lab: Lab): Promise<Chromium> => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    await store.importPkcs12(ivanov.path, ivanov.password);
    const chromium = await lab.chromium({ store });
    const opened = chromium.page.goto(`${demo.consoleUrl}/certificates`);
    await chromium.picker.choose('ivanov');
    await opened;
    await signIn(chromium.page, demo, 'ivanov');
    await chromium.page.getByRole('heading', { level: 1, name: 'Сертификаты' }).waitFor();
    return chromium;
  };

  const openCard = async (page: Page, owner: string) => {
    await page.goto(`${demo.consoleUrl}/certificates`);
    await page.locator('tr[data-key]', { hasText: owner }).click();
    const card = page.locator('aside');
    await card.getByRole('heading', { name: owner }).waitFor();
    return card;
  };

  browserTest(
    'goes from unknown to valid by its buttons, or to revoked; Health, bell, journal and report tell why',
    // Half of it is waiting for the background of a machine that does much else.
    { timeout: 300_000 },
    async ({ lab }) => {
      const chromium = await openConsole(lab);
      const { page } = chromium;
      await page.goto(`${demo.consoleUrl}/certificates/import`);
      await page.getByRole('heading', { level: 1, name: 'Импорт' }).waitFor();
      await page.locator('input[type=file]').setInputFiles([outside.root, outside.good, outside.revoked]);
      await page.getByRole('button', { name: 'Сохранить выбранное: 3' }).click();
      await page.getByText('Сохранено: 3').waitFor();

      // Its issuer is missing, and the address gives nothing.
      let card = await openCard(page, 'Орлова Мария');
      await card.getByText('Сертификат издателя не удалось получить').first().waitFor(SLOW);
      outside.publish('issuer');
      await card.getByRole('button', { name: 'Получить недостающий сертификат' }).click();
      await card.getByText('Корневой сертификат не установлен').first().waitFor(SLOW);
      await card.getByRole('link', { name: 'Установить корневой сертификат' }).click();
      await card.getByRole('heading', { name: 'Головной УЦ' }).waitFor();
      await card.getByRole('button', { name: 'Доверять', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Доверять' }).click();
      await card.getByText('Вы доверяете этому центру').waitFor();

      // Then the lists are missing.
      card = await openCard(page, 'Орлова Мария');
      await card.getByText('Список отзыва не удалось получить').first().waitFor(SLOW);
      outside.publish('lists');
      await card.getByRole('button', { name: 'Обновить список отзыва' }).click();
      await card.getByText('Действителен', { exact: true }).waitFor(SLOW);
      await card.getByRole('tab', { name: 'Цепочка' }).click();
      await card.getByText('доверенный корень').waitFor();
      // By keyboard: the level above is opened.
      await card.getByRole('link', { name: 'Открыть: УЦ «Северный мост»' }).focus();
      await page.keyboard.press('Enter');
      await card.getByRole('heading', { name: 'УЦ «Северный мост»' }).waitFor();

      card = await openCard(page, 'Соколов Андрей');
      await card.getByText('Причина: ключ мог попасть к посторонним').waitFor(SLOW);
      expect(await card.getByText('Недействителен', { exact: true }).count()).toBe(1);

      await page.goto(`${demo.consoleUrl}/certificates/lists`);
      await page.locator('tr[data-key]', { hasText: 'Северный мост' }).click();
      await page.locator('aside').getByLabel('Серийный номер').fill(outside.revokedSerial);
      await page.locator('aside').getByRole('button', { name: 'Найти' }).click();
      await page.locator('aside').getByRole('status').getByText('В списке: отозван').waitFor();

      await page.goto(`${demo.consoleUrl}/health`);
      const cause = page.locator('main section', { hasText: 'Отозван' });
      await cause.getByRole('link', { name: 'Соколов Андрей' }).waitFor(SLOW);
      expect(await cause.getByRole('link', { name: 'Отчёт для издателя' }).count()).toBe(1);

      await page.getByRole('button', { name: /События, непрочитанных: \d+/ }).click();
      await page.getByRole('dialog').getByText('Не удалось обратиться по адресу').first().waitFor();
      await page.getByRole('dialog').getByRole('link', { name: 'Перейти в журнал' }).click();
      await page.getByRole('heading', { level: 1, name: 'Журнал' }).waitFor();
      await page.getByLabel('Уровень').selectOption({ label: 'Ошибка' });
      const rows = page.locator('tr[data-key]');
      await expect
        .poll(async () => (await rows.allTextContents()).every((row) => row.includes('Ошибка')), SLOW)
        .toBe(true);
      await rows.filter({ hasText: 'Соколов Андрей' }).first().click();
      await page.getByRole('link', { name: 'Отправить в техническую поддержку' }).click();
      await page.getByRole('heading', { level: 1, name: 'Отчёт для технической поддержки' }).waitFor();
      await page.locator('pre', { hasText: 'Соколов Андрей' }).waitFor();
      const saved = await chromium.waitForDownload(() =>
        page.getByRole('button', { name: 'Сохранить файлом' }).click(),
      );
      expect(saved.fileName).toMatch(/\.txt$/);
    },
  );
});
