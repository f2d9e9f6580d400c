import { expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import { CRM, handOver, type Store, signIn } from '../../../test/store-people.ts';
import type { DenialReason } from '../../access/decide.ts';
import { createCertificateAuthority } from '../../enrolment/certificate-authority.ts';
import type { EnrolmentService } from '../../enrolment/enrolment-service.ts';
import { createEnrolmentService } from '../../enrolment/enrolment-service.ts';
import { DEFAULT_ENROLMENT_OPTIONS } from '../../enrolment/options.ts';
import type { SerialNumber, Sha256Fingerprint } from '../../kernel/brand.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { systemRandom } from '../../kernel/random.ts';
import type { RefusalsView, RefusalView } from './contract.ts';
import { createRefusalsSection } from './refusals-section.ts';

async function open() {
  const sent: string[] = [];
  let statusOf: EnrolmentService['readStatus'] | undefined;
  const lab = await openConsoleLab({
    sections: (store) => [
      createRefusalsSection({
        port: store.refusals,
        accounts: store.accounts,
        enrolment: {
          readStatus: (id) => {
            if (statusOf === undefined) throw new TypeError('too early');
            return statusOf(id);
          },
          sendPasswordAgain: async (id) => {
            sent.push(id);
          },
        },
        enrolmentPort: store.enrolment,
        nameOfApplication: () => 'CRM',
      }),
    ],
  });
  const { store, clock } = lab;
  statusOf = createEnrolmentService({
    port: store.enrolment,
    accounts: store.accounts,
    outbox: store.outbox,
    authority: createCertificateAuthority({
      port: store.enrolment,
      options: {
        organisation: 'Propusk',
        rootName: 'Root',
        issuingName: 'Issuing',
        keyAlgorithm: 'p-256',
        distributionUrl: 'http://id.propusk.localhost/pki',
        ocspUrl: undefined,
      },
      clock,
      random: systemRandom,
    }),
    clock,
    random: systemRandom,
    logger: silentLogger,
    options: { ...DEFAULT_ENROLMENT_OPTIONS, productName: 'Propusk' },
  }).readStatus;
  return { ...lab, sent };
}

type Lab = Awaited<ReturnType<typeof open>>;
type Person = Awaited<ReturnType<Lab['openAs']>>;

async function refuse(
  { store, clock }: { readonly store: Store; readonly clock: Lab['clock'] },
  person: Person,
  reason: DenialReason,
  presented?: Sha256Fingerprint,
): Promise<void> {
  const token = await handOver(store, clock, await signIn(store, clock, person.account.id));
  const entry = await store.gate.readEntry(token, CRM, clock.now());
  if (entry === undefined) throw new Error('no entry');
  await store.gate.recordRefusal({
    entry,
    applicationId: CRM,
    reason,
    presented:
      presented === undefined
        ? undefined
        : {
            sha256Fingerprint: presented,
            subject: 'petrov',
            serialNumber: 'ab'.repeat(16) as SerialNumber,
            notBefore: clock.now(),
          },
    returnPath: '/tickets',
    address: '192.0.2.50',
    now: clock.now(),
  });
}

const fingerprintOf = async (store: Store, { account }: Person) => {
  const { current } = await store.enrolment.readEnrolment(account.id);
  if (current === undefined) throw new Error('no certificate');
  return current;
};

test('a refusal is found by person, address and certificate, and says whose certificate was shown', async () => {
  const lab = await open();
  const admin = await lab.openAs('admin');
  const ivanov = await lab.openAs('ivanov');
  const petrov = await lab.openAs('petrov');
  const theirs = await fingerprintOf(lab.store, petrov);
  const own = await fingerprintOf(lab.store, ivanov);
  await refuse(lab, ivanov, 'certificate-not-presented');
  lab.clock.advance(60);
  await refuse(lab, ivanov, 'certificate-mismatch', theirs.sha256Fingerprint);
  const get = async (query: string): Promise<RefusalsView> =>
    (await admin.get(`/api/refusals?${query}`)).json();

  const all = await get('');
  expect(all.refusals).toMatchObject([
    {
      reason: 'certificate-mismatch',
      account: { login: 'ivanov' },
      application: 'CRM',
      presented: { owner: { login: 'petrov' } },
    },
    { reason: 'certificate-not-presented', presented: null },
  ]);
  for (const [query, searchedBy, count] of [
    ['search=ivanov', 'person', 2],
    ['search=Ivan', 'person', 2],
    ['search=petr%25', 'person', 0],
    ['search=192.0.2.50', 'address', 2],
    ['search=192.0.2.51', 'address', 0],
    [`search=${own.serialNumber}`, 'serial', 2],
    [`search=${'ab'.repeat(16)}`, 'serial', 1],
    [`search=${theirs.sha256Fingerprint}`, 'fingerprint', 1],
    ['reason=certificate-mismatch', null, 1],
  ] as const) {
    const view = await get(query);
    expect({ query, by: view.searchedBy, count: view.refusals.length }).toEqual({
      query,
      by: searchedBy,
      count,
    });
  }
  const page = await get('limit=1');
  expect(page.hasMore).toBe(true);
  const rest = await get(`limit=1&before=${page.refusals[0]?.id}`);
  expect(rest.refusals).toMatchObject([{ reason: 'certificate-not-presented' }]);
  expect(rest.hasMore).toBe(false);
});

test.each<[DenialReason, number]>([
  ['account-blocked', 2],
  ['certificate-revoked', 3],
  ['certificate-suspended', 4],
  ['certificate-not-presented', 7],
  ['certificate-mismatch', 8],
])('the trace of a refusal by %s ends with that question', async (reason, questions) => {
  const lab = await open();
  const admin = await lab.openAs('admin');
  const ivanov = await lab.openAs('ivanov');
  const foreign = reason === 'certificate-mismatch' ? ('cd'.repeat(32) as Sha256Fingerprint) : undefined;
  await refuse(lab, ivanov, reason, foreign);
  const [item] = ((await admin.get('/api/refusals')).json() as RefusalsView).refusals;
  const view: RefusalView = (await admin.get(`/api/refusals/${item?.id}`)).json();
  expect(view.trace).toHaveLength(questions);
  expect(view.trace.at(-1)).toEqual({ question: reason, answer: 'holds' });
  expect(view.trace.slice(0, -1).every(({ answer }) => answer === 'does-not-hold')).toBe(true);
  // Nothing is wrong with account and certificate now: only what was presented counts.
  expect(view.now.reason).toBe(foreign === undefined ? 'certificate-not-presented' : 'certificate-mismatch');
});

test('a new download is allowed from the refusal, by administrators only', async () => {
  const lab = await open();
  const { store, clock } = lab;
  const admin = await lab.openAs('admin');
  const operator = await lab.openAs('dezhurnaya');
  const ivanov = await lab.openAs('ivanov');
  const { id: certificateId } = await fingerprintOf(store, ivanov);
  await store.enrolment.revokeCertificate({
    certificateId,
    reason: 'keyCompromise',
    comment: undefined,
    actor: { kind: 'command-line' },
    now: clock.now(),
  });
  await refuse(lab, ivanov, 'certificate-revoked');
  const [item] = ((await admin.get('/api/refusals')).json() as RefusalsView).refusals;
  const path = `/api/refusals/${item?.id}`;
  expect(((await admin.get(path)).json() as RefusalView).fixes).toContain('allow-download');
  expect(((await operator.get(path)).json() as RefusalView).fixes).not.toContain('allow-download');
  expect((await operator.send('POST', `${path}/allow-download`)).json()).toMatchObject({
    code: 'role-required',
  });
  expect((await admin.send('POST', `${path}/allow-download`)).status).toBe(204);
  const after: RefusalView = (await admin.get(path)).json();
  expect(after.now).toMatchObject({ outcome: 'deny', reason: 'certificate-missing', certificate: null });
  expect(after.trace.at(-1)).toEqual({ question: 'certificate-revoked', answer: 'holds' });
});

test('the password is sent again from the refusal', async () => {
  const lab = await open();
  const operator = await lab.openAs('dezhurnaya');
  const ivanov = await lab.openAs('ivanov');
  await refuse(lab, ivanov, 'certificate-not-presented');
  const [item] = ((await operator.get('/api/refusals')).json() as RefusalsView).refusals;
  lab.clock.advance(300);
  const view: RefusalView = (await operator.get(`/api/refusals/${item?.id}`)).json();
  expect(view.fixes).toContain('send-password');
  expect(view.delivery).toMatchObject({ status: 'queued' });
  expect((await operator.send('POST', `/api/refusals/${item?.id}/send-password`)).status).toBe(204);
  expect(lab.sent).toEqual([ivanov.account.id]);
});

test('the password of an administrator’s file is not an operator’s to send', async () => {
  const lab = await open();
  const operator = await lab.openAs('dezhurnaya');
  const admin = await lab.openAs('admin');
  await refuse(lab, admin, 'certificate-not-presented');
  const [item] = ((await operator.get('/api/refusals')).json() as RefusalsView).refusals;
  lab.clock.advance(300);
  const view: RefusalView = (await operator.get(`/api/refusals/${item?.id}`)).json();
  expect(view.fixes).not.toContain('send-password');
  expect((await operator.send('POST', `/api/refusals/${item?.id}/send-password`)).json()).toMatchObject({
    code: 'role-required',
  });
  expect(lab.sent).toEqual([]);
});

test('an ordinary user sees no refusals of others', async () => {
  const lab = await open();
  const ivanov = await lab.openAs('ivanov');
  await refuse(lab, ivanov, 'certificate-not-presented');
  expect((await ivanov.get('/api/refusals')).json()).toMatchObject({ code: 'role-required' });
  const admin = await lab.openAs('admin');
  expect((await admin.get('/api/refusals/00000000-0000-4000-8000-000000000000')).json()).toMatchObject({
    code: 'not-found',
  });
});
