import { X509Certificate } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { deleteInChromiumManager } from './harness/chromium-manager.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { passwordIn } from './product/password-from-phone.ts';
import { press, pressAndChoose, readRefusal, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor } from './product/visitor.ts';

const CLOSED = 3;
const OPEN_WEBSOCKET = `new Promise((resolve, reject) => {
  globalThis.probe = new WebSocket('wss://' + location.host + '/live');
  probe.onopen = () => resolve();
  probe.onerror = () => reject(new Error('the WebSocket did not open'));
})`;
const REPLACE = 'Заменить сертификат';

interface Listed {
  readonly serialNumber: string;
  readonly status: string;
}

describe('replacing a certificate', () => {
  let ground: Lab;
  let demo: Demo;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    await demo.addAccount('orlov', '+79161110002');
    await demo.addAccount('sidorova', '+79161110001');
  });
  afterAll(() => ground.close());

  const list = (login: string) => demo.propuskJson<Listed[]>('certificate', 'list', login);
  const textsFor = async (login: string) =>
    (await demo.messages()).map(({ text }) => text).filter((text) => text.includes(login));
  const waitForText = (login: string, pattern: RegExp, count = 1) =>
    waitUntil(
      async () => {
        const found = (await textsFor(login)).filter((text) => pattern.test(text));
        return found.length >= count ? found.at(-1) : undefined;
      },
      { what: `message ${count} for ${login} like ${pattern}`, timeoutMs: 20_000 },
    );
  const confirm = async (page: Page, word: 'Да' | 'Нет') => {
    await press(page, REPLACE);
    await page.getByRole('dialog').getByRole('button', { name: word, exact: true }).click();
  };
  const enter = async (chromium: Chromium, login: string) => {
    const { page, picker } = chromium;
    const opened = page.goto(demo.crmUrl);
    await picker.choose(login);
    await opened;
    await signIn(page, demo, login);
    await page.waitForURL(`${demo.crmUrl}/`);
  };

  browserTest(
    'ends the old one in an open page at once, and the new one enters without a restart',
    async ({ lab }) => {
      const visitor = await createVisitor(lab, demo, 'ivanov');
      const old = await visitor.download();
      const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
      await store.importPkcs12(old.path, old.password);
      const chromium = await lab.chromium({ store, language: 'ru' });
      const { page, context } = chromium;
      await enter(chromium, 'ivanov');
      await page.evaluate(OPEN_WEBSOCKET);
      const [before] = await list('ivanov');

      // «Нет» and «На главную» issue nothing.
      const portal = await context.newPage();
      await portal.goto(demo.portalUrl);
      await portal.getByRole('link', { name: REPLACE }).click();
      await confirm(portal, 'Нет');
      await confirm(portal, 'Да');
      await portal.getByRole('link', { name: TEXTS.ru.home, exact: true }).click();
      await portal.waitForURL(`${demo.crmUrl}/`);
      expect(await list('ivanov')).toHaveLength(1);
      expect(await page.evaluate<number>('probe.readyState')).toBe(1);

      await portal.goto(`${demo.portalUrl}/replace`);
      await confirm(portal, 'Да');
      const file = await chromium.waitForDownload(() => press(portal, TEXTS.ru.download));
      await waitUntil(async () => (await page.evaluate<number>('probe.readyState')) === CLOSED || undefined, {
        what: 'the WebSocket to be closed',
        timeoutMs: 5_000,
      });
      const after = await list('ivanov');
      expect(after.map(({ status }) => status)).toEqual(['active', 'superseded']);
      const tail = (before?.serialNumber ?? '').slice(-4).toUpperCase();
      await portal.getByText('Удалите старый сертификат').waitFor();
      await portal.getByText(`серийный номер …${tail}`).waitFor();
      for (const step of [
        /^Установить новый сертификат/,
        /^Перезапустить браузер/,
        /^Удалить старый сертификат/,
      ]) {
        await portal.getByRole('listitem').filter({ hasText: step }).waitFor();
      }

      // The old one is refused in this browser and everywhere else.
      expect(await page.evaluate<number>("fetch('/').then((answer) => answer.status, () => 0)")).not.toBe(
        200,
      );
      await page.goto(demo.crmUrl).catch(() => {});
      expect(await readRefusal(page, 'certificate-mismatch')).toBe(TEXTS.ru.messages['certificate-mismatch']);
      const elsewhere = await visitor.enter(old.pem);
      expect(elsewhere.headers.get('location')?.[0]).toContain('/refused?decision=');

      // Both have the same subject; the serial number tells them apart.
      const password = passwordIn((await waitForText('ivanov', /файла ivanov .*: \S+$/, 2)) ?? '');
      await store.importPkcs12(file.path, password);
      // The picker of a page in the background waits until somebody looks at it.
      await page.bringToFront();
      const newSerial = after[0]?.serialNumber.toUpperCase() ?? '';
      const pressed = press(page, TEXTS.ru.chooseAnother);
      await chromium.picker.choose((line) => line.serialNumber.toUpperCase().endsWith(newSerial));
      await pressed;
      await page.waitForURL(`${demo.crmUrl}/`);

      // The last step: without the old one there is nothing to mistake the new one for.
      const { fingerprint256 } = new X509Certificate(await readFile(old.pem.certificatePem));
      await deleteInChromiumManager(page, fingerprint256);
      await chromium.restart();
      const opened = chromium.page.goto(demo.crmUrl);
      const { lines } = await chromium.picker.waitForPicker();
      expect(lines.map(({ serialNumber }) => BigInt(`0x${serialNumber}`))).toEqual([
        BigInt(`0x${newSerial}`),
      ]);
      await chromium.picker.choose('ivanov');
      await opened;
      await chromium.page.waitForURL(`${demo.crmUrl}/`);
    },
  );

  browserTest('of a lost file takes a code from the telephone, and the owner is told', async ({ lab }) => {
    await (await createVisitor(lab, demo, 'orlov')).download();
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    const chromium = await lab.chromium({ store, language: 'ru' });
    const { page } = chromium;
    await page.goto(demo.crmUrl);
    await signIn(page, demo, 'orlov');
    await readRefusal(page, 'certificate-not-presented');
    await page.goto(`${demo.portalUrl}/replace`);
    // Within ten minutes the file could still be downloaded; it is replaced all the same.
    await press(page, REPLACE);
    await confirm(page, 'Да');
    expect(await page.getByRole('button', { name: TEXTS.ru.download }).count()).toBe(0);
    await press(page, 'Отправить код');
    const field = page.getByLabel('Код из SMS');
    await field.waitFor();
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    const text = (await waitForText('orlov', /код \d{4} \d{4}$/)) ?? '';
    const code = text.slice(-9);
    expect((await list('orlov')).map(({ status }) => status)).toEqual(['active']);

    await field.fill(code.startsWith('0') ? '1000 0000' : '0000 0000');
    await press(page, TEXTS.ru.download);
    await page.getByText('Код неверен. Осталось попыток: 4.').waitFor();
    expect((await list('orlov')).map(({ status }) => status)).toEqual(['active']);

    await field.fill(code);
    const file = await chromium.waitForDownload(() => press(page, TEXTS.ru.download));
    await access(file.path);
    await page.getByRole('heading', { name: 'Сертификат заменён' }).waitFor();
    expect((await list('orlov')).map(({ status }) => status)).toEqual(['active', 'superseded']);
    await waitForText('orlov', /сертификат orlov заменён по коду.*Сообщите администратору$/);

    const password = passwordIn((await waitForText('orlov', /файла orlov .*: \S+$/, 2)) ?? '');
    await store.importPkcs12(file.path, password);
    await page.getByRole('link', { name: 'Пароль из SMS и установка' }).click();
    await pressAndChoose(chromium, TEXTS.ru.installed, 'orlov');
    await page.waitForURL(`${demo.crmUrl}/`);
  });

  browserTest('a stolen password alone replaces nothing', async ({ lab }) => {
    const owner = await createVisitor(lab, demo, 'sidorova');
    const own = await owner.download();
    expect((await owner.enter(own.pem)).status).toBe(200);
    const thief = await createVisitor(lab, demo, 'sidorova');
    await thief.signIn();
    const refused = await thief.post('/api/certificate/replace', {});
    expect([refused.status, refused.text]).toEqual([
      403,
      expect.stringContaining('replacement-code-required'),
    ]);
    await thief.post('/api/certificate/replacement/code', {});
    for (let time = 0; time < 6; time += 1) {
      expect((await thief.post('/api/certificate/replace', { code: '0000 0000' })).status).toBe(403);
    }
    expect((await list('sidorova')).map(({ status }) => status)).toEqual(['active']);
    expect((await owner.enter(own.pem)).status).toBe(200);
  });
});
