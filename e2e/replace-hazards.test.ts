import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { TWELVE_MINUTES_AGO } from './product/fake-time.ts';
import { certificateField } from './product/look-alike.ts';
import { isPasswordMessage, waitForPassword } from './product/password-from-phone.ts';
import { playFault } from './product/phone-faults.ts';
import { press, pressAndChoose, readRefusal, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor, type IssuedFile, toPem } from './product/visitor.ts';

const { download, fileLost, installed, replace } = TEXTS.ru;

interface Listed {
  readonly serialNumber: string;
  readonly status: string;
}

describe('replacing a certificate whose file is gone', () => {
  let ground: Lab;
  let demo: Demo;
  const files = new Map<string, IssuedFile>();

  beforeAll(async () => {
    ground = await openLab();
    // The files of these certificates were kept for ten minutes, twelve minutes ago.
    demo = await startDemo(ground, TWELVE_MINUTES_AGO);
    await demo.addAccount('orlov', '+79161110002');
    for (const login of ['ivanov', 'petrov', 'orlov']) {
      files.set(login, await (await createVisitor(ground, demo, login)).download());
    }
    await demo.stop();
    await demo.start();
  });
  afterAll(() => ground.close());

  const list = (login: string) => demo.propuskJson<Listed[]>('certificate', 'list', login);
  const statuses = async (login: string) => (await list(login)).map(({ status }) => status);
  const passwordsFor = async (login: string) =>
    (await demo.messages()).filter(({ text }) => isPasswordMessage(text, login));
  const openBrowser = async (lab: Lab, ...logins: readonly string[]) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    for (const login of logins) {
      const { path, password } = files.get(login) ?? { path: '', password: '' };
      await store.importPkcs12(path, password);
    }
    return await lab.chromium({ store, language: 'ru' });
  };
  const enter = async (chromium: Chromium, login: string) => {
    const opened = chromium.page.goto(demo.crmUrl);
    await chromium.picker.choose(login);
    await opened;
    await signIn(chromium.page, demo, login);
    await chromium.page.waitForURL(`${demo.crmUrl}/`);
  };
  const answer = (page: Page, word: 'Да' | 'Нет') =>
    page.getByRole('dialog').getByRole('button', { name: word, exact: true }).click();
  const focused = (page: Page) =>
    page.evaluate<string>(
      'document.activeElement === document.body ? "" : document.activeElement.textContent',
    );

  browserTest('«Файл потерян» leads to a code, to a new certificate and to its owner', async ({ lab }) => {
    const chromium = await openBrowser(lab);
    const { page } = chromium;
    await page.goto(demo.crmUrl);
    await signIn(page, demo, 'orlov');
    await readRefusal(page, 'certificate-not-presented');
    await press(page, fileLost);
    await page.waitForURL(`${demo.portalUrl}/replace?decision=*`);

    // The focus never falls out of the page: into the question, back to its button, on to what «Да» has opened.
    await press(page, replace);
    await page.getByRole('dialog').waitFor();
    expect(await focused(page)).toBe('Да');
    await answer(page, 'Нет');
    await expect.poll(() => focused(page)).toBe(replace);
    await press(page, replace);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe(replace);
    await press(page, replace);
    await answer(page, 'Да');
    await expect.poll(() => focused(page)).toContain('Предыдущий сертификат становится недействительным');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Отправить код');

    await press(page, 'Отправить код');
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('code');
    const told = (pattern: RegExp) =>
      waitUntil(
        async () =>
          (await demo.messages())
            .map(({ text }) => text)
            .findLast((text) => text.includes('orlov') && pattern.test(text)),
        { what: `a message like ${pattern}`, timeoutMs: 20_000 },
      );
    const code = (await told(/код \d{4} \d{4}$/)).slice(-9);
    await page.keyboard.type(code);
    const file = await chromium.waitForDownload(() => page.keyboard.press('Enter'));
    await page.getByRole('heading', { name: 'Сертификат заменён' }).waitFor();
    await expect.poll(() => focused(page)).toBe('Сертификат заменён');
    expect(await statuses('orlov')).toEqual(['active', 'superseded']);
    await told(/сертификат orlov заменён по коду.*Сообщите администратору$/);
    await chromium.store.importPkcs12(file.path, await waitForPassword(demo, 'orlov', 2));
    await page.getByRole('link', { name: 'Пароль из SMS и установка' }).click();
    await pressAndChoose(chromium, installed, 'orlov');
    await page.waitForURL(`${demo.crmUrl}/`);
  });

  browserTest(
    'pressed in two tabs at once, it replaces once and gives both the same file',
    async ({ lab }) => {
      const chromium = await openBrowser(lab, 'ivanov');
      const { context, downloadsDirectory } = chromium;
      await enter(chromium, 'ivanov');
      const tabs = [await context.newPage(), await context.newPage()];
      for (const tab of tabs) {
        await tab.bringToFront();
        await tab.goto(`${demo.portalUrl}/replace`);
        await press(tab, replace);
        await answer(tab, 'Да');
      }
      // A page in the background gets no mouse, but its button hears an event.
      await Promise.all(
        tabs.map((tab) => tab.getByRole('button', { name: download, exact: true }).dispatchEvent('click')),
      );
      for (const tab of tabs) {
        await tab.bringToFront();
        await tab.getByRole('heading', { name: 'Сертификат заменён' }).waitFor();
      }
      const saved = await waitUntil(
        async () => {
          const names = (await readdir(downloadsDirectory)).filter((name) => /\.(?:p12|pfx)$/.test(name));
          return names.length === 2 ? names : undefined;
        },
        { what: 'two files', timeoutMs: 20_000 },
      );
      expect(await statuses('ivanov')).toEqual(['active', 'superseded']);
      const password = await waitForPassword(demo, 'ivanov', 2);
      const prints = await Promise.all(
        saved.map(async (name, index) => {
          const pem = await toPem(
            join(downloadsDirectory, name),
            password,
            join(lab.directory, `tab-${index}`),
          );
          return await certificateField(pem.certificatePem, 'fingerprint');
        }),
      );
      expect(new Set(prints).size).toBe(1);
      expect(await passwordsFor('ivanov')).toHaveLength(2);
    },
  );

  browserTest(
    'while no SMS can be sent: the new file is there, and its password comes later',
    async ({ lab }) => {
      const chromium = await openBrowser(lab, 'petrov');
      const { page } = chromium;
      await enter(chromium, 'petrov');
      await playFault(demo, 'down');

      await page.goto(`${demo.portalUrl}/replace`);
      await press(page, replace);
      await answer(page, 'Да');
      expect(await statuses('petrov')).toEqual(['active']);
      const file = await chromium.waitForDownload(() => press(page, download));
      expect(await statuses('petrov')).toEqual(['active', 'superseded']);

      expect(await passwordsFor('petrov')).toHaveLength(1);
      // Killed with the message undelivered: it is in the database as soon as the former certificate is invalid.
      await demo.stop('SIGKILL');
      await demo.start();
      await chromium.store.importPkcs12(file.path, await waitForPassword(demo, 'petrov', 2, 60_000));
    },
  );
});
