import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { TEXTS } from './product/portal-page.ts';
import { createVisitor, type Visitor } from './product/visitor.ts';

// Debian's faketime; `$LIB` is the loader's own name for the machine's library folder.
const PRELOAD = '/usr/$LIB/faketime/libfaketimeMT.so.1';
const NEXT_YEAR = { LD_PRELOAD: PRELOAD, FAKETIME: '+366d', FAKETIME_DONT_FAKE_MONOTONIC: '1' };

let lab: Lab;
let demo: Demo;
beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
});
afterAll(async () => {
  for (const name of Object.keys(NEXT_YEAR)) delete process.env[name];
  await lab.close();
});

// A browser's picker hides an expired certificate; curl shows it.
test('6.6: an expired certificate is refused with its reason, and replaced by a download', async () => {
  const ivanov = await createVisitor(lab, demo, 'ivanov');
  const former = await ivanov.download();
  expect((await ivanov.enter(former.pem)).status).toBe(200);
  await demo.stop();

  // From here on the demo, curl and everything else that this test starts live a year and a day later.
  Object.assign(process.env, NEXT_YEAR);
  await demo.start();
  const visitor = await createVisitor(lab, demo, 'ivanov');
  await visitor.enter(former.pem);
  const ask = (certificate: typeof former.pem) =>
    visitor.request({ url: `${demo.crmUrl}/whoami.json`, certificate });
  const answer = await ask(former.pem);
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { code: 'certificate-expired' }]);

  const told = await visitor.request({ url: `${demo.portalUrl}/api/refusal` });
  expect(JSON.parse(told.text)).toMatchObject({ reason: 'certificate-expired' });
  // The wording is the seed's: the pages carry it in their scripts.
  expect(await readPages(visitor, demo)).toSatisfy((scripts: string) =>
    scripts.includes(TEXTS.ru.messages['certificate-expired']),
  );

  const renewed = await visitor.download();
  expect((await ask(renewed.pem)).status).toBe(200);
  const replaced = await ask(former.pem);
  expect(JSON.parse(replaced.text)).toMatchObject({ code: 'certificate-mismatch' });
});

/** The scripts of the portal's pages, those that they load included. */
async function readPages(visitor: Visitor, { portalUrl }: Demo): Promise<string> {
  const read = async (path: string) => (await visitor.request({ url: `${portalUrl}${path}` })).text;
  const namesIn = (text: string) => [...text.matchAll(/[\w-]+\.js(?=["`'])/g)].map(([name]) => name);
  const first = await Promise.all(namesIn(await read('/refused')).map((name) => read(`/assets/${name}`)));
  const names = new Set(first.flatMap(namesIn));
  return [...first, ...(await Promise.all([...names].map((name) => read(`/assets/${name}`))))].join('\n');
}
