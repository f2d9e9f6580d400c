import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { AccountId } from '../../kernel/brand.ts';
import { certificatePolicies } from '../../pki/validation/testing/extensions.ts';
import {
  makeAuthority,
  makeCertificate,
  makeKey,
  TEST_TIME,
  type TestEntity,
} from '../../pki/validation/testing/test-pki.ts';
import { describeParsed } from '../stores/describe-certificate.ts';
import type { AskedPort } from './checking-messages.ts';
import { type CheckingThreadOptions, createCheckingThread } from './checking-thread.ts';

const accountId = '' as AccountId;
const root = makeAuthority('CN=Root');

/** A database that holds these authorities. */
function portOf(authorities: readonly TestEntity[]): AskedPort {
  const named = authorities.map(({ certificate }) => {
    const { subjectKey, issuerKey, sha256 } = describeParsed(certificate);
    return { subjectKey, issuerKey, sha256, der: certificate.der };
  });
  return {
    readNamed: async (_, key) => named.filter(({ subjectKey }) => subjectKey === key),
    findLists: async () => [],
    readFetches: async () => [],
    readAnswers: async () => [],
    readListDer: async () => undefined,
  };
}

function open(authorities: readonly TestEntity[], options: CheckingThreadOptions = {}) {
  const thread = createCheckingThread(portOf(authorities), options);
  onTestFinished(() => thread.close());
  return (certificate: TestEntity) =>
    thread.check({
      due: { accountId, der: certificate.certificate.der },
      anchors: [root.certificate.der],
      now: TEST_TIME,
    });
}

/** A worker that does this with each message. */
function workerThat(acts: string): URL {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-worker-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', ({ task }) => { ${acts} });\n`,
  );
  return pathToFileURL(file);
}

test('a certificate is checked in another thread with what the database has', async () => {
  const issuing = makeAuthority('CN=Issuing', { issuer: root });
  const check = open([issuing]);
  expect(await check(makeCertificate('CN=x', { issuer: issuing }))).toMatchObject({
    kind: 'judged',
    judgement: {
      state: 'unknown',
      detail: { reason: 'list-nowhere', chain: [{ name: 'Root' }, { name: 'Issuing' }, { name: 'x' }] },
    },
  });
});

test('while what strangers wrote costs the most work, this thread goes on', async () => {
  const oids = Array.from({ length: 8000 }, (_, index) => `1.2.3.${index}`);
  const authorities: TestEntity[] = [];
  let above = root;
  for (const name of ['CN=A', 'CN=B', 'CN=C', 'CN=D']) {
    const key = makeKey();
    for (let way = 0; way < 5; way += 1) {
      authorities.push(
        makeAuthority(name, { issuer: above, key, extensions: [certificatePolicies(...oids)] }),
      );
    }
    above = authorities.at(-1) ?? root;
  }
  const check = open(authorities);
  const subject = makeCertificate('CN=x', { issuer: above });
  // The thread is there already: its start is not what is measured.
  await check(root);
  let isChecking = true;
  const started = performance.now();
  const checking = check(subject).finally(() => {
    isChecking = false;
  });
  let longest = 0;
  for (let last = started; isChecking; ) {
    await nextTurn();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  expect(await checking).toMatchObject({ judgement: { state: 'unknown' } });
  expect(longest).toBeLessThan((performance.now() - started) / 2);
});

test.each([
  ['runs out of time', 'for (;;) {}'],
  ['runs out of memory', 'const all = []; for (;;) all.push(new Array(100000).fill(String(all.length)));'],
  ['dies', 'process.exit(7)'],
  ['throws', 'throw new Error("x")'],
])('a thread that %s is replaced', async (_, acts) => {
  const answer = `parentPort.postMessage({ kind: 'unreadable' })`;
  const workerFile = workerThat(`if (task.due.der.length > 0) { ${acts} } else ${answer}`);
  const thread = createCheckingThread(portOf([]), { timeoutMs: 8000, workerFile });
  onTestFinished(() => thread.close());
  const task = (der: Uint8Array) => ({ due: { accountId, der }, anchors: [], now: TEST_TIME });
  expect(await thread.check(task(root.certificate.der))).toMatchObject({ kind: 'gave-up' });
  expect(await thread.check(task(new Uint8Array()))).toEqual({ kind: 'unreadable' });
});

test('what is no certificate is told, and what the database throws is thrown', async () => {
  const thread = createCheckingThread({
    ...portOf([]),
    readNamed: async () => {
      throw new Error('the database is away');
    },
  });
  onTestFinished(() => thread.close());
  const task = (der: Uint8Array) => ({ due: { accountId, der }, anchors: [], now: TEST_TIME });
  expect(await thread.check(task(Uint8Array.of(1, 2, 3)))).toEqual({ kind: 'unreadable' });
  await expect(thread.check(task(root.certificate.der))).rejects.toThrow('the database is away');
  expect(await thread.check(task(Uint8Array.of(1, 2, 3)))).toEqual({ kind: 'unreadable' });
});
