import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserTest } from './harness/browser-test.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Demo, type Mail, startDemo } from './product/demo.ts';
import { FOUR_DAYS_AGO } from './product/fake-time.ts';
import { signIn } from './product/portal-page.ts';
import { createVisitor, type Visitor } from './product/visitor.ts';

const ADDRESS = 'ivanov@company.example';
/** The minute between two looks, and the delivery. */
const WITHIN_MS = 90_000;
const VALIDITY_DAYS = 10;
/** Four days after it was issued: the threshold of 7 was passed since, that of 14 before. */
const DAYS = 6;

describe('a certificate that ends within 14 days', () => {
  let ground: Lab;
  let demo: Demo;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground, FOUR_DAYS_AGO, ['--certificate-days', String(VALIDITY_DAYS)]);
    const visitor = await createVisitor(ground, demo, 'ivanov');
    await visitor.download();
    await demo.stop();
    await demo.start();
  });
  afterAll(() => ground.close());

  const mailsTo = async (address: string): Promise<readonly Mail[]> =>
    (await demo.mails()).filter(({ to }) => to === address);
  const endsSoon = async (visitor: Visitor): Promise<boolean> => {
    await visitor.signIn();
    const { text } = await visitor.request({ url: `${demo.portalUrl}/api/certificate` });
    return (JSON.parse(text) as { expiresSoon: boolean }).expiresSoon;
  };
  const firstMail = () =>
    waitUntil(async () => (await mailsTo(ADDRESS))[0], {
      what: 'the e-mail',
      timeoutMs: WITHIN_MS,
      intervalMs: 500,
    });

  test('is told of by e-mail, with the address of the page for replacing', async () => {
    const mail = await firstMail();
    expect(mail.subject).toBe(`Сертификат ivanov истекает через ${DAYS} дней`);
    expect(mail.text).toContain(`${demo.portalUrl}/replace`);
    expect(mail.text).toContain('Анна Смирнова, тел. 12-34');
  });

  browserTest('is told of on the portal’s pages, and the button leads to replacing', async ({ lab }) => {
    await firstMail();
    const store = await lab.nssStore({ serverCaPem: demo.serverCaPem });
    const { page } = await lab.chromium({ store, language: 'ru' });
    await page.goto(demo.portalUrl);
    await signIn(page, demo, 'ivanov');
    await page.getByText(`Сертификат истекает через ${DAYS} дней`, { exact: true }).waitFor();
    await page.goto(`${demo.portalUrl}/certificate`);
    await page.getByText(`Сертификат истекает через ${DAYS} дней`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'EN, English', exact: true }).click();
    await page.getByText(`Your certificate expires in ${DAYS} days`, { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Replace the certificate' }).first().click();
    await page.waitForURL(`${demo.portalUrl}/replace`);
  });

  test('is told of once, also after the program was killed and started again', async () => {
    await firstMail();
    const rounds = [
      { signal: 'SIGKILL', login: 'petrov', address: 'petrov@company.example' },
      { signal: 'SIGTERM', login: 'admin', address: 'smirnova@company.example' },
    ] as const;
    for (const { signal, login, address } of rounds) {
      // Somebody else's, issued just before the end, is the sign that the new start has looked.
      const visitor = await createVisitor(ground, demo, login);
      await visitor.download();
      await demo.stop(signal);
      await demo.start();
      await waitUntil(async () => (await endsSoon(visitor)) || undefined, {
        what: `the notice for ${login}`,
        timeoutMs: WITHIN_MS,
        intervalMs: 500,
      });
      // Whoever has just been given a certificate for ten days is not written to about it.
      expect(await mailsTo(address)).toEqual([]);
      expect(await mailsTo(ADDRESS)).toHaveLength(1);
    }
  }, 240_000);
});
