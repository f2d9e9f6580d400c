import type { BrowserContext, Page } from 'playwright-core';
import type { Lab } from '../harness/lab.ts';
import type { Demo } from './demo.ts';
import { signIn } from './portal-page.ts';
import type { IssuedFile } from './visitor.ts';

export interface DssForm {
  /** «Название подключения»: stands once in an account. */
  readonly name: string;
  readonly login: string;
  readonly usesV2?: boolean;
  readonly authorizationServer?: string;
  readonly dssServer?: string;
}

/** Somebody at the console's pages about DSS, with a browser that holds their certificate. */
export interface DssPerson {
  readonly page: Page;
  readonly context: BrowserContext;
  /** «Импорт из DSS» filled in, and «Продолжить». */
  connect(form: DssForm): Promise<void>;
  givePassword(password: string): Promise<void>;
  /** The practice DSS's page of this user's telephone, in a tab of its own: it is closed after `act`. */
  onTelephone<T>(login: string, act: (telephone: Page) => Promise<T>): Promise<T>;
  confirmOnTelephone(login: string): Promise<void>;
  declineOnTelephone(login: string): Promise<void>;
  waitForCertificates(): Promise<void>;
}

/** A session of `login` at the list of certificates. */
export async function openDssPerson(
  lab: Lab,
  demo: Demo,
  login: string,
  file: IssuedFile,
): Promise<DssPerson> {
  const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
  await store.importPkcs12(file.path, file.password);
  const { page, picker, context } = await lab.chromium({ store });
  const opened = page.goto(`${demo.consoleUrl}/certificates`);
  await picker.choose(login);
  await opened;
  await signIn(page, demo, login);
  await page.getByRole('button', { name: 'Импортировать' }).first().waitFor();

  const onTelephone = async <T>(user: string, act: (telephone: Page) => Promise<T>): Promise<T> => {
    const telephone = await context.newPage();
    try {
      await telephone.goto(`${demo.dssPhonesUrl}/?user=${encodeURIComponent(user)}&lang=ru`);
      return await act(telephone);
    } finally {
      await telephone.close();
    }
  };
  const press = (user: string, name: string) =>
    onTelephone(user, async (telephone) => {
      const id = await telephone.locator('[data-request]').first().getAttribute('data-request');
      const request = telephone.locator(`[data-request="${id}"]`);
      await request.getByRole('button', { name, exact: true }).click();
      await request.waitFor({ state: 'detached' });
    });

  return {
    page,
    context,
    onTelephone,
    async connect(form) {
      await page.goto(`${demo.consoleUrl}/dss/new`);
      await page.getByLabel('Название подключения').fill(form.name);
      await page
        .getByLabel('Сервер авторизации DSS')
        .fill(form.authorizationServer ?? `${demo.dssUrl}/STS/oauth`);
      await page
        .getByLabel('Сервер DSS', { exact: true })
        .fill(form.dssServer ?? `${demo.dssUrl}/SignServer/rest`);
      if (form.usesV2) await page.getByLabel('Использовать подтверждения КриптоПро DSS 2.0').check();
      await page.getByLabel('Логин').fill(form.login);
      await page.getByRole('button', { name: 'Продолжить' }).click();
    },
    async givePassword(password) {
      await page.getByRole('heading', { name: 'Пароль к DSS' }).waitFor();
      await page.getByLabel('Пароль', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Подключить' }).click();
    },
    confirmOnTelephone: (user) => press(user, 'Подтвердить'),
    declineOnTelephone: (user) => press(user, 'Отклонить'),
    waitForCertificates: () => page.getByText('Сертификаты DSS в хранилище «Личные»').waitFor(),
  };
}
