import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { readPasswordOnPhone } from './product/password-from-phone.ts';
import { press, pressAndChoose, readRefusal, signIn, TEXTS } from './product/portal-page.ts';

describe('the main job, in a browser with an empty store', () => {
  let ground: Lab;
  let demo: Demo;
  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
  });
  afterAll(() => ground.close());

  browserTest(
    'ivanov signs in, downloads, reads the phone, imports, chooses and works in the CRM',
    async ({ lab }) => {
      const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
      const chromium = await lab.chromium({ store });
      const { page } = chromium;

      // The application leads to the portal; nothing is in the store, so no picker comes in between.
      await page.goto(`${demo.crmUrl}/?status=open`);
      await page.waitForURL(`${demo.portalUrl}/sign-in?request=*`);
      await signIn(page, demo, 'ivanov');
      expect(await readRefusal(page, 'certificate-missing')).toBe(TEXTS.ru.messages['certificate-missing']);

      const download = await chromium.waitForDownload(() => press(page, TEXTS.ru.download));
      expect(download.fileName).toMatch(/^ivanov-\d{4}-\d{2}-\d{2}\.p(fx|12)$/);
      await page.waitForURL(`${demo.portalUrl}/certificate*`);

      const phone = await chromium.context.newPage();
      const password = await readPasswordOnPhone(phone, demo, 'ivanov');
      expect(password).toMatch(/^[a-z0-9]{12,}$/);
      await phone.close();
      await store.importPkcs12(download.path, password);

      const line = await pressAndChoose(chromium, TEXTS.ru.installed, 'ivanov');
      expect(line.subject).toBe('ivanov');

      // Back at the address that was asked for first, signed in and known by name.
      await page.waitForURL(`${demo.crmUrl}/?status=open`);
      await page.getByRole('heading', { name: 'Обращения' }).waitFor();
      await expect.poll(() => page.getByText('Иванов Иван').count()).toBeGreaterThan(0);
    },
  );
});
