import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

describe('the certificates of a person', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;
  let folder: string;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
    folder = ground.directory;
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8'];
    openssl('req', '-x509', ...ec, '-subj', '/CN=Корневой УЦ', '-keyout', 'root.key', '-out', 'root.pem');
    openssl(
      'req',
      ...ec,
      '-subj',
      '/CN=Сидорова Анна/INN=500100732259',
      '-keyout',
      'leaf.key',
      '-out',
      'leaf.csr',
    );
    writeFileSync(join(folder, 'leaf.ext'), 'basicConstraints=CA:FALSE\n');
    openssl(
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-days',
      '90',
      '-extfile',
      'leaf.ext',
      '-out',
      'leaf.pem',
    );
    openssl(
      'pkcs12',
      '-export',
      '-in',
      'leaf.pem',
      '-inkey',
      'leaf.key',
      '-passout',
      'pass:right',
      '-out',
      'sidorova.pfx',
    );
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

  browserTest(
    'are imported with a preview, found, trusted, exported, removed and brought back',
    async ({ lab }) => {
      const chromium = await openConsole(lab);
      const { page } = chromium;
      // The access certificate is there from the beginning.
      await page.locator('tr[data-key]', { hasText: 'ivanov' }).waitFor();

      await page.getByRole('button', { name: 'Импортировать' }).first().click();
      await page.getByRole('menuitem', { name: 'Из файла' }).click();
      await page.getByRole('heading', { level: 1, name: 'Импорт' }).waitFor();
      const files = ['root.pem', 'sidorova.pfx', 'leaf.csr'].map((name) => join(folder, name));
      await page.locator('input[type=file]').setInputFiles(files);
      await page.getByText('Это запрос на сертификат, а не сертификат').waitFor();
      await page.getByText('сертификат удостоверяющего центра').waitFor();

      // A wrong password is put right in place.
      await page.getByLabel('Пароль файла').fill('wrong');
      await page.getByRole('button', { name: 'Открыть' }).click();
      await page.getByText('Пароль не подошёл').waitFor();
      await page.getByLabel('Пароль файла').fill('right');
      await page.getByRole('button', { name: 'Открыть' }).click();
      await page.getByText('в файле есть его ключ; сам ключ остался у вас').waitFor();
      await page.getByRole('button', { name: 'Сохранить выбранное: 2' }).click();
      await page.getByText('Сохранено: 2, уже было: 0').waitFor();

      await page.getByRole('searchbox').fill('5001 0073 2259');
      await page.waitForURL(/[?&]q=/);
      const row = page.locator('tr[data-key]');
      await expect.poll(() => row.count()).toBe(1);
      await row.click();
      const panel = page.locator('aside');
      await panel.getByRole('heading', { name: 'Сидорова Анна' }).waitFor();
      await panel.getByText('ИНН', { exact: true }).waitFor();

      await panel.getByRole('button', { name: 'Экспортировать' }).click();
      const saved = await chromium.waitForDownload(() =>
        page.getByRole('menuitem', { name: 'С цепочкой (.pem)' }).click(),
      );
      expect(saved.fileName).toMatch(/^Сидорова Анна \d{4}-\d\d-\d\d\.pem$/);

      await panel.getByRole('button', { name: 'Удалить' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Удалить' }).click();
      await page.getByText('Ничего не найдено').waitFor();
      await page.getByRole('button', { name: 'Отменить' }).click();
      await expect.poll(() => row.count()).toBe(1);

      await page.getByRole('link', { name: /Удостоверяющие центры/ }).click();
      await page.locator('tr[data-key]', { hasText: 'Корневой УЦ' }).click();
      await panel.getByText('Вы не доверяете этому центру').waitFor();
      await panel.getByRole('button', { name: 'Доверять', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Доверять' }).click();
      await panel.getByText('Вы доверяете этому центру').waitFor();
      await panel.getByRole('button', { name: 'Отозвать доверие' }).click();
      await panel.getByText('Вы не доверяете этому центру').waitFor();
    },
  );

  browserTest('are dropped anywhere on the page; what is there already is said', async ({ lab }) => {
    const { page } = await openConsole(lab);
    const drop = async () => {
      const pem = execFileSync('cat', [join(folder, 'root.pem')]).toString();
      // As text: it runs in the page, whose types the tests do not have.
      const data = await page.evaluateHandle(
        `(() => { const transfer = new DataTransfer(); transfer.items.add(new File([${JSON.stringify(pem)}], 'root.cer')); return transfer; })()`,
      );
      await page.dispatchEvent('main', 'drop', { dataTransfer: data });
    };
    // The frame comes before the page in it.
    await page.getByRole('heading', { level: 1, name: 'Сертификаты' }).waitFor();
    await drop();
    const save = page.getByRole('button', { name: /Сохранить выбранное/ });
    await save.waitFor();
    if (await save.isEnabled()) {
      await save.click();
      await page.getByText(/Сохранено: 1/).waitFor();
      await page.getByRole('heading', { level: 1, name: 'Сертификаты' }).waitFor();
      await drop();
    }
    await page.getByText('Уже есть').waitFor();
    expect(await page.getByRole('button', { name: 'Сохранить выбранное: 0' }).isDisabled()).toBe(true);
  });
});
