import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTestEnrolment, enrolPerson } from '../../test/enrolled.ts';
import { createFrozenClock, type FrozenClock } from '../../test/frozen-clock.ts';
import { makeTestDirectory, openRealStore } from '../../test/real-store.ts';
import type { Actor } from '../kernel/audit-event.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemRandom } from '../kernel/random.ts';
import { parseRevocationList } from '../pki/crl/parse-revocation-list.ts';
import { encodePem } from '../pki/pem/pem.ts';
import { exportRootKey } from './export-root-key.ts';
import { permitAdministration } from './permit-administration.ts';
import { refreshRevocationLists, startRevocationLists } from './revocation-list.ts';
import { revokeCertificate } from './revoke.ts';

const machine: Actor = { kind: 'command-line' };
const DAY = 86_400;

async function openAuthority(clock: FrozenClock = createFrozenClock()) {
  const store = await openRealStore(clock);
  const { authority, service } = await createTestEnrolment(store, clock);
  const lists = { port: store.enrolment, authority, clock, logger: silentLogger };
  const issueTo = async (name: 'ivanov' | 'petrov' | 'admin') => {
    const account = await enrolPerson(store, clock, name);
    return await service.issueToFile({ accountId: account.id, actor: machine });
  };
  const revoke = async (certificateId: Awaited<ReturnType<typeof issueTo>>['certificate']['id']) => {
    const permit = await permitAdministration('revoke-certificate', machine, store.accounts);
    return await revokeCertificate({ port: store.enrolment, clock }, permit, {
      certificateId,
      reason: 'keyCompromise',
    });
  };
  const findList = async () => {
    const { id } = await authority.getIssuer();
    const row = await store.enrolment.findRevocationList(id);
    return row && { ...row, list: parseRevocationList(row.der) };
  };
  const issuers = await store.enrolment.listIssuers();
  return { clock, store, authority, service, lists, issueTo, revoke, findList, issuers };
}

describe('the authority', () => {
  test('is made once, however many nodes start at once', async () => {
    const clock = createFrozenClock();
    const store = await openRealStore(clock);
    await Promise.all(Array.from({ length: 4 }, () => createTestEnrolment(store, clock)));
    const issuers = await store.enrolment.listIssuers();
    expect(issuers.map(({ role }) => role).sort()).toEqual(['issuing', 'root']);
    expect((await store.enrolment.getActiveIssuer()).role).toBe('issuing');
  });

  test('still issues after the key of the root has left', async () => {
    const { store, lists, issueTo, authority, clock, issuers } = await openAuthority();
    const root = issuers.find(({ role }) => role === 'root') ?? expect.fail();
    const passphrase = 'a long passphrase of the root';
    const taken = await exportRootKey({ ...lists, random: systemRandom }, passphrase, machine);
    await expect(taken.drop(taken.pem.replace(/[A-Z]/, 'x'))).rejects.toThrow();
    expect((await store.enrolment.listIssuers()).every(({ privateKeyPkcs8 }) => privateKeyPkcs8)).toBe(true);
    await taken.drop(taken.pem);
    const left = (await store.enrolment.listIssuers()).find(({ id }) => id === root.id);
    expect(left?.privateKeyPkcs8).toBeUndefined();
    const again = exportRootKey({ ...lists, random: systemRandom }, passphrase, machine);
    await expect(again).rejects.toMatchObject({ code: 'issuer-unavailable' });
    expect((await issueTo('ivanov')).certificate.status).toBe('active');
    // The list of the root was made while its key was here.
    const rootList = parseRevocationList(
      (await store.enrolment.findRevocationList(root.id))?.der ?? expect.fail(),
    );
    expect(rootList).toMatchObject({ covers: 'ca-certificates', entries: [] });
    expect((rootList.nextUpdate?.getTime() ?? 0) - clock.now().getTime()).toBeGreaterThan(
      19 * 365 * DAY * 1000,
    );
    expect(authority.addressesOf(root.id).revocationListUrl).toBe(
      `http://id.propusk.localhost/pki/${root.id}.crl`,
    );
  });
});

describe('the revocation list', () => {
  test('is issued at start, for a week, and stays as it is without a reason', async () => {
    const { lists, findList, clock } = await openAuthority();
    expect(await refreshRevocationLists(lists)).toBe(2);
    const first = (await findList()) ?? expect.fail();
    expect(first).toMatchObject({ number: 1, list: { covers: 'user-certificates', entries: [] } });
    expect(first.nextUpdate.getTime() - clock.now().getTime()).toBe(7 * DAY * 1000);
    clock.advance(DAY - 1);
    expect(await refreshRevocationLists(lists)).toBe(0);
    clock.advance(1);
    expect(await refreshRevocationLists(lists)).toBe(1);
    expect(await findList()).toMatchObject({ number: 2 });
  });

  test('names a revoked certificate, with its reason, at the next look', async () => {
    const { lists, findList, issueTo, revoke, clock } = await openAuthority();
    await refreshRevocationLists(lists);
    const { certificate } = await issueTo('ivanov');
    await issueTo('petrov');
    expect(await refreshRevocationLists(lists)).toBe(0);
    clock.advance(10);
    await revoke(certificate.id);
    expect(await refreshRevocationLists(lists)).toBe(1);
    expect((await findList())?.list.entries).toEqual([
      { serialNumber: certificate.serialNumber, revokedAt: clock.now(), reason: 'keyCompromise' },
    ]);
  });

  test('names a certificate that was replaced', async () => {
    const { lists, findList, issueTo, service, clock } = await openAuthority();
    const { certificate } = await issueTo('ivanov');
    clock.advance(10);
    await service.issueToFile({ accountId: certificate.accountId, actor: machine });
    await refreshRevocationLists(lists);
    expect((await findList())?.list.entries).toMatchObject([
      { serialNumber: certificate.serialNumber, reason: 'superseded' },
    ]);
  });

  test('has one number each, also when two nodes issue at once', async () => {
    const { lists, store, findList } = await openAuthority();
    const issued = await Promise.all([refreshRevocationLists(lists), refreshRevocationLists(lists)]);
    expect(issued[0] + issued[1]).toBe(2);
    expect(await findList()).toMatchObject({ number: 1 });
    const events = await store.audit.listEvents({ limit: 10, type: 'revocation-list-issued' });
    expect(events).toHaveLength(2);
  });

  test('comes by itself after a change', async () => {
    const { lists, findList, issueTo, revoke } = await openAuthority();
    const { certificate } = await issueTo('ivanov');
    const schedule = startRevocationLists({ ...lists, intervalMs: 20 });
    try {
      await expect.poll(async () => (await findList())?.number).toBe(1);
      await revoke(certificate.id);
      await expect.poll(async () => (await findList())?.list.entries.length).toBe(1);
      expect((await findList())?.number).toBe(2);
    } finally {
      await schedule.stop();
    }
  });

  test('makes openssl refuse the revoked certificate and accept the other', async () => {
    // Now, because openssl has a clock of its own.
    const { lists, store, issueTo, revoke, issuers } = await openAuthority(createFrozenClock(new Date()));
    const ivanov = await issueTo('ivanov');
    const petrov = await issueTo('petrov');
    await revoke(ivanov.certificate.id);
    await refreshRevocationLists(lists);
    const directory = await makeTestDirectory();
    const write = (name: string, label: string, ders: readonly Uint8Array[]) => {
      const path = join(directory, name);
      writeFileSync(path, ders.map((der) => encodePem(label, der)).join(''));
      return path;
    };
    const root = issuers.find(({ role }) => role === 'root') ?? expect.fail();
    const issuing = issuers.find(({ role }) => role === 'issuing') ?? expect.fail();
    const lists2 = await Promise.all([root, issuing].map(({ id }) => store.enrolment.findRevocationList(id)));
    const rootFile = write('root.pem', 'CERTIFICATE', [root.certificateDer]);
    const issuingFile = write('issuing.pem', 'CERTIFICATE', [issuing.certificateDer]);
    const crls = write(
      'crls.pem',
      'X509 CRL',
      lists2.map((row) => row?.der ?? expect.fail()),
    );
    const verify = (name: string, certificateDer: Uint8Array) => {
      const file = write(`${name}.pem`, 'CERTIFICATE', [certificateDer]);
      const options = ['verify', '-crl_check_all', '-x509_strict', '-purpose', 'sslclient'];
      const files = ['-CAfile', rootFile, '-untrusted', issuingFile, '-CRLfile', crls, file];
      return execFileSync('openssl', [...options, ...files], { encoding: 'utf8', stdio: 'pipe' });
    };
    expect(verify('petrov', petrov.certificate.certificateDer)).toContain('OK');
    expect(() => verify('ivanov', ivanov.certificate.certificateDer)).toThrow(/certificate revoked/);
  });
});
