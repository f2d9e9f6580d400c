import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { type PortalLanguage, pressAndChoose, readRefusal, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

const LANGUAGES = [
  ['ru', 'ru'],
  ['en', 'en-US'],
] as const satisfies readonly (readonly [PortalLanguage, string])[];

const CLOSED = 3;
/** Run in the page: resolves when the application has taken a WebSocket. */
const OPEN_WEBSOCKET = `new Promise((resolve, reject) => {
  globalThis.probe = new WebSocket('wss://' + location.host + '/live');
  probe.onopen = () => resolve();
  probe.onerror = () => reject(new Error('the WebSocket did not open'));
})`;

describe('the refusals that a browser can produce', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;
  let petrov: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    for (const [login, phone] of [
      ['sidorova', '+79161110001'],
      ['orlov', '+79161110002'],
      ['kuznetsova', '+79161110003'],
    ] as const) {
      await demo.addAccount(login, phone);
    }
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
    petrov = await (await createVisitor(ground, demo, 'petrov')).download();
  });
  afterAll(() => ground.close());

  const browserWith = async (
    lab: Lab,
    language: (typeof LANGUAGES)[number][1],
    ...files: readonly IssuedFile[]
  ) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    for (const { path, password } of files) await store.importPkcs12(path, password);
    return await lab.chromium({ store, language });
  };

  for (const [language, browserLanguage] of LANGUAGES) {
    const { messages } = TEXTS[language];

    browserTest(`6.1, ${language}: nothing issued and nothing presented`, async ({ lab }) => {
      const { page } = await browserWith(lab, browserLanguage);
      await page.goto(demo.crmUrl);
      await signIn(page, demo, 'sidorova', language);
      expect(await readRefusal(page, 'certificate-missing')).toBe(messages['certificate-missing']);
      await page.getByRole('button', { name: TEXTS[language].download }).waitFor();
    });

    browserTest(`6.2, ${language}: nothing issued, somebody else’s presented`, async ({ lab }) => {
      const chromium = await browserWith(lab, browserLanguage, ivanov);
      const { page, picker } = chromium;
      const opened = page.goto(demo.crmUrl);
      await picker.choose('ivanov');
      await opened;
      await signIn(page, demo, 'sidorova', language);
      const reason = 'certificate-mismatch-none-issued';
      expect(await readRefusal(page, reason)).toBe(messages[reason]);
      await page.getByRole('button', { name: TEXTS[language].download }).waitFor();
    });

    browserTest(
      `6.3, ${language}: somebody else’s presented, then the right one without a restart`,
      async ({ lab }) => {
        const chromium = await browserWith(lab, browserLanguage, ivanov, petrov);
        const { page, picker } = chromium;
        const opened = page.goto(demo.crmUrl);
        await picker.choose('ivanov');
        await opened;
        await signIn(page, demo, 'petrov', language);
        expect(await readRefusal(page, 'certificate-mismatch')).toBe(messages['certificate-mismatch']);
        // Both certificates are shown, so that the right line of the picker can be found.
        await page.getByText('ivanov', { exact: false }).first().waitFor();
        await pressAndChoose(chromium, TEXTS[language].chooseAnother, 'petrov');
        await page.waitForURL(`${demo.crmUrl}/`);
      },
    );

    browserTest(`6.4, ${language}: Cancel, then choosing again without a restart`, async ({ lab }) => {
      const chromium = await browserWith(lab, browserLanguage, ivanov);
      const { page, picker } = chromium;
      const opened = page.goto(demo.crmUrl);
      await picker.cancel();
      await opened;
      await signIn(page, demo, 'ivanov', language);
      const reason = 'certificate-not-presented';
      expect(await readRefusal(page, reason)).toBe(messages[reason]);
      await pressAndChoose(chromium, TEXTS[language].installed, 'ivanov');
      await page.waitForURL(`${demo.crmUrl}/`);
    });
  }

  browserTest('6.5: revoked while a page and a WebSocket are open', async ({ lab }) => {
    const file = await (await createVisitor(lab, demo, 'orlov')).download();
    const chromium = await browserWith(lab, 'ru', file);
    const { page, picker } = chromium;
    const opened = page.goto(demo.crmUrl);
    await picker.choose('orlov');
    await opened;
    await signIn(page, demo, 'orlov');
    await page.waitForURL(`${demo.crmUrl}/`);
    await page.evaluate(OPEN_WEBSOCKET);

    const [certificate] = await demo.propuskJson<{ serialNumber: string }[]>('certificate', 'list', 'orlov');
    await demo.propuskJson(
      'certificate',
      'revoke',
      certificate?.serialNumber ?? '',
      '--reason',
      'keyCompromise',
    );
    await waitUntil(async () => (await page.evaluate<number>('probe.readyState')) === CLOSED || undefined, {
      what: 'the WebSocket to be closed',
      timeoutMs: 5_000,
    });
    expect(await page.evaluate<number>("fetch('/').then((answer) => answer.status, () => 0)")).not.toBe(200);
    await page.goto(demo.crmUrl).catch(() => {});
    expect(await readRefusal(page, 'certificate-revoked')).toBe(TEXTS.ru.messages['certificate-revoked']);
    expect(await page.getByRole('button', { name: TEXTS.ru.download }).count()).toBe(0);

    await page
      .getByRole('button', { name: 'EN' })
      .or(page.getByRole('radio', { name: 'EN' }))
      .or(page.getByText('EN', { exact: true }))
      .first()
      .click();
    expect(await readRefusal(page, 'certificate-revoked')).toBe(TEXTS.en.messages['certificate-revoked']);

    // An administrator allows a new download: then there is none, and it can be downloaded.
    await demo.propuskJson('certificate', 'allow', 'orlov');
    await page.goto(demo.crmUrl);
    await readRefusal(page, 'certificate-mismatch-none-issued');
    await page.getByRole('button', { name: TEXTS.en.download }).waitFor();
  });

  browserTest('over HTTP/1.1 and TLS 1.2 a wrong choice is mended without a restart too', async ({ lab }) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    for (const { path, password } of [ivanov, petrov]) await store.importPkcs12(path, password);
    const chromium = await lab.chromium({ store, http: '1.1', tls: '1.2' });
    const { page, picker } = chromium;
    const opened = page.goto(demo.crmUrl);
    await picker.choose('petrov');
    await opened;
    await signIn(page, demo, 'ivanov');
    await readRefusal(page, 'certificate-mismatch');
    await pressAndChoose(chromium, TEXTS.ru.chooseAnother, 'ivanov');
    await page.waitForURL(`${demo.crmUrl}/`);
  });
});
