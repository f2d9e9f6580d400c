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
import { countSteps, stepsDocument, type Way } from './product/steps.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

const CHROMIUM = 'Chromium';
const FIREFOX = 'Firefox';
const FIRST = 'first entry, nothing issued yet';
const { download, installed, chooseAnother, messages } = TEXTS.ru;

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
        for (const what of [
          'Settings, «Privacy & Security»',
          '«Advanced settings»',
          '«Manage certificates»',
        ]) {
          await step(what, async () => {});
        }
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

  test('are those of the document', async () => {
    expect(ways).toHaveLength(6);
    await expect(stepsDocument(ways)).toMatchFileSnapshot('../docs/steps-to-enter.md');
  });
});
