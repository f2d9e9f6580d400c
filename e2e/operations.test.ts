import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

describe('what administrators look at', () => {
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

  browserTest('a refusal is explained, and journal, authority and overview tell of it', async ({ lab }) => {
    const without = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    const refused = await lab.chromium({ store: without });
    await refused.page.goto(demo.crmUrl);
    await signIn(refused.page, demo, 'ivanov');
    await refused.page.waitForURL(`${demo.portalUrl}/**`);
    await refused.page.getByText('ivanov').first().waitFor();

    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    await store.importPkcs12(admin.path, admin.password);
    const { page, picker } = await lab.chromium({ store });
    const opened = page.goto(`${demo.consoleUrl}/admin/refusals`);
    await picker.choose('admin');
    await opened;
    await signIn(page, demo, 'admin');
    await page.getByRole('heading', { level: 1, name: 'Отказы' }).waitFor();
    await page.getByRole('searchbox').fill('ivanov');
    await page.waitForURL(/search=ivanov/);
    const panel = page.locator('aside');
    await page.locator('tr[data-key]', { hasText: 'Сертификат не предъявлен' }).first().click();
    await panel.getByText('Сейчас тоже отказали бы').waitFor();
    const last = panel.locator('li[data-answer=holds]');
    expect(await last.textContent()).toBe('Сертификат не предъявлен?да');

    await panel.getByRole('link', { name: 'Журнал этого человека' }).click();
    await page.getByRole('heading', { level: 1, name: 'Журнал' }).waitFor();
    await page.locator('tr[data-key]', { hasText: 'Отказ во входе' }).first().waitFor();
    await page.getByRole('button', { name: 'Проверить цепочку' }).click();
    await page.getByText('Цепочка цела').waitFor();
    const href = await page.getByRole('link', { name: 'Выгрузить CSV' }).getAttribute('href');
    const csv: unknown = await page.evaluate(
      `fetch(${JSON.stringify(href)}).then((answer) => answer.text())`,
    );
    expect(csv).toMatch(/;entry-refused;ivanov;ivanov;/);
    // The export is an event itself, and comes by itself once the filter is gone.
    await page.getByRole('searchbox').fill('');
    await page.locator('tr[data-key]', { hasText: 'Журнал выгружен в файл' }).first().waitFor();

    await page.getByRole('link', { name: 'УЦ' }).click();
    await page.locator('tr[data-key]', { hasText: 'Подписывает' }).waitFor();
    await page.getByRole('link', { name: 'Обзор' }).click();
    await page.getByRole('img', { name: /Отказы по времени/ }).waitFor();
  });
});
