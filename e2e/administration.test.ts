import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

describe('the administration', () => {
  let ground: Lab;
  let demo: Demo;
  let admin: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    admin = await (await createVisitor(ground, demo, 'admin')).download();
    await (await createVisitor(ground, demo, 'ivanov')).download();
  });
  afterAll(() => ground.close());

  browserTest(
    'finds an account, makes another, revokes a certificate and allows a new download',
    async ({ lab }) => {
      const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
      await store.importPkcs12(admin.path, admin.password);
      const { page, picker } = await lab.chromium({ store });
      const opened = page.goto(`${demo.consoleUrl}/admin/accounts`);
      await picker.choose('admin');
      await opened;
      await signIn(page, demo, 'admin');
      await page.getByRole('heading', { level: 1, name: 'Учётные записи' }).waitFor();

      await page.getByRole('button', { name: 'Создать' }).click();
      const panel = page.locator('aside');
      await panel.getByLabel('Логин').fill('sidorov');
      await panel.getByLabel('Имя и фамилия').fill('Сидоров Семён');
      await panel.getByRole('button', { name: 'Создать' }).click();
      expect(await panel.locator('code').textContent()).toMatch(/^\w{4}(?:-\w{4}){3}$/);
      await panel.getByRole('button', { name: 'Готово' }).click();

      await page.getByRole('searchbox').fill('СИДОРОВ');
      await page.getByText('Найдено: 1').waitFor();
      await page.getByRole('searchbox').fill('ivanov');
      await page.locator('tr[data-key]', { hasText: 'ivanov' }).first().click();
      await panel.getByRole('link', { name: 'Открыть сертификат' }).click();
      await panel.getByRole('button', { name: 'Аннулировать' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Аннулировать' }).click();
      await panel.getByText('Аннулирован', { exact: true }).waitFor();
      await panel.getByRole('button', { name: 'Разрешить новое скачивание' }).click();
      await page.getByText('ivanov может скачать новый сертификат').waitFor();

      await page.goto(`${demo.consoleUrl}/admin/roles`);
      await page.getByRole('row', { name: /Изменить роль/ }).waitFor();
    },
  );
});
