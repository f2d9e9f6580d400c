import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { createVisitor, type IssuedFile, type Visitor } from './product/visitor.ts';

let lab: Lab;
let demo: Demo;
let ivanov: Visitor;
let file: IssuedFile;

beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
  ivanov = await createVisitor(lab, demo, 'ivanov');
  file = await ivanov.download();
  expect((await ivanov.enter(file.pem)).status).toBe(200);
});
afterAll(() => lab.close());

const codeOf = (answer: { readonly text: string }) => (JSON.parse(answer.text) as { code: string }).code;

async function expectWorking(): Promise<void> {
  const answer = await ivanov.request({ url: `${demo.crmUrl}/whoami.json`, certificate: file.pem });
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"login":"ivanov"')]);
}

describe('hostile logins', () => {
  const LOGINS = [
    'ivanov,CN=admin',
    'CN=admin',
    'ivanov/CN=admin',
    'ivanov+OU=x',
    '"ivanov"',
    'ivanov\u0000',
    'ivanov\r\nPropusk-Login: admin',
    'ivan\u043ev',
    '\u0456vanov',
    'ivanov\u202e',
    'ivanov\u200b',
    '\uff49\uff56\uff41\uff4e\uff4f\uff56',
    "ivanov' or 1=1 --",
    '../../admin',
    '%69vanov',
    '\ud800',
    'x'.repeat(256),
  ];

  test('at sign-in all have the answer of a wrong password', async () => {
    const visitor = await createVisitor(lab, demo, 'petrov');
    const password = await demo.passwordOf('ivanov');
    const wrong = await visitor.post('/api/sign-in', { login: 'ivanov', password: 'wrong-password-1' });
    expect([wrong.status, codeOf(wrong)]).toEqual([401, 'sign-in-failed']);
    for (const login of LOGINS) {
      const answer = await visitor.post('/api/sign-in', { login, password });
      expect([login, answer.status, answer.text]).toEqual([login, 401, wrong.text]);
    }
  });

  test('cannot be made into accounts', async () => {
    for (const login of LOGINS.filter((each) => !each.includes('\u0000'))) {
      const { exitCode, stderr } = await demo.propusk('account', 'add', '--', login);
      expect([login, exitCode, stderr]).toEqual([login, 2, expect.stringContaining('[login-invalid]')]);
    }
  }, 300_000);

  test('a login in Cyrillic letters is its own, not its Latin look-alike', async () => {
    await demo.addAccount('сосна', '+79163330001');
    await demo.addAccount('cocha', '+79163330002');
    const visitor = await createVisitor(lab, demo, 'сосна');
    const { pem } = await visitor.download();
    expect((await visitor.enter(pem)).status).toBe(200);
    const answer = await visitor.request({ url: `${demo.crmUrl}/whoami.json`, certificate: pem });
    expect(JSON.parse(answer.text)).toMatchObject({ identity: { login: 'сосна' } });
  });
});

describe('what is too large', () => {
  test('a login, a password, a body', async () => {
    const visitor = await createVisitor(lab, demo, 'petrov');
    const login = await visitor.post('/api/sign-in', { login: 'x'.repeat(257), password: 'x' });
    expect([login.status, codeOf(login)]).toEqual([400, 'request-invalid']);
    const password = await visitor.post('/api/sign-in', { login: 'petrov', password: 'x'.repeat(1_025) });
    expect([password.status, codeOf(password)]).toEqual([400, 'request-invalid']);
    // curl does not notice an early answer over HTTP/2.
    const { text } = await visitor.request({ url: `${demo.portalUrl}/api/session` });
    const { csrfToken } = JSON.parse(text) as { csrfToken: string };
    const body = await visitor.request({
      url: `${demo.portalUrl}/api/sign-in`,
      method: 'POST',
      http: '1.1',
      headers: ['Content-Type: application/json', `Origin: ${demo.portalUrl}`, `X-CSRF-Token: ${csrfToken}`],
      body: JSON.stringify({ login: 'x'.repeat(1_048_576), password: 'x' }),
    });
    expect([body.status, codeOf(body)]).toEqual([413, 'request-too-large']);
  });

  test.each([
    ['not JSON', '{"login":', 'application/json'],
    ['a form', 'login=ivanov&password=x', 'application/x-www-form-urlencoded'],
    ['a list', '[]', 'application/json'],
    ['deep', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'application/json'],
    ['a prototype', '{"__proto__":{"login":"ivanov"},"login":"ivanov","password":"x"}', 'application/json'],
  ])('a body that is %s is refused as a problem', async (_name, body, type) => {
    const visitor = await createVisitor(lab, demo, 'petrov');
    const { text } = await visitor.request({ url: `${demo.portalUrl}/api/session` });
    const { csrfToken } = JSON.parse(text) as { csrfToken: string };
    const answer = await visitor.request({
      url: `${demo.portalUrl}/api/sign-in`,
      method: 'POST',
      headers: [`Content-Type: ${type}`, `Origin: ${demo.portalUrl}`, `X-CSRF-Token: ${csrfToken}`],
      body,
    });
    expect(answer.headers.get('content-type')?.[0]).toContain('application/problem+json');
    expect([answer.status, codeOf(answer)]).toEqual([400, 'request-invalid']);
  });

  test.each([
    ['one field', ['1.1', '2'], [`X-Large: ${'x'.repeat(70_000)}`]],
    ['a cookie', ['1.1', '2'], [`Cookie: large=${'x'.repeat(70_000)}`]],
    [
      'many fields',
      ['1.1', '2'],
      Array.from({ length: 3_000 }, (_, index) => `X-${index}: ${'y'.repeat(20)}`),
    ],
  ] as const)('%s in the head is refused, and the server works on', async (_name, versions, headers) => {
    for (const origin of [demo.crmUrl, demo.portalUrl]) {
      for (const http of versions) {
        const answer = await ivanov.request({
          url: `${origin}/`,
          http,
          headers,
          certificate: file.pem,
        });
        // 0: the connection was closed under a head that was still being sent, and the answer went with it.
        expect([0, 400, 431]).toContain(answer.status);
        expect(answer.text).not.toContain('"login"');
      }
    }
    await expectWorking();
  });
});

test('wrong passwords are slowed down, for others nothing changes, and the owner’s browser still gets in', async () => {
  const owner = await createVisitor(lab, demo, 'petrov');
  await owner.signIn();
  await owner.post('/api/sign-out', {});
  const guesser = await createVisitor(lab, demo, 'petrov');
  const answers: number[] = [];
  let slowed = await guesser.post('/api/sign-in', { login: 'petrov', password: 'guess-0' });
  for (let guess = 1; guess <= 6 && slowed.status === 401; guess += 1) {
    answers.push(slowed.status);
    slowed = await guesser.post('/api/sign-in', { login: 'petrov', password: `guess-${guess}` });
  }
  expect([slowed.status, codeOf(slowed)]).toEqual([429, 'throttled']);
  expect(Number(slowed.headers.get('retry-after')?.[0])).toBeGreaterThan(0);
  expect(answers.length).toBeGreaterThanOrEqual(3);
  const right = { login: 'petrov', password: await demo.passwordOf('petrov') };
  expect((await guesser.post('/api/sign-in', right)).status).toBe(429);

  const other = await createVisitor(lab, demo, 'admin');
  await other.signIn();
  await owner.signIn();
});

test('an application that is down: a page for people, a problem for programs, and back when it is back', async () => {
  await killCrm(demo);
  const page = await ivanov.request({
    url: `${demo.crmUrl}/`,
    certificate: file.pem,
    headers: ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document', 'Accept: text/html'],
  });
  expect([page.status, page.headers.get('content-type')]).toEqual([502, ['text/html; charset=utf-8']]);
  expect(page.text).toContain('<html lang="ru">');
  expect(page.text).toContain('«CRM „Обращения“» сейчас не отвечает');
  expect(page.text).toContain('upstream-unreachable');
  const english = await ivanov.request({
    url: `${demo.crmUrl}/`,
    certificate: file.pem,
    headers: ['Sec-Fetch-Mode: navigate', 'Accept: text/html', 'Accept-Language: en'],
  });
  expect(english.text).toContain('does not answer now');
  const script = await ivanov.request({ url: `${demo.crmUrl}/whoami.json`, certificate: file.pem });
  expect([script.status, codeOf(script)]).toEqual([502, 'upstream-unreachable']);
  expect(script.headers.get('content-type')?.[0]).toContain('application/problem+json');
  // Nothing of the inside: neither the address behind nor the error of the system.
  expect(`${page.text}${script.text}`).not.toMatch(/127\.0\.0\.1|ECONN|http:/);

  await demo.stop();
  await demo.start();
  await expectWorking();
});

/** The demo's application is a process of its own; the one that keeps its things in this demo's folder is found by its arguments. */
async function killCrm({ folder }: Demo): Promise<void> {
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes('examples/crm/main.ts') || !command.includes(`${folder}/crm`)) continue;
    process.kill(Number(id), 'SIGKILL');
    return;
  }
  throw new Error('the application of the demo does not run');
}
