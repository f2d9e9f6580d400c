import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

describe('each page of the administration', () => {
  let ground: Lab;
  let demo: Demo;
  let admin: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    admin = await (await createVisitor(ground, demo, 'admin')).download();
    await (await createVisitor(ground, demo, 'ivanov')).download();
    await (await createVisitor(ground, demo, 'petrov')).download();
  });
  afterAll(() => ground.close());

  const openAt = async (lab: Lab, path: string, heading: string): Promise<Page> => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    await store.importPkcs12(admin.path, admin.password);
    const { page, picker } = await lab.chromium({ store });
    const opened = page.goto(`${demo.consoleUrl}${path}`);
    await picker.choose('admin');
    await opened;
    await signIn(page, demo, 'admin');
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    return page;
  };

  browserTest(
    'accounts come from a file, certificates are revoked together, a refusal is looked for by time',
    async ({ lab }) => {
      const page = await openAt(lab, '/admin/import', 'Загрузка учётных записей');
      const csv = join(lab.directory, 'people.csv');
      await writeFile(
        csv,
        'login;name;phone\nnovikov;Новиков Павел;+79160000011\nivanov;Иванов Иван;+79160000012\nbad login;Кто-то;1\n',
      );
      await page.locator('input[type=file]').setInputFiles(csv);
      await page.getByRole('button', { name: 'Проверить' }).click();
      await page.locator('td', { hasText: 'bad login' }).waitFor();
      await page.getByRole('button', { name: 'Создать записи (1)' }).click();
      await page.getByText('Создано: 1. Пропущено: 0.').waitFor();

      await page.goto(`${demo.consoleUrl}/admin/certificates`);
      for (const login of ['ivanov', 'petrov']) {
        await page.locator('tr[data-key]', { hasText: login }).first().getByRole('checkbox').check();
      }
      await page
        .getByRole('button', { name: /Аннулировать/ })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('petrov').first().waitFor();
      // The number is typed before anything happens.
      await dialog.getByLabel('Введите число сертификатов: 2').fill('2');
      await dialog.getByRole('button', { name: 'Аннулировать', exact: true }).click();
      await page.getByText('Аннулировано: 2. Не получилось: 0.').waitFor();

      await page.goto(`${demo.consoleUrl}/admin/refusals`);
      await page.getByLabel('С', { exact: true }).fill('2020-01-01T00:00');
      await page.waitForURL(/from=2020-01-01T00/);
      await page.getByText('Ничего не найдено').or(page.locator('tr[data-key]')).first().waitFor();

      await page.goto(`${demo.consoleUrl}/admin/authority`);
      await page.getByText('propusk ca rotate', { exact: true }).waitFor();
    },
  );
});
