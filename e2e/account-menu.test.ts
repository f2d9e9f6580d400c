import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { waitUntil } from './harness/wait-until.ts';
import { readAccountMenu } from './product/account-menu.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { waitForPassword } from './product/password-from-phone.ts';
import { press, readRefusal, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor, type IssuedFile, type Visitor } from './product/visitor.ts';

const TAG = /<script src="\/\.propusk\/menu\.js\?v=[0-9a-f]{16}" async><\/script>/;

describe('the account menu in the pages of the CRM', () => {
  let ground: Lab;
  let demo: Demo;
  let visitor: Visitor;
  let ivanov: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    visitor = await createVisitor(ground, demo, 'ivanov');
    ivanov = await visitor.download();
  });
  afterAll(() => ground.close());

  const enter = async (lab: Lab, { login = 'ivanov', file = ivanov, path = '/' } = {}) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    await store.importPkcs12(file.path, file.password);
    const chromium = await lab.chromium({ store, language: 'ru' });
    const { page } = chromium;
    const opened = page.goto(demo.crmUrl + path);
    await chromium.picker.choose(login);
    await opened;
    await signIn(page, demo, login);
    await page.waitForURL(demo.crmUrl + path);
    await page.waitForSelector('propusk-menu', { state: 'attached' });
    return { chromium, page, menu: await readAccountMenu(page) };
  };
  /** Somebody of their own, whose troubles are nobody else's. */
  const addPerson = async (login: string, phone: string) => {
    await demo.addAccount(login, phone);
    const person = await createVisitor(ground, demo, login);
    return { person, file: await person.download() };
  };
  const ticketPath = async (): Promise<string> => {
    const { text } = await visitor.enter(ivanov.pem);
    return /href="(\/tickets\/\d+)/.exec(text)?.[1] ?? '';
  };

  browserTest('is one tag for a page that people see, and nothing for everything else', async () => {
    await visitor.enter(ivanov.pem);
    const path = await ticketPath();
    const open = (...headers: string[]) =>
      visitor.request({
        url: demo.crmUrl + path,
        certificate: ivanov.pem,
        headers: ['Accept: text/html', ...headers],
      });
    const plain = await open();
    const seen = await open('Sec-Fetch-Dest: document', 'Sec-Fetch-Mode: navigate');
    expect(plain.text).not.toMatch(TAG);
    expect(seen.text).toMatch(TAG);
    expect(seen.text.replace(TAG, '')).toBe(plain.text);
    expect((await open('Sec-Fetch-Dest: empty', 'Sec-Fetch-Mode: cors')).text).toBe(plain.text);
    expect(seen.headers.get('content-security-policy')).toEqual(plain.headers.get('content-security-policy'));
  });

  browserTest('says who is here and leads to the portal, with mouse and keyboard', async ({ lab }) => {
    const { page, menu } = await enter(lab);
    await menu.press('Учётная запись ivanov');
    await menu.waitForText(/^Сертификат действителен до \d\d\.\d\d\.\d{4}$/);
    expect(await menu.texts()).toEqual(
      expect.arrayContaining([
        'ivanov',
        'Иванов Иван',
        'Заменить сертификат',
        'Мои сертификаты',
        'Выбрать другой сертификат',
        'Выйти',
      ]),
    );
    // The first item has the focus; arrows go round, Escape gives the focus back.
    await waitUntil(async () => (await menu.focused()) === 'Заменить сертификат' || undefined, {
      what: 'the focus on the first item',
      timeoutMs: 5_000,
    });
    await page.keyboard.press('ArrowDown');
    expect(await menu.focused()).toBe('Мои сертификаты');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowDown');
    expect(await menu.focused()).toBe('Заменить сертификат');
    await page.keyboard.press('Escape');
    expect(await menu.focused()).toContain('Учётная запись ivanov');
    expect(await menu.texts()).not.toContain('Выйти');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${demo.portalUrl}/replace?application=crm`);

    // There is the console as well; both ways back lead to the application that the person came from.
    await page.getByRole('link', { name: TEXTS.ru.home, exact: true }).click();
    await page.waitForURL(`${demo.crmUrl}/`);
    await menu.press('Учётная запись ivanov');
    await menu.press('Выйти');
    await page.waitForURL(`${demo.portalUrl}/sign-out?application=crm`);
    await page.getByRole('button', { name: TEXTS.ru.signOut }).waitFor();
    await page.getByRole('link', { name: 'Остаться' }).click();
    await page.waitForURL(`${demo.crmUrl}/`);

    // In a window of its own there is nothing to go back to.
    const link = "<a id='alone' href='/.propusk/choose-again' target='_blank'>own window</a>";
    await page.evaluate(`document.body.insertAdjacentHTML('afterbegin', ${JSON.stringify(link)})`);
    const [alone] = await Promise.all([page.context().waitForEvent('page'), page.click('#alone')]);
    await alone.getByRole('link', { name: 'Вернуться' }).click();
    await alone.waitForURL(`${demo.crmUrl}/`);
  });

  browserTest(
    'its stable addresses lead on through the sign-in, and back to the application',
    async ({ lab }) => {
      const chromium = await lab.chromium({
        store: await lab.nssStore({ serverCaPem: demo.serverCaPem }),
        language: 'ru',
      });
      const { page } = chromium;
      // Nobody is signed in: there is nothing to sign in for.
      await page.goto(`${demo.crmUrl}/.propusk/sign-out`);
      await page.getByRole('heading', { name: 'Вы вышли' }).waitFor();

      await page.goto(`${demo.crmUrl}/.propusk/replace`);
      await page.getByText('чтобы заменить сертификат').waitFor();
      await signIn(page, demo, 'ivanov');
      await page.waitForURL(`${demo.portalUrl}/replace?application=crm`);
      await page.getByRole('heading', { name: 'Замена сертификата' }).waitFor();
      await page.goto(`${demo.crmUrl}/.propusk/sign-out`);
      await press(page, TEXTS.ru.signOut);
      await page.getByRole('heading', { name: 'Вы вышли' }).waitFor();

      // The page of the sign-in is not in the way back.
      await page.goto(`${demo.portalUrl}/instructions/linux`);
      await page.goto(`${demo.crmUrl}/.propusk/choose-again`);
      await signIn(page, demo, 'ivanov');
      await page.waitForURL(`${demo.portalUrl}/choose-again?application=crm`);
      await page.getByRole('link', { name: 'Вернуться' }).click();
      await page.waitForURL(`${demo.portalUrl}/instructions/linux`);
    },
  );

  browserTest('leaves no name, no element and no movement in the page', async ({ lab }) => {
    const { page } = await enter(lab);
    const found = await page.evaluate<Record<string, unknown>>(`(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const known = new Set(Object.getOwnPropertyNames(frame.contentWindow));
      frame.remove();
      const host = document.querySelector('propusk-menu');
      return {
        names: Object.getOwnPropertyNames(window).filter((name) => !known.has(name) && /propusk|menu$/i.test(name)),
        script: document.querySelector('script[src*=propusk]') !== null,
        open: host.shadowRoot !== null,
        parent: host.parentNode === document.documentElement,
        wide: document.documentElement.scrollWidth <= innerWidth,
        constructors: [WebSocket, EventSource].map((each) => each.prototype.constructor === each && each.name),
        functions: [fetch, XMLHttpRequest, WebSocket].every((each) => /native code/.test(String(each))),
      };
    })()`);
    expect(found).toEqual({
      names: [],
      script: false,
      open: false,
      parent: true,
      wide: true,
      constructors: ['WebSocket', 'EventSource'],
      functions: true,
    });
  });

  const write = (page: Page, text: string) => page.locator('textarea').first().fill(text);
  const TEXT = 'Длинный ответ, который жалко потерять';

  browserTest(
    'shows a refusal over the page; afterwards everything typed is still there',
    async ({ lab }) => {
      const { person, file } = await addPerson('orlov', '+79161110002');
      await person.enter(file.pem);
      const { chromium, page, menu } = await enter(lab, { login: 'orlov', file, path: await ticketPath() });
      await write(page, TEXT);

      // Replaced on another computer: the page's WebSocket is closed, its drafts are refused.
      expect((await person.post('/api/certificate/replace', {})).status).toBe(200);
      await write(page, `${TEXT}!`);
      await menu.waitForText(TEXTS.ru.messages['certificate-mismatch']);
      await menu.waitForText('Код для поддержки: certificate-mismatch');

      // Sent now, the form would be lost: the window comes back in its place.
      await menu.press('Вернуться к странице');
      await menu.waitUntilGone('Код для поддержки');
      await page.evaluate("document.querySelector('textarea').form.requestSubmit()");
      await menu.waitForText('Код для поддержки: certificate-mismatch');

      const renewed = await person.request({
        url: `${demo.portalUrl}/api/certificate/file?format=compatible&extension=pfx`,
      });
      const renewedFile = join(lab.directory, 'renewed.pfx');
      await writeFile(renewedFile, renewed.body);
      await chromium.store.importPkcs12(renewedFile, await waitForPassword(demo, 'orlov', 2));
      const [helper] = await Promise.all([
        chromium.context.waitForEvent('page'),
        menu.press('Выбрать другой сертификат'),
      ]);
      await helper.locator('[data-reason="certificate-mismatch"]').waitFor();
      const newSerial = (
        await demo.propuskJson<{ serialNumber: string }[]>('certificate', 'list', 'orlov')
      )[0];
      const tail = newSerial?.serialNumber.toUpperCase() ?? '';
      const pressed = press(helper, 'Выбрать другой сертификат');
      await chromium.picker.choose((line) => line.serialNumber.toUpperCase().endsWith(tail));
      await pressed;
      await helper.waitForURL(`${demo.crmUrl}/`);

      await page.bringToFront();
      await menu.waitForText('Вход снова открыт, можно продолжать');
      await menu.waitUntilGone('Код для поддержки');
      expect(await page.locator('textarea').first().inputValue()).toBe(`${TEXT}!`);
      await page.evaluate("document.querySelector('textarea').form.requestSubmit()");
      await page.getByText(`${TEXT}!`).first().waitFor();
    },
  );

  browserTest('after a sign-out elsewhere leads back in, and does not mix two people up', async ({ lab }) => {
    const { file } = await addPerson('belova', '+79161110003');
    const { chromium, page, menu } = await enter(lab, { login: 'belova', file });
    // The list has a stream of events, which ends with the session.
    await demo.propusk('account', 'block', 'belova');
    await menu.waitForText('Код для поддержки: sign-in-required');
    await demo.propusk('account', 'unblock', 'belova');
    const [helper] = await Promise.all([chromium.context.waitForEvent('page'), menu.press('Войти')]);
    await signIn(helper, demo, 'belova');
    await helper.waitForURL(`${demo.crmUrl}/`);
    await page.bringToFront();
    await menu.waitForText('Вход снова открыт');
    await menu.waitUntilGone('Код для поддержки');

    // Somebody else signs in with the same browser.
    await chromium.store.importPkcs12(ivanov.path, ivanov.password);
    await helper.bringToFront();
    await helper.goto(`${demo.portalUrl}/`);
    await press(helper, TEXTS.ru.signOut);
    await helper.waitForURL(/\/(?:signed-out|sign-in)/);
    await helper.goto(demo.crmUrl);
    await signIn(helper, demo, 'ivanov');
    const pressed = press(helper, 'Выбрать другой сертификат');
    await chromium.picker.choose('ivanov');
    await pressed;
    await helper.waitForURL(`${demo.crmUrl}/`);
    await page.bringToFront();
    await menu.waitForText(/открыта для belova.*вошёл ivanov/);
  });

  browserTest('leads to another choice of certificate', async ({ lab }) => {
    const petrov = await (await createVisitor(lab, demo, 'petrov')).download();
    const { chromium, page, menu } = await enter(lab);
    await chromium.store.importPkcs12(petrov.path, petrov.password);
    await menu.press('Учётная запись ivanov');
    await menu.press('Выбрать другой сертификат');
    await page.waitForURL(`${demo.portalUrl}/choose-again?application=crm`);
    await chooseOnPage(chromium, 'petrov');
    await readRefusal(page, 'certificate-mismatch');
    await chooseOnPage(chromium, 'ivanov');
    await page.waitForURL(`${demo.crmUrl}/`);
  });

  const chooseOnPage = async (chromium: Chromium, subject: string) => {
    const pressed = press(chromium.page, 'Выбрать другой сертификат');
    await chromium.picker.choose(subject);
    await pressed;
  };
});
