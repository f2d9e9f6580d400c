import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab } from './harness/lab.ts';
import { startProcessGroup } from './harness/process-group.ts';
import { waitUntil } from './harness/wait-until.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { passwordIn, waitForPassword } from './product/password-from-phone.ts';
import { createVisitor, toPem, type Visitor } from './product/visitor.ts';

const PEOPLE = 20;
/** From the first press: before anything is issued, in the middle of it, and while files are fetched. */
const KILL_AFTER_MS = [150, 400, 800, 1_500, 2_500];

interface Certificate {
  readonly serialNumber: string;
  readonly status: string;
  readonly accountId: string;
}

let lab: Lab;
let demo: Demo;
let people: readonly Visitor[];

beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
  for (let number = 1; number <= PEOPLE; number += 1) {
    await demo.addAccount(`worker${number}`, `+79160000${String(number).padStart(3, '0')}`);
  }
  people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, index) => createVisitor(lab, demo, `worker${index + 1}`)),
  );
  for (const visitor of people) await visitor.signIn();
}, 300_000);
afterAll(() => lab.close());

const listCertificates = (...more: string[]) =>
  demo.propuskJson<Certificate[]>('certificate', 'list', ...more, '--limit', '1000');

/** Presses «Скачать сертификат» and fetches the file; says how far it came. */
async function tryDownload(visitor: Visitor): Promise<'file' | 'no-answer' | number> {
  try {
    const issued = await visitor.post('/api/certificate/issue', {});
    if (issued.status !== 200) return issued.status === 0 ? 'no-answer' : issued.status;
    const file = await visitor.request({ url: fileUrl() });
    return file.status === 200 ? 'file' : file.status === 0 ? 'no-answer' : file.status;
  } catch {
    // The program died before it said who is signed in.
    return 'no-answer';
  }
}

const fileUrl = () => `${demo.portalUrl}/api/certificate/file?format=compatible&extension=pfx`;

describe('killed in the middle of twenty downloads', () => {
  test('again and again: nobody is lost, nothing is half-issued, the journal is whole', async () => {
    let interrupted = 0;
    for (const delayMs of KILL_AFTER_MS) {
      const running = Promise.all(people.map(tryDownload));
      await sleep(delayMs);
      await demo.stop('SIGKILL');
      const outcomes = await running;
      // It was killed while they were at it, and answered nothing strange before.
      expect(outcomes.filter((outcome) => outcome !== 'file' && outcome !== 'no-answer')).toEqual([]);
      interrupted += outcomes.filter((outcome) => outcome === 'no-answer').length;
      await demo.start();

      const audit = await demo.propuskJson<{ findings: unknown[] }>('audit', 'verify');
      expect(audit.findings).toEqual([]);
      const active = (await listCertificates()).filter(({ status }) => status === 'active');
      expect(new Set(active.map(({ accountId }) => accountId)).size).toBe(active.length);
    }

    // Slow or fast, the machine was caught in the act.
    expect(interrupted).toBeGreaterThan(0);

    // Everybody gets a file in the end, and the certificate in it is the active one.
    for (const visitor of people) expect(await tryDownload(visitor)).toBe('file');
    const certificates = await listCertificates();
    expect(certificates.filter(({ status }) => status === 'active')).toHaveLength(PEOPLE);
    // A download that was cut off is repeated, not issued anew.
    expect(certificates).toHaveLength(PEOPLE);
  }, 400_000);

  test('the one password that was sent opens the file, and the file opens the CRM', async () => {
    for (const visitor of people) {
      // The claim of a message that died with the program ends after a minute.
      await waitForPassword(demo, visitor.login, 1, 150_000);
    }
    for (const visitor of [people[0], people[PEOPLE - 1]]) {
      if (visitor === undefined) throw new Error('nobody is there');
      const path = join(lab.directory, `${visitor.login}.pfx`);
      await writeFile(path, (await visitor.request({ url: fileUrl() })).body);
      const password = await waitForPassword(demo, visitor.login);
      const pem = await toPem(path, password, join(lab.directory, visitor.login));
      expect((await visitor.enter(pem)).status).toBe(200);
    }
    for (const { login } of people) {
      const texts = (await demo.messages()).filter(({ text }) => text.includes(` ${login} `));
      expect(new Set(texts.map(({ text }) => passwordIn(text))).size).toBe(1);
    }
  }, 300_000);
});

describe('stopped and started', () => {
  test('SIGTERM ends it cleanly, and sessions outlive it', async () => {
    const ivanov = await createVisitor(lab, demo, 'ivanov');
    const file = await ivanov.download();
    expect((await ivanov.enter(file.pem)).status).toBe(200);
    // Throws when it does not end by itself.
    await demo.stop('SIGTERM');
    expect(await demo.log()).not.toMatch(/unexpected|Error:/);
    await demo.start();
    const answer = await ivanov.request({ url: `${demo.crmUrl}/whoami.json`, certificate: file.pem });
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"login":"ivanov"')]);
  });
});

describe('revoked on the command line', () => {
  test('the next request is refused and an open stream ends', async () => {
    const petrov = await createVisitor(lab, demo, 'petrov');
    const { pem } = await petrov.download();
    expect((await petrov.enter(pem)).status).toBe(200);
    const logFile = join(lab.directory, 'events.log');
    const stream = await startProcessGroup(
      'curl',
      [
        ...['--disable', '--silent', '--no-buffer', '--noproxy', '*', '--cacert', demo.serverCaPem],
        ...['--resolve', `${demo.crmHost}:${demo.port}:127.0.0.1`, '--cookie', petrov.cookieJar],
        ...['--cert', pem.certificatePem, '--key', pem.keyPem, `${demo.crmUrl}/events`],
      ],
      { logFile },
    );
    lab.onClose(() => stream.kill());
    await waitUntil(async () => (await readFile(logFile, 'utf8')).includes('retry:') || undefined, {
      what: 'the stream to open',
      timeoutMs: 20_000,
    });
    expect(stream.isRunning()).toBe(true);

    const [certificate] = await listCertificates('petrov');
    await demo.propuskJson('certificate', 'revoke', certificate?.serialNumber ?? '');
    const answer = await petrov.request({ url: `${demo.crmUrl}/whoami.json`, certificate: pem });
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { code: 'certificate-revoked' }]);
    expect(await stream.waitForExit(10_000)).toBe(true);
  });
});
