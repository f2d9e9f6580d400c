import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

/** Of the practice DSS, as its page says. */
interface PhoneRequest {
  readonly id: string;
  readonly login: string;
  readonly state: string;
}

describe('a certificate from a CryptoPro DSS', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
  });
  afterAll(() => ground.close());

  const openConsole = async (lab: Lab): Promise<Page> => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    await store.importPkcs12(ivanov.path, ivanov.password);
    const { page, picker } = await lab.chromium({ store });
    const opened = page.goto(`${demo.consoleUrl}/certificates`);
    await picker.choose('ivanov');
    await opened;
    await signIn(page, demo, 'ivanov');
    await page.getByRole('button', { name: 'Импортировать' }).first().waitFor();
    return page;
  };

  /** The seed's steps 1 to 4 and «Продолжить». */
  const fillForm = async (page: Page, name: string, login: string) => {
    await page.getByRole('button', { name: 'Импортировать' }).first().click();
    await page.getByRole('menuitem', { name: 'Импорт из DSS' }).click();
    await page.getByLabel('Название подключения').fill(name);
    await page.getByLabel('Сервер авторизации DSS').fill(`${demo.dssUrl}/STS/oauth`);
    await page.getByLabel('Сервер DSS', { exact: true }).fill(`${demo.dssUrl}/SignServer/rest`);
    await page.getByLabel('Логин').fill(login);
    await page.getByRole('button', { name: 'Продолжить' }).click();
  };

  const answerPhone = async (login: string, answer: 'confirm' | 'decline') => {
    const listed = await fetch(`${demo.dssPhonesUrl}/practice/requests.json`);
    const requests = (await listed.json()) as PhoneRequest[];
    const request = requests.findLast((each) => each.login === login && each.state === 'waiting');
    if (request === undefined) throw new Error(`nothing waits on the telephone of ${login}`);
    await fetch(`${demo.dssPhonesUrl}/practice/requests/${request.id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answer }),
    });
  };

  browserTest(
    'by the seed’s steps, with a password, is in «Личные» with the icon of a cloud',
    async ({ lab }) => {
      const page = await openConsole(lab);
      await fillForm(page, 'by_password', 'password');
      await page.getByRole('heading', { name: 'Пароль к DSS' }).waitFor();
      expect(await page.getByText('Не удалось').count()).toBe(0);
      await page.getByLabel('Пароль', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Подключить' }).click();
      await page.getByText('Не удалось подключиться к серверу DSS: неверный логин или пароль').waitFor();
      await page.getByLabel('Пароль', { exact: true }).fill('dss-password');
      await page.getByLabel('Запоминать пароль до выхода из приложения').check();
      await page.getByRole('button', { name: 'Подключить' }).click();
      await page.getByText('Сертификаты DSS в хранилище «Личные»').waitFor();

      await page.goto(`${demo.consoleUrl}/certificates`);
      await page.getByLabel('Облако (DSS)').first().waitFor();
      await page.goto(`${demo.consoleUrl}/dss`);
      await page.locator('tr[data-key]', { hasText: 'by_password' }).getByText('Вход выполнен').waitFor();
    },
  );

  browserTest('confirmed on the telephone: the waiting survives a reload', async ({ lab }) => {
    const page = await openConsole(lab);
    await fillForm(page, 'by_sim', 'sim');
    const title = page.getByRole('heading', { name: 'Подтвердите операцию на телефоне' });
    await title.waitFor();
    await page.getByText(/^Осталось [0-5]:\d\d$/).waitFor();
    await page.reload();
    await title.waitFor();
    await answerPhone('sim', 'confirm');
    await page.getByText('Сертификаты DSS в хранилище «Личные»').waitFor();
  });

  browserTest('a wrong address keeps the form and is not called a wrong password', async ({ lab }) => {
    const page = await openConsole(lab);
    await page.goto(`${demo.consoleUrl}/dss/new`);
    await page.getByLabel('Название подключения').fill('nowhere');
    await page.getByLabel('Сервер авторизации DSS').fill('https://127.0.0.1:1/STS/oauth');
    await page.getByLabel('Логин').fill('open');
    await page.getByRole('button', { name: 'Продолжить' }).click();
    const notice = page.getByRole('alert').filter({ hasText: 'Не удалось подключиться к серверу DSS' });
    await notice.waitFor();
    expect(await notice.textContent()).toContain(
      'роверьте правильность ввода адресов серверов, доступ к сети Интернет',
    );
    expect(await notice.textContent()).not.toContain('пароль');
    expect(await page.getByLabel('Название подключения').inputValue()).toBe('nowhere');
  });
});
