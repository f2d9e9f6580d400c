import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { runCommand } from './harness/run-command.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { waitForPassword } from './product/password-from-phone.ts';
import { type PhoneFault, playFault } from './product/phone-faults.ts';
import { createVisitor, type Visitor } from './product/visitor.ts';

/** What the portal's page knows of the certificate. */
interface CertificateView {
  readonly state: string;
  readonly download: string;
  readonly password: { readonly delivery: string; readonly failureCategory: string | null } | null;
}

let lab: Lab;
let demo: Demo;
let numbered = 0;

beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
});
afterEach(() => playFault(demo, 'none'));
afterAll(() => lab.close());

async function newVisitor(phone?: string): Promise<Visitor> {
  numbered += 1;
  const login = `guest${numbered}`;
  await demo.addAccount(login, phone);
  const visitor = await createVisitor(lab, demo, login);
  await visitor.signIn();
  return visitor;
}

async function view(visitor: Visitor): Promise<CertificateView> {
  const answer = await visitor.request({ url: `${demo.portalUrl}/api/certificate` });
  return JSON.parse(answer.text) as CertificateView;
}

const codeOf = (answer: { readonly text: string }) => (JSON.parse(answer.text) as { code: string }).code;
const certificatesOf = (login: string) => demo.propuskJson<unknown[]>('certificate', 'list', login);

describe('while the SMS gateway fails', () => {
  test.each<[PhoneFault, string]>([
    ['down', 'unreachable'],
    ['rubbish', 'answer-not-understood'],
    ['error-in-200', 'gateway-refused'],
  ])('by %s the page says so, and the password arrives afterwards', async (fault, category) => {
    const visitor = await newVisitor(`+7916222000${numbered}`);
    await playFault(demo, fault);
    const issued = await visitor.post('/api/certificate/issue', {});
    // The certificate and its file are there all the same.
    expect(issued.status).toBe(200);
    const failing = await waitUntil(
      async () => {
        const { password } = await view(visitor);
        return password?.delivery === 'retrying' ? password : undefined;
      },
      { what: 'the failure on the page', timeoutMs: 30_000, intervalMs: 200 },
    );
    expect(failing.failureCategory).toBe(category);
    expect((await demo.messages()).filter(({ text }) => text.includes(` ${visitor.login} `))).toEqual([]);

    await playFault(demo, 'none');
    expect(await waitForPassword(demo, visitor.login, 1, 60_000)).toMatch(/^[a-z0-9]{12,}$/);
    await expect.poll(async () => (await view(visitor)).password?.delivery).toBe('delivered');
    expect(await certificatesOf(visitor.login)).toHaveLength(1);
  });
});

test('a hundred downloads at once by one account are one certificate and one SMS', async () => {
  const visitor = await newVisitor('+79162220101');
  const session = await visitor.request({ url: `${demo.portalUrl}/api/session` });
  const { csrfToken } = JSON.parse(session.text) as { csrfToken: string };
  const { stdout } = await runCommand(
    'curl',
    [
      ...['--disable', '--silent', '--noproxy', '*', '--cacert', demo.serverCaPem],
      ...['--resolve', `id.propusk.localhost:${demo.port}:127.0.0.1`, '--cookie', visitor.cookieJar],
      ...['--parallel', '--parallel-immediate', '--parallel-max', '100', '--http1.1'],
      ...['--header', 'Content-Type: application/json', '--header', `Origin: ${demo.portalUrl}`],
      ...['--header', `X-CSRF-Token: ${csrfToken}`, '--data', '{}'],
      ...['--output', '/dev/null', '--write-out', '%{http_code}\\n'],
      `${demo.portalUrl}/api/certificate/issue?press=[1-100]`,
    ],
    { timeoutMs: 100_000 },
  );
  const statuses = stdout.toString().trim().split('\n');
  expect([statuses.length, [...new Set(statuses)]]).toEqual([100, ['200']]);
  expect(await certificatesOf(visitor.login)).toHaveLength(1);
  await waitForPassword(demo, visitor.login);
  await expect.poll(async () => (await view(visitor)).password?.delivery).toBe('delivered');
  const sent = (await demo.messages()).filter(({ text }) => text.includes(` ${visitor.login} `));
  expect(sent).toHaveLength(1);
});

test('an account without a telephone is told so before anything is issued', async () => {
  const visitor = await newVisitor();
  expect(await view(visitor)).toMatchObject({ state: 'none', download: 'phone-missing' });
  const answer = await visitor.post('/api/certificate/issue', {});
  expect([answer.status, codeOf(answer)]).toEqual([409, 'phone-missing']);
  const file = await visitor.request({
    url: `${demo.portalUrl}/api/certificate/file?format=compatible&extension=pfx`,
  });
  expect(file.status).toBe(409);
  expect(await certificatesOf(visitor.login)).toEqual([]);
});

test('without a session, an Origin or the page’s token nothing is issued', async () => {
  const visitor = await newVisitor('+79162220102');
  const stranger = await createVisitor(lab, demo, 'ivanov');
  expect(codeOf(await stranger.post('/api/certificate/issue', {}))).toBe('sign-in-required');
  const url = `${demo.portalUrl}/api/certificate/issue`;
  const given = { url, method: 'POST', body: '{}', http: '1.1' } as const;
  const json = 'Content-Type: application/json';
  const noOrigin = await visitor.request({ ...given, headers: [json] });
  expect([noOrigin.status, codeOf(noOrigin)]).toEqual([403, 'origin-forbidden']);
  const noToken = await visitor.request({ ...given, headers: [json, `Origin: ${demo.portalUrl}`] });
  expect([noToken.status, codeOf(noToken)]).toEqual([403, 'csrf-token']);
  const fromCrm = await visitor.request({ ...given, headers: [json, `Origin: ${demo.crmUrl}`] });
  expect([fromCrm.status, codeOf(fromCrm)]).toEqual([403, 'origin-forbidden']);
  expect(await certificatesOf(visitor.login)).toEqual([]);
});
