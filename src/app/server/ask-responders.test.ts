/** Responders are asked about the certificates that people keep: OpenSSL's, and this program's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTestEnrolment, enrolPerson } from '../../../test/enrolled.ts';
import { createLoopbackFetcher } from '../../../test/loopback-fetcher.ts';
import { makeTestDirectory, openRealStore } from '../../../test/real-store.ts';
import { createOcspResponder } from '../../enrolment/ocsp-responder.ts';
import { createFetcher, type Fetcher } from '../../fetching/fetcher.ts';
import { createPlainServer } from '../../http/plain-server.ts';
import type { AccountId } from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { systemRandom } from '../../kernel/random.ts';
import { buildRevocationListIndex, openRevocationListIndex } from '../../pki/crl/large-revocation-list.ts';
import { encodeOid, encodeSequence } from '../../pki/der/der-writer.ts';
import { OID } from '../../pki/der/oid.ts';
import { encodePem } from '../../pki/pem/pem.ts';
import { extension, generalName } from '../../pki/validation/testing/extensions.ts';
import {
  makeAuthority,
  makeCertificate,
  makeListDer,
  type TestEntity,
} from '../../pki/validation/testing/test-pki.ts';
import { type Certificate, parseCertificate } from '../../pki/x509/certificate.ts';
import { fetchDue } from '../../workspace/fetching/fetch-due.ts';
import { createChecker } from '../../workspace/status/checker.ts';
import { questionsOf } from '../../workspace/status/status-questions.ts';
import { describeList, describeParsed } from '../../workspace/stores/describe-certificate.ts';
import { createOcspOverHttp } from './ocsp-over-http.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Programs sign with the time of this machine. */
const today = {
  notBefore: new Date(Date.now() - 30 * DAY_MS),
  notAfter: new Date(Date.now() + 300 * DAY_MS),
};

async function open(fetcher: Fetcher = createLoopbackFetcher()) {
  let offset = 0;
  const clock: Clock = { now: () => new Date(Date.now() + offset) };
  const store = await openRealStore(clock);
  const { id: accountId } = await enrolPerson(store, clock, 'petrov');
  const actor = { kind: 'account', accountId } as const;
  const checker = createChecker({ port: store.checking, clock, logger: silentLogger });
  onTestFinished(() => checker.close());
  const askDue = () =>
    fetchDue({
      port: store.fetching,
      fetcher,
      clock,
      logger: silentLogger,
      random: () => 0,
      lane: 'questions',
    });
  return {
    store,
    clock,
    accountId,
    askDue,
    later: (milliseconds: number) => {
      offset += milliseconds;
    },
    async keep(certificates: readonly Certificate[], lists: readonly Uint8Array[] = []) {
      await store.workspace.addToWorkspace({
        accountId,
        actor,
        now: clock.now(),
        certificates: certificates.map((certificate) => ({
          certificate: describeParsed(certificate),
          store: 'others',
          hasKeyElsewhere: false,
          source: 'file',
          detail: '',
        })),
        lists: lists.map((der) => ({
          list: describeList(openRevocationListIndex(buildRevocationListIndex(der, []))),
          source: 'file',
          detail: '',
        })),
      });
    },
    async trust({ sha256Fingerprint: sha256 }: Certificate) {
      await store.workspace.installAnchor({ accountId, actor, now: clock.now(), sha256, scope: 'own' });
    },
    async settle() {
      await checker.checkDue();
      await askDue();
      await checker.checkDue();
    },
    statusOf: async ({ sha256Fingerprint }: Certificate) =>
      await store.status.findStatus(accountId as AccountId, sha256Fingerprint),
  };
}

function withResponder(url: string) {
  return extension(
    OID.authorityInfoAccess,
    encodeSequence(encodeSequence(encodeOid(OID.ocsp), generalName.uri(url))),
  );
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** It never ends by itself, and a connection without a question would keep it busy for ever: it says when it is there. */
async function startOpensslResponder(
  authority: TestEntity,
  port: number,
  index: readonly string[],
): Promise<ChildProcess> {
  const directory = await makeTestDirectory();
  writeFileSync(join(directory, 'ca.pem'), encodePem('CERTIFICATE', authority.certificate.der));
  writeFileSync(join(directory, 'ca.key'), authority.key.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  writeFileSync(join(directory, 'index'), index.map((line) => `${line}\n`).join(''));
  const signer = ['-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'ca.key'];
  const responder = spawn(
    'openssl',
    ['ocsp', '-index', 'index', ...signer, '-port', String(port), '-nmin', '60'],
    { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onTestFinished(() => {
    responder.kill('SIGKILL');
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    responder.once('exit', () => reject(new Error(`openssl ocsp ended: ${said}`)));
    for (const stream of [responder.stdout, responder.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('waiting for OCSP client connections')) resolve();
      });
    }
  });
  return responder;
}

const shortTime = (at: Date) => `${at.toISOString().slice(2, 19).replaceAll(/[-:T]/gu, '')}Z`;

test('OpenSSL’s responder says good, revoked and unknown; an answer is kept until it ends', async () => {
  const lab = await open();
  const port = await findFreePort();
  const root = makeAuthority('CN=Root', today);
  const extensions = [withResponder(`http://127.0.0.1:${port}`)];
  const [good, revoked, unknown] = ['Good', 'Revoked', 'Unknown'].map(
    (name) => makeCertificate(`CN=${name}`, { ...today, issuer: root, extensions }).certificate,
  ) as [Certificate, Certificate, Certificate];
  const revokedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - DAY_MS);
  const serial = ({ serialNumber }: Certificate) => serialNumber.toUpperCase();
  const ends = shortTime(today.notAfter);
  const responder = await startOpensslResponder(root, port, [
    `V\t${ends}\t\t${serial(good)}\tunknown\t/CN=Good`,
    `R\t${ends}\t${shortTime(revokedAt)},keyCompromise\t${serial(revoked)}\tunknown\t/CN=Revoked`,
  ]);
  await lab.keep([root.certificate, good, revoked, unknown]);
  await lab.trust(root.certificate);
  await lab.settle();
  expect(await lab.statusOf(good)).toMatchObject({ state: 'valid' });
  expect(await lab.statusOf(revoked)).toMatchObject({
    state: 'invalid',
    reason: 'revoked',
    detail: { facts: { at: revokedAt.toISOString(), revocationReason: 'keyCompromise' } },
  });
  expect(await lab.statusOf(unknown)).toMatchObject({ state: 'unknown', reason: 'responder-unknown' });
  expect((await lab.statusOf(unknown))?.detail?.fixes.map(({ kind }) => kind)).toContain('ask-responder');

  // Asked again when nine tenths of the hour are over, and then nobody answers: what was said counts to its end.
  expect(await lab.askDue()).toBe(0);
  responder.kill('SIGKILL');
  await once(responder, 'exit');
  lab.later(0.95 * HOUR_MS);
  expect(await lab.askDue()).toBe(3);
  await lab.settle();
  expect(await lab.statusOf(good)).toMatchObject({ state: 'valid' });
  lab.later(0.2 * HOUR_MS);
  await lab.settle();
  expect(await lab.statusOf(good)).toMatchObject({ state: 'unknown', reason: 'responder-unusable' });
});

test('this program’s own responder is believed at once; a revocation shows when it is asked again', async () => {
  const lab = await open();
  const { store, clock } = lab;
  const port = await findFreePort();
  const { authority, service } = await createTestEnrolment(store, clock, {
    distributionUrl: `http://127.0.0.1:${port}/pki`,
    ocspUrl: `http://127.0.0.1:${port}/pki/ocsp`,
  });
  const ivanov = await enrolPerson(store, clock, 'ivanov');
  const { certificate } = await service.issueToFile({
    accountId: ivanov.id,
    actor: { kind: 'command-line' },
  });
  const ocsp = createOcspOverHttp(
    createOcspResponder({
      port: store.enrolment,
      authority,
      clock,
      random: systemRandom,
      logger: silentLogger,
    }),
    clock,
  );
  const server = createPlainServer({
    findFile: (_, path) => ocsp.findFile(path),
    questions: ocsp.questions,
    httpsOrigin: () => undefined,
    logger: silentLogger,
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const issuers = await store.enrolment.listIssuers();
  const own = issuers.map(({ certificateDer }) => parseCertificate(certificateDer));
  const leaf = parseCertificate(certificate.certificateDer);
  await lab.keep([...own, leaf]);
  for (const root of own.filter(({ subject, issuer }) => subject.text === issuer.text)) await lab.trust(root);
  await lab.settle();
  const before = await lab.statusOf(leaf);
  // The authority above has a list only, which nobody serves here.
  const levels = (detail: typeof before) => detail?.detail?.chain.map(({ state }) => state);
  expect(levels(before)).toEqual(['valid', 'unknown', 'valid']);

  await store.enrolment.revokeCertificate({
    certificateId: certificate.id,
    reason: 'keyCompromise',
    comment: undefined,
    actor: { kind: 'command-line' },
    now: clock.now(),
  });
  lab.later(1000);
  await store.status.requestFetches(lab.accountId, questionsOf([leaf], own), clock.now());
  await lab.settle();
  expect(await lab.statusOf(leaf)).toMatchObject({ state: 'invalid', reason: 'revoked' });
});

test('a responder in a private network is not asked; the list answers in its place', async () => {
  const lab = await open(createFetcher({ allowPrivate: [] }));
  const root = makeAuthority('CN=Root', today);
  const url = `http://127.0.0.1:${await findFreePort()}/ocsp`;
  const leaf = makeCertificate('CN=Person', { ...today, issuer: root, extensions: [withResponder(url)] });
  await lab.keep([root.certificate, leaf.certificate]);
  await lab.trust(root.certificate);
  await lab.settle();
  expect(await lab.statusOf(leaf.certificate)).toMatchObject({
    state: 'unknown',
    reason: 'responder-unreachable',
    detail: { facts: { url, category: 'address-refused' } },
  });
  const list = makeListDer(root, {
    thisUpdate: new Date(Date.now() - DAY_MS),
    nextUpdate: new Date(Date.now() + DAY_MS),
  });
  await lab.keep([], [list]);
  await lab.settle();
  expect(await lab.statusOf(leaf.certificate)).toMatchObject({ state: 'valid' });
});
