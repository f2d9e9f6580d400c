import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Remember } from './harness/firefox-dialog.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import {
  openCrmFirefox,
  readRefusalFirefox,
  signInFirefox,
  waitForCrmFirefox,
} from './product/firefox-portal.ts';
import { waitForPassword } from './product/password-from-phone.ts';
import { press, pressAndChoose, readRefusal, signIn, TEXTS } from './product/portal-page.ts';
import { countSteps, type StepCounter, stepsDocument, type Way } from './product/steps.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

const CHROMIUM = 'Chromium';
const FIREFOX = 'Firefox';
const FIRST = 'first entry, nothing issued yet';
const { download, installed, chooseAnother, replace, messages } = TEXTS.ru;

describe('steps and restarts from the sign-in page to the application', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;
  let petrov: IssuedFile;
  const ways: Way[] = [];
  const record = async (...given: Parameters<typeof countSteps>) => {
    ways.push(await countSteps(...given));
  };

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    await demo.addAccount('orlov', '+79161110002');
    await demo.addAccount('sidorova', '+79161110001');
    await demo.addAccount('kuznetsov', '+79161110003');
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
    petrov = await (await createVisitor(ground, demo, 'petrov')).download();
  });
  afterAll(() => ground.close());

  browserTest('Chromium: first entry without a restart', async ({ lab }) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    const chromium = await lab.chromium({ store });
    const { page } = chromium;
    await page.goto(demo.crmUrl);
    await record(CHROMIUM, FIRST, async ({ step }) => {
      await step('sign in', () => signIn(page, demo, 'orlov'));
      await readRefusal(page, 'certificate-missing');
      const file = await step(`«${download}»`, () => chromium.waitForDownload(() => press(page, download)));
      const password = await waitForPassword(demo, 'orlov');
      await step('install the file with the password from the SMS', () =>
        store.importPkcs12(file.path, password),
      );
      await step(`«${installed}», choose the certificate`, () =>
        pressAndChoose(chromium, installed, 'orlov'),
      );
      await page.waitForURL(`${demo.crmUrl}/`);
    });
  });

  browserTest('Chromium: a wrong choice is put right without a restart', async ({ lab }) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    for (const { path, password } of [ivanov, petrov]) await store.importPkcs12(path, password);
    const chromium = await lab.chromium({ store });
    const { page, picker } = chromium;
    const opened = page.goto(demo.crmUrl);
    await picker.choose('petrov');
    await opened;
    await record(CHROMIUM, 'somebody else’s certificate was chosen', async ({ step }) => {
      await step('sign in', () => signIn(page, demo, 'ivanov'));
      await readRefusal(page, 'certificate-mismatch');
      await step(`«${chooseAnother}», choose the certificate`, () =>
        pressAndChoose(chromium, chooseAnother, 'ivanov'),
      );
      await page.waitForURL(`${demo.crmUrl}/`);
    });
  });

  browserTest('Firefox: first entry without a restart, from its own store', async ({ lab }) => {
    const firefox = await lab.firefox({ serverCaPem: demo.serverCaPem });
    const { page, dialog } = firefox;
    await page.navigate(demo.crmUrl);
    await record(FIREFOX, FIRST, async ({ step }) => {
      await step('sign in', () => signInFirefox(firefox, demo, 'sidorova'));
      expect(await readRefusalFirefox(firefox, 'certificate-missing')).toBe(messages['certificate-missing']);
      const file = await step(`«${download}»`, () => firefox.waitForDownload(() => page.clickText(download)));
      const password = await waitForPassword(demo, 'sidorova');
      await step('install the file with the password from the SMS', () =>
        firefox.store.importPkcs12(file.path, password),
      );
      await step(`«${installed}», choose the certificate`, () =>
        dialog.openedBy(
          () => page.clickText(installed),
          async () => {
            const { lines, remember } = await dialog.waitForDialog();
            expect([lines.map(({ nickname }) => nickname.split(' ')[0]), remember]).toEqual([
              ['sidorova'],
              'for-this-session',
            ]);
            await dialog.accept(0);
          },
        ),
      );
      await waitForCrmFirefox(firefox, demo, 'sidorova');
    });
  });

  /** Chooses petrov's certificate for ivanov, keeps that as long as told, and signs in. */
  const chooseWrongly = async (lab: Lab, remember: Remember) => {
    const firefox = await lab.firefox({ serverCaPem: demo.serverCaPem });
    for (const { path, password } of [ivanov, petrov]) await firefox.store.importPkcs12(path, password);
    await openCrmFirefox(firefox, demo, 'petrov', remember);
    return firefox;
  };
  /** Done by what comes after it; a person counts each. */
  const throughSettings = async (step: StepCounter['step']) => {
    for (const what of ['Settings, «Privacy & Security»', '«Advanced settings»', '«Manage certificates»']) {
      await step(what, async () => {});
    }
  };
  const wrong = (kind: string) => `somebody else’s certificate was chosen «${kind}»`;

  browserTest('Firefox, «Once»: the button is enough', async ({ lab }) => {
    const firefox = await chooseWrongly(lab, 'once');
    const { page, dialog } = firefox;
    await record(FIREFOX, wrong('Once'), async ({ step }) => {
      await step('sign in', () => signInFirefox(firefox, demo, 'ivanov'));
      expect(await readRefusalFirefox(firefox, 'certificate-mismatch')).toBe(
        messages['certificate-mismatch'],
      );
      await page.click('input[value="once"]');
      await page.waitForText('[data-kind="once"] li', chooseAnother);
      await step(`«${chooseAnother}», choose the certificate`, () =>
        dialog.openedBy(
          () => page.clickText(chooseAnother),
          () => dialog.accept('ivanov', 'for-this-session'),
        ),
      );
      await waitForCrmFirefox(firefox, demo, 'ivanov');
    });
  });

  browserTest('Firefox, «Once»: it asks again after a restart, and keeps nothing', async ({ lab }) => {
    const firefox = await lab.firefox({ serverCaPem: demo.serverCaPem });
    await firefox.store.importPkcs12(ivanov.path, ivanov.password);
    await openCrmFirefox(firefox, demo, 'ivanov', 'once');
    await signInFirefox(firefox, demo, 'ivanov');
    await waitForCrmFirefox(firefox, demo, 'ivanov', 'once');
    expect(await firefox.decisions.list()).toEqual([]);
    await firefox.restart();
    await openCrmFirefox(firefox, demo, 'ivanov', 'once');
    await waitForCrmFirefox(firefox, demo, 'ivanov', 'once');
  });

  browserTest('Firefox, «For this session»: a restart, and the dialog is there', async ({ lab }) => {
    const firefox = await chooseWrongly(lab, 'for-this-session');
    await record(FIREFOX, wrong('For this session'), async ({ step, restart }) => {
      await step('sign in', () => signInFirefox(firefox, demo, 'ivanov'));
      await readRefusalFirefox(firefox, 'certificate-mismatch');
      await firefox.page.waitForText('[data-kind="session"] li', 'Закройте все окна Firefox');
      // Without a restart there is no dialog: the button alone does not help.
      await firefox.page.clickText(chooseAnother);
      await firefox.dialog.expectNoDialog(2000);
      await restart(() => firefox.restart());
      await step('open the application, choose the certificate', () =>
        openCrmFirefox(firefox, demo, 'ivanov'),
      );
      await waitForCrmFirefox(firefox, demo, 'ivanov');
    });
  });

  browserTest(
    'Firefox, «Permanently»: a restart does not help, the decision deleted in «Authentication Decisions» does',
    async ({ lab }) => {
      const firefox = await chooseWrongly(lab, 'permanently');
      await record(FIREFOX, wrong('Permanently'), async ({ step }) => {
        await step('sign in', () => signInFirefox(firefox, demo, 'ivanov'));
        await readRefusalFirefox(firefox, 'certificate-mismatch');
        await firefox.restart();
        await firefox.page.navigate(demo.crmUrl);
        await readRefusalFirefox(firefox, 'certificate-mismatch');
        await firefox.page.click('input[value="permanent"]');
        await firefox.page.waitForText('[data-kind="permanent"]', 'Authentication Decisions');
        await throughSettings(step);
        await step('«Authentication Decisions», choose the line, «Delete…»', () =>
          firefox.decisions.delete(demo.crmHost),
        );
        await step(`«${chooseAnother}», choose the certificate`, () =>
          firefox.dialog.openedBy(
            () => firefox.page.clickText(chooseAnother),
            (dialog) => dialog.accept('ivanov'),
          ),
        );
        await waitForCrmFirefox(firefox, demo, 'ivanov');
      });
    },
  );

  browserTest(
    'Firefox, replaced: the old one deleted in «Your Certificates», and it asks',
    async ({ lab }) => {
      const visitor = await createVisitor(ground, demo, 'kuznetsov');
      const old = await visitor.download();
      const firefox = await lab.firefox({ serverCaPem: demo.serverCaPem });
      const { page, dialog, store } = firefox;
      await store.importPkcs12(old.path, old.password);
      await openCrmFirefox(firefox, demo, 'kuznetsov', 'permanently');
      await signInFirefox(firefox, demo, 'kuznetsov');
      await waitForCrmFirefox(firefox, demo, 'kuznetsov');
      await page.navigate(`${demo.portalUrl}/replace`);
      await page.clickText(replace);
      await page.clickText('Да');
      const renewed = await firefox.waitForDownload(() => page.clickText(download));
      await store.importPkcs12(renewed.path, await waitForPassword(demo, 'kuznetsov', 2));
      const [current, former] = await demo.propuskJson<{ serialNumber: string }[]>(
        'certificate',
        'list',
        'kuznetsov',
      );
      const tail = former?.serialNumber.slice(-4).toUpperCase() ?? '';

      await page.navigate(demo.crmUrl);
      expect(await readRefusalFirefox(firefox, 'certificate-mismatch')).toBe(
        messages['certificate-mismatch'],
      );
      await page.waitForText('main', 'Firefox предъявил ваш старый сертификат. Удалите его');
      await page.waitForText('main', `серийный номер …${tail}`);
      await record(FIREFOX, 'the own former certificate is still chosen «Permanently»', async ({ step }) => {
        await throughSettings(step);
        await step(`«Your Certificates», choose the former one, «Delete…», «OK»`, () =>
          firefox.ownCertificates.delete(tail),
        );
        await step(`«${chooseAnother}», choose the certificate`, () =>
          dialog.openedBy(
            () => page.clickText(chooseAnother),
            async () => {
              const { lines } = await dialog.waitForDialog();
              expect(lines.map(({ serialNumber }) => BigInt(`0x${serialNumber}`))).toEqual([
                BigInt(`0x${current?.serialNumber}`),
              ]);
              await dialog.accept(0);
            },
          ),
        );
        await waitForCrmFirefox(firefox, demo, 'kuznetsov');
      });
    },
  );

  test('are those of the document', async () => {
    expect(ways).toHaveLength(7);
    await expect(stepsDocument(ways)).toMatchFileSnapshot('../docs/steps-to-enter.md');
  });
});
