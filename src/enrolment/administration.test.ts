import { describe, expect, test } from 'vitest';
import type { CastName } from '../../test/cast.ts';
import { createTestEnrolment, enrolPerson } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { openRealStore } from '../../test/real-store.ts';
import type { Actor } from '../kernel/audit-event.ts';
import { silentLogger } from '../kernel/logger.ts';
import { openPkcs12 } from '../pki/pkcs12/open-pkcs12.ts';
import { allowDownload } from './allow-download.ts';
import { type AdministrationPermit, permitAdministration } from './permit-administration.ts';
import { revokeCertificate } from './revoke.ts';
import { startWiping } from './wipe.ts';

const machine: Actor = { kind: 'command-line' };

async function open() {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const { service } = await createTestEnrolment(store, clock);
  const actorOf = async (name: CastName): Promise<Actor> => ({
    kind: 'account',
    accountId: (await enrolPerson(store, clock, name)).id,
  });
  return { clock, store, service, actorOf, acts: { port: store.enrolment, clock } };
}

describe('who may administer', () => {
  test.each([
    ['admin', 'revoke-certificate', 'permitted'],
    ['admin', 'allow-download', 'permitted'],
    ['dezhurnaya', 'revoke-certificate', 'permitted'],
    ['dezhurnaya', 'allow-download', 'role-required'],
    ['ivanov', 'revoke-certificate', 'role-required'],
    ['volkov', 'revoke-certificate', 'role-required'],
  ] as const)('%s and %s: %s', async (name, act, outcome) => {
    const { store, actorOf } = await open();
    const result = await permitAdministration(act, await actorOf(name), store.accounts).then(
      () => 'permitted',
      (error: { code: string }) => error.code,
    );
    expect(result).toBe(outcome);
  });

  test('a blocked administrator, nobody, and the server itself may not', async () => {
    const { store, actorOf, clock } = await open();
    const actor = await actorOf('admin');
    await enrolPerson(store, clock, 'petrov');
    if (actor.kind !== 'account') throw new TypeError();
    const find = async () => {
      const account = await store.accounts.findAccount(actor.accountId);
      return account && { ...account, status: 'blocked' as const };
    };
    const accounts = { findAccount: find };
    for (const who of [actor, { kind: 'anonymous' }, { kind: 'system' }] as const) {
      const permit = permitAdministration('revoke-certificate', who, accounts);
      await expect(permit).rejects.toMatchObject({ code: 'role-required' });
    }
  });

  test('a permit is for one act and cannot be made by hand', async () => {
    const { store, service, actorOf, acts } = await open();
    const permit = await permitAdministration('allow-download', machine, store.accounts);
    const ivanov = await actorOf('ivanov');
    if (ivanov.kind !== 'account') throw new TypeError();
    const { certificate } = await service.issueToFile({ accountId: ivanov.accountId, actor: machine });
    const revocation = { certificateId: certificate.id, reason: 'keyCompromise' } as const;
    // @ts-expect-error: a permit for another act
    await expect(revokeCertificate(acts, permit, revocation)).rejects.toThrow(TypeError);
    const forged = { actor: machine } as unknown as AdministrationPermit<'revoke-certificate'>;
    await expect(revokeCertificate(acts, forged, revocation)).rejects.toThrow(TypeError);
    expect((await service.readStatus(ivanov.accountId)).state).toBe('active');
  });
});

describe('revoking', () => {
  test('ends the certificate until a new download is allowed', async () => {
    const { store, service, actorOf, acts } = await open();
    const ivanov = await actorOf('ivanov');
    if (ivanov.kind !== 'account') throw new TypeError();
    const { accountId } = ivanov;
    const { certificate } = await service.issueToFile({ accountId, actor: machine });
    const allow = await permitAdministration('allow-download', machine, store.accounts);
    await expect(allowDownload(acts, allow, accountId)).rejects.toMatchObject({ code: 'certificate-state' });
    const permit = await permitAdministration('revoke-certificate', machine, store.accounts);
    const revocation = {
      certificateId: certificate.id,
      reason: 'keyCompromise',
      comment: 'lost laptop',
    } as const;
    await revokeCertificate(acts, permit, revocation);
    expect((await service.readStatus(accountId)).state).toBe('revoked');
    await expect(revokeCertificate(acts, permit, revocation)).rejects.toMatchObject({
      code: 'certificate-state',
    });
    await allowDownload(acts, allow, accountId);
    expect((await service.readStatus(accountId)).download.kind).toBe('new');
  });

  test('with certificateHold suspends, and only an administrator can help', async () => {
    const { store, service, actorOf, acts } = await open();
    const ivanov = await actorOf('ivanov');
    if (ivanov.kind !== 'account') throw new TypeError();
    const { accountId } = ivanov;
    const { certificate } = await service.issueToFile({ accountId, actor: machine });
    const permit = await permitAdministration('revoke-certificate', machine, store.accounts);
    await revokeCertificate(acts, permit, { certificateId: certificate.id, reason: 'certificateHold' });
    expect(await service.readStatus(accountId)).toMatchObject({
      state: 'suspended',
      download: { kind: 'administrator' },
    });
  });
});

describe('issuing to a file on the machine itself', () => {
  test('gives file and password, and stores neither', async () => {
    const { service, actorOf, store, clock } = await open();
    const admin = await actorOf('admin');
    if (admin.kind !== 'account') throw new TypeError();
    const { accountId } = admin;
    const issued = await service.issueToFile({ accountId, actor: machine, format: 'modern' });
    expect(issued.fileName).toBe('admin-2026-11-22');
    const opened = openPkcs12(issued.file, issued.password);
    expect(opened.certificates[0]?.sha256Fingerprint).toBe(issued.certificate.sha256Fingerprint);
    const { enrolment, download } = await service.readStatus(accountId);
    expect(enrolment.file).toBeUndefined();
    expect(download.kind).toBe('file-gone');
    expect(await store.outbox.claimDueMessages(clock.now(), 5, 60)).toEqual([]);
  });

  test('replaces what there was, wipes its file, and helps after a revocation', async () => {
    const { service, actorOf, store, clock } = await open();
    const admin = await actorOf('admin');
    if (admin.kind !== 'account') throw new TypeError();
    const { accountId } = admin;
    await service.issue(accountId, admin);
    const before = (await service.readStatus(accountId)).enrolment.current;
    const issued = await service.issueToFile({ accountId, actor: machine });
    const certificates = await store.enrolment.listCertificates({ accountId, limit: 10 });
    expect(certificates.map(({ status }) => status).sort()).toEqual(['active', 'superseded']);
    await expect(service.openFile(accountId, 'modern', admin)).rejects.toMatchObject({ code: 'file-gone' });
    expect(before?.id).not.toBe(issued.certificate.id);
    const input = {
      certificateId: issued.certificate.id,
      comment: undefined,
      actor: machine,
      now: clock.now(),
    };
    await store.enrolment.revokeCertificate({ ...input, reason: 'keyCompromise' });
    expect((await service.issueToFile({ accountId, actor: machine })).certificate.status).toBe('active');
  });

  test('is refused for a blocked account and for nobody', async () => {
    const { service, actorOf } = await open();
    const volkov = await actorOf('volkov');
    if (volkov.kind !== 'account') throw new TypeError();
    const toVolkov = service.issueToFile({ accountId: volkov.accountId, actor: machine });
    await expect(toVolkov).rejects.toMatchObject({ code: 'account-blocked' });
  });
});

test('keys and passwords are wiped by the timer when their time is over', async () => {
  const { service, actorOf, store, clock } = await open();
  const ivanov = await actorOf('ivanov');
  if (ivanov.kind !== 'account') throw new TypeError();
  await service.issue(ivanov.accountId, ivanov);
  const wiping = startWiping({ port: store.enrolment, clock, logger: silentLogger, intervalMs: 20 });
  const file = async () => (await service.readStatus(ivanov.accountId)).enrolment.file;
  try {
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await file())?.privateKeyPkcs8).toBeDefined();
    clock.advance(600);
    await expect.poll(async () => (await file())?.privateKeyPkcs8).toBeUndefined();
    expect((await file())?.password).toBeDefined();
    clock.advance(86_400);
    await expect.poll(async () => (await file())?.password).toBeUndefined();
  } finally {
    await wiping.stop();
  }
});
