import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import type { NssStore } from './harness/nss-store.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { openCrmFirefox, signInFirefox, waitForCrmFirefox } from './product/firefox-portal.ts';
import { waitForPassword } from './product/password-from-phone.ts';
import { press, pressAndChoose, readRefusal, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

const { chooseAnother, download, installed, messages, signOut } = TEXTS.ru;
const OPEN_WEBSOCKET = `new Promise((resolve, reject) => {
  globalThis.probe = new WebSocket('wss://' + location.host + '/live');
  probe.onopen = () => resolve(true);
  probe.onerror = () => reject(new Error('the WebSocket did not open'));
})`;

/** What the demo's application knows: the person as the gate says, and its own session. */
interface WhoAmI {
  readonly identity: { readonly login: string };
  readonly session: { readonly login: string };
}

// The numbers are those of the document that people are given. Two browsers share the certificates of the system as on
// Windows: two profiles on one store.
describe('several accounts on one computer, one account on several', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;
  let petrov: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    for (const [login, phone] of [
      ['orlov', '+79161110001'],
      ['sidorova', '+79161110002'],
      ['kuznetsova', '+79161110003'],
      ['smirnov', '+79161110004'],
    ] as const) {
      await demo.addAccount(login, phone);
    }
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
    petrov = await (await createVisitor(ground, demo, 'petrov')).download();
  });
  afterAll(() => ground.close());

  const newStore = async (lab: Lab, ...files: readonly IssuedFile[]) => {
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    for (const { path, password } of files) await store.importPkcs12(path, password);
    return store;
  };
  /** «перейти на сайт CRM», where the picker comes up. */
  const openCrm = async ({ page, picker }: Chromium, choice: string | 'cancel') => {
    const opened = page.goto(demo.crmUrl);
    await (choice === 'cancel' ? picker.cancel() : picker.choose(choice));
    await opened;
  };
  const expectInside = async ({ page, context }: Chromium, login: string) => {
    await page.waitForURL(`${demo.crmUrl}/`);
    const who = await page.evaluate<WhoAmI>("fetch('/whoami.json').then((answer) => answer.json())");
    expect([who.identity.login, who.session.login]).toEqual([login, login]);
    const cookies = await context.cookies(demo.crmUrl);
    return cookies.find(({ name }) => name === 'crm_session')?.value;
  };
  const downloadAndInstall = async (chromium: Chromium, store: NssStore, login: string) => {
    const file = await chromium.waitForDownload(() => press(chromium.page, download));
    await store.importPkcs12(file.path, await waitForPassword(demo, login));
  };
  const leave = async ({ page }: Chromium) => {
    await page.goto(`${demo.portalUrl}/`);
    await press(page, signOut);
    await page.waitForURL(/\/(?:signed-out|sign-in)/);
  };

  browserTest('2.1.1: a browser for each account, no certificate issued yet', async ({ lab }) => {
    const store = await newStore(lab);
    const first = await lab.chromium({ store });
    await first.page.goto(demo.crmUrl);
    await signIn(first.page, demo, 'orlov');
    await readRefusal(first.page, 'certificate-missing');
    await downloadAndInstall(first, store, 'orlov');
    await pressAndChoose(first, installed, 'orlov');
    await expectInside(first, 'orlov');

    // «не имеет значения»: the other one's certificate is chosen, or «Отмена» is pressed.
    const second = await lab.chromium({ store });
    await openCrm(second, 'orlov');
    await signIn(second.page, demo, 'sidorova');
    const reason = 'certificate-mismatch-none-issued';
    expect(await readRefusal(second.page, reason)).toBe(messages[reason]);
    await second.page.getByRole('button', { name: download, exact: true }).waitFor();
    await second.restart();
    await openCrm(second, 'cancel');
    expect(await readRefusal(second.page, 'certificate-missing')).toBe(messages['certificate-missing']);
    await downloadAndInstall(second, store, 'sidorova');
    await second.restart();
    await openCrm(second, 'sidorova');
    await expectInside(second, 'sidorova');
    await first.page.reload();
    await expectInside(first, 'orlov');
  });

  browserTest('2.1.2: one browser, the second account has no certificate yet', async ({ lab }) => {
    const store = await newStore(lab);
    const chromium = await lab.chromium({ store });
    await chromium.page.goto(demo.crmUrl);
    await signIn(chromium.page, demo, 'kuznetsova');
    await readRefusal(chromium.page, 'certificate-missing');
    await downloadAndInstall(chromium, store, 'kuznetsova');
    await pressAndChoose(chromium, installed, 'kuznetsova');
    const formerSession = await expectInside(chromium, 'kuznetsova');
    await leave(chromium);

    await chromium.page.goto(demo.crmUrl);
    await signIn(chromium.page, demo, 'smirnov');
    await readRefusal(chromium.page, 'certificate-mismatch-none-issued');
    await downloadAndInstall(chromium, store, 'smirnov');
    await chromium.restart();
    await openCrm(chromium, 'smirnov');
    expect(await expectInside(chromium, 'smirnov')).not.toBe(formerSession);

    await leave(chromium);
    await chromium.restart();
    await openCrm(chromium, 'kuznetsova');
    await signIn(chromium.page, demo, 'kuznetsova');
    await expectInside(chromium, 'kuznetsova');
  });

  browserTest('2.2.1: a browser for each account, signed in before or not', async ({ lab }) => {
    const store = await newStore(lab, ivanov, petrov);
    const browsers = [
      [await lab.chromium({ store }), 'ivanov'],
      [await lab.chromium({ store }), 'petrov'],
    ] as const;
    for (const [chromium, login] of browsers) {
      await openCrm(chromium, login);
      await signIn(chromium.page, demo, login);
      await expectInside(chromium, login);
    }
    // Signed in already: after a restart only the certificate is asked for.
    for (const [chromium, login] of browsers) {
      await chromium.restart();
      await openCrm(chromium, login);
      await expectInside(chromium, login);
    }
  });

  browserTest('2.2.2: one browser, and a wrong choice in between', async ({ lab }) => {
    const chromium = await lab.chromium({ store: await newStore(lab, ivanov, petrov) });
    await openCrm(chromium, 'ivanov');
    await signIn(chromium.page, demo, 'ivanov');
    const formerSession = await expectInside(chromium, 'ivanov');
    await chromium.page.evaluate("localStorage.setItem('draft', 'of ivanov')");
    await leave(chromium);
    await chromium.restart();
    await openCrm(chromium, 'petrov');
    await signIn(chromium.page, demo, 'petrov');
    expect(await expectInside(chromium, 'petrov')).not.toBe(formerSession);
    expect(await chromium.page.evaluate("localStorage.getItem('draft')")).toBeNull();

    // petrov is signed in still, and chooses by mistake: the right message, and the right choice without a restart.
    await chromium.restart();
    await openCrm(chromium, 'ivanov');
    const reason = 'certificate-mismatch';
    expect(await readRefusal(chromium.page, reason)).toBe(messages[reason]);
    await pressAndChoose(chromium, chooseAnother, 'petrov');
    await expectInside(chromium, 'petrov');
    // Once more, put right by a restart as the document has it.
    await chromium.restart();
    await openCrm(chromium, 'ivanov');
    await readRefusal(chromium.page, reason);
    await chromium.restart();
    await openCrm(chromium, 'petrov');
    await expectInside(chromium, 'petrov');
  });

  browserTest('2.2.1 and 2.2.2 with Firefox, which has a store of its own', async ({ lab }) => {
    const chromium = await lab.chromium({ store: await newStore(lab, ivanov) });
    await openCrm(chromium, 'ivanov');
    await signIn(chromium.page, demo, 'ivanov');
    await expectInside(chromium, 'ivanov');

    const firefox = await lab.firefox({ serverCaPem: demo.serverCaPem });
    for (const { path, password } of [ivanov, petrov]) await firefox.store.importPkcs12(path, password);
    await openCrmFirefox(firefox, demo, 'petrov');
    await signInFirefox(firefox, demo, 'petrov');
    await waitForCrmFirefox(firefox, demo, 'petrov');
    await chromium.page.reload();
    await expectInside(chromium, 'ivanov');

    await firefox.page.navigate(`${demo.portalUrl}/`);
    await firefox.page.clickText(signOut);
    await firefox.page.waitForText('body', TEXTS.ru.signIn);
    await firefox.restart();
    await openCrmFirefox(firefox, demo, 'ivanov');
    await signInFirefox(firefox, demo, 'ivanov');
    await waitForCrmFirefox(firefox, demo, 'ivanov');
  });

  browserTest('3: one certificate on two computers at once', async ({ lab }) => {
    const computers = [
      await lab.chromium({ store: await newStore(lab, ivanov) }),
      await lab.chromium({ store: await newStore(lab, ivanov) }),
    ];
    for (const computer of computers) {
      await openCrm(computer, 'ivanov');
      await signIn(computer.page, demo, 'ivanov');
      await expectInside(computer, 'ivanov');
      await computer.page.evaluate(OPEN_WEBSOCKET);
    }
    for (const computer of computers) {
      await expectInside(computer, 'ivanov');
      expect(await computer.page.evaluate('probe.readyState')).toBe(1);
    }
  });
});
