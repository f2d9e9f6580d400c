import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { press, signIn, TEXTS } from './product/portal-page.ts';
import { createVisitor } from './product/visitor.ts';

let ground: Lab;
let demo: Demo;
beforeAll(async () => {
  ground = await openLab();
  demo = await startDemo(ground);
});
afterAll(() => ground.close());

/** Reading the picker's lines; longer than any timer that pages have had here. */
const READING_MS = 7_000;

browserTest('a browser that remembers no choice asks once, however long somebody reads', async ({ lab }) => {
  const visitor = await createVisitor(lab, demo, 'ivanov');
  const { path, password } = await visitor.download();
  const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
  await store.importPkcs12(path, password);
  const chromium = await lab.chromium({ store });
  const { page, picker } = chromium;
  // Straight to the portal: no connection to the application was opened, so nothing is remembered.
  await page.goto(`${demo.portalUrl}/sign-in`);
  await signIn(page, demo, 'ivanov');
  await page.waitForURL(`${demo.portalUrl}/`);
  await page.goto(`${demo.portalUrl}/certificate`);
  await picker.openedBy(
    () => press(page, TEXTS.ru.installed),
    async () => {
      await picker.waitForPicker();
      await sleep(READING_MS);
      await picker.choose('ivanov');
    },
  );
  await page.waitForURL(`${demo.crmUrl}/**`);
  await page.getByRole('heading', { name: 'Обращения' }).waitFor();
  await picker.expectNoPicker(200);
  expect(new URL(page.url()).origin).toBe(demo.crmUrl);
});
