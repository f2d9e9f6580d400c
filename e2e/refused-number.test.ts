import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Installation, startInstallation } from './product/installation.ts';
import { waitForPassword } from './product/password-from-phone.ts';
import { playFault } from './product/phone-faults.ts';
import { createVisitor } from './product/visitor.ts';

let lab: Lab;
let installation: Installation;

beforeAll(async () => {
  lab = await openLab();
  installation = await startInstallation(
    lab,
    {},
    {
      success: { statuses: [200], answer: { path: 'status', equals: 'accepted' } },
      permanentFailures: [{ answer: { path: 'error_code', equals: 7 }, category: 'number-refused' }],
    },
  );
});
afterAll(() => lab.close());

test('a number that the gateway refuses fails for good, and the password can be sent again later', async () => {
  await installation.addAccount('ivanov', '+79161234712');
  const ivanov = await createVisitor(lab, installation, 'ivanov');
  await ivanov.signIn();
  await playFault(installation, 'refuse-number');
  expect((await ivanov.post('/api/certificate/issue', {})).status).toBe(200);
  const password = await waitUntil(
    async () => {
      const { text } = await ivanov.request({ url: `${installation.portalUrl}/api/certificate` });
      const view = JSON.parse(text) as { password: { delivery: string; resendAt: string | null } };
      return view.password.delivery === 'failed' ? view.password : undefined;
    },
    { what: 'the final failure on the page', timeoutMs: 30_000, intervalMs: 200 },
  );
  expect(password).toMatchObject({ failureCategory: 'number-refused' });
  expect(await installation.messages()).toEqual([]);

  await playFault(installation, 'none');
  // «Отправить пароль ещё раз»: the page says from when on.
  expect(password.resendAt).not.toBeNull();
  const answer = await waitUntil(
    async () => {
      const sent = await ivanov.post('/api/certificate/send-password', {});
      return sent.status === 429 ? undefined : sent;
    },
    { what: 'a second message to be allowed', timeoutMs: 90_000, intervalMs: 1_000 },
  );
  expect(answer.status).toBe(200);
  expect(await waitForPassword(installation, 'ivanov')).toMatch(/^[a-z0-9]{12,}$/);
  expect(await installation.propuskJson<unknown[]>('certificate', 'list', 'ivanov')).toHaveLength(1);
});
