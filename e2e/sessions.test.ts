import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import type { Chromium } from './harness/chromium.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { press, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

/** What the demo's application knows: the person as the gate says, and its own session. */
interface WhoAmI {
  readonly identity: { readonly login: string };
  readonly session: { readonly login: string };
}

describe('a session in a browser', () => {
  let ground: Lab;
  let demo: Demo;
  let ivanov: IssuedFile;
  let petrov: IssuedFile;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
    ivanov = await (await createVisitor(ground, demo, 'ivanov')).download();
    petrov = await (await createVisitor(ground, demo, 'petrov')).download();
  });
  afterAll(() => ground.close());

  const openCrm = async (chromium: Chromium, subject: string) => {
    const opened = chromium.page.goto(demo.crmUrl);
    await chromium.picker.choose(subject);
    await opened;
  };
  const whoami = (chromium: Chromium) =>
    chromium.page.evaluate<WhoAmI>("fetch('/whoami.json').then((answer) => answer.json())");
  const crmCookie = async (chromium: Chromium) =>
    (await chromium.context.cookies(demo.crmUrl)).find(({ name }) => name === 'crm_session')?.value;

  browserTest(
    'outlives a restart of the browser; only the certificate is asked for again',
    async ({ lab }) => {
      const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
      await store.importPkcs12(ivanov.path, ivanov.password);
      const chromium = await lab.chromium({ store });
      await openCrm(chromium, 'ivanov');
      await signIn(chromium.page, demo, 'ivanov');
      await chromium.page.waitForURL(`${demo.crmUrl}/`);

      await chromium.restart();
      await openCrm(chromium, 'ivanov');
      expect(chromium.page.url()).toBe(`${demo.crmUrl}/`);
      expect(await whoami(chromium)).toMatchObject({ identity: { login: 'ivanov' } });
    },
  );

  browserTest(
    'ends with everything of the application, and the next account finds nothing of it',
    async ({ lab }) => {
      const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
      for (const { path, password } of [ivanov, petrov]) await store.importPkcs12(path, password);
      const chromium = await lab.chromium({ store });
      await openCrm(chromium, 'ivanov');
      await signIn(chromium.page, demo, 'ivanov');
      await chromium.page.waitForURL(`${demo.crmUrl}/`);
      await chromium.page.evaluate("localStorage.setItem('draft', 'of ivanov')");
      const former = await crmCookie(chromium);
      expect(former).toBeDefined();

      await chromium.page.goto(`${demo.portalUrl}/`);
      await press(chromium.page, TEXTS.ru.signOut);
      await chromium.page.waitForURL(/\/(?:signed-out|sign-in)/);
      expect(await crmCookie(chromium)).toBeUndefined();

      await chromium.page.goto(demo.crmUrl);
      await signIn(chromium.page, demo, 'petrov');
      // Still ivanov's certificate: petrov is refused and chooses his own.
      await chromium.page.locator('[data-reason="certificate-mismatch"]').waitFor();
      const pressed = press(chromium.page, TEXTS.ru.chooseAnother);
      await chromium.picker.choose('petrov');
      await pressed;
      await chromium.page.waitForURL(`${demo.crmUrl}/`);
      expect(await whoami(chromium)).toMatchObject({
        identity: { login: 'petrov' },
        session: { login: 'petrov' },
      });
      expect(await chromium.page.evaluate("localStorage.getItem('draft')")).toBeNull();
      expect(await crmCookie(chromium)).not.toBe(former);
    },
  );
});
