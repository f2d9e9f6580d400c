import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CastName } from '../../test/cast.ts';
import { createTestEnrolment, enrolPerson, takeMessages } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { makeTestDirectory, openRealStore } from '../../test/real-store.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, SerialNumber } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { openPkcs12 } from '../pki/pkcs12/open-pkcs12.ts';
import type { EnrolmentOptions } from './options.ts';

const machine: Actor = { kind: 'command-line' };
const MINUTE = 60;

async function openDesk(name: CastName = 'ivanov', options: Partial<EnrolmentOptions> = {}) {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const account = await enrolPerson(store, clock, name);
  const { service, authority, dependencies } = await createTestEnrolment(store, clock, { options });
  const actor: Actor = { kind: 'account', accountId: account.id };
  return {
    clock,
    store,
    account,
    actor,
    authority,
    service,
    dependencies,
    issue: () => service.issue(account.id, actor),
    openFile: (format: 'compatible' | 'modern' = 'compatible') => service.openFile(account.id, format, actor),
    status: () => service.readStatus(account.id),
    certificates: () => store.enrolment.listCertificates({ accountId: account.id, limit: 200 }),
    messages: () => takeMessages(store, clock),
  };
}

describe('«Скачать сертификат»', () => {
  test('issues a certificate whose file opens with the password of the message', async () => {
    const { issue, openFile, messages, account, status } = await openDesk();
    expect(await issue()).toBe('issued');
    const [message] = await messages();
    expect(message).toMatchObject({ to: account.phone, text: expect.stringContaining('ivanov 22.11') });
    const { file, fileName } = await openFile();
    expect(fileName).toBe('ivanov-2026-11-22');
    const opened = openPkcs12(file, message?.password ?? '');
    expect(opened.certificates[0]?.subject.commonName).toBe('ivanov');
    expect(opened.certificates).toHaveLength(2);
    const { enrolment, state, download } = await status();
    expect(opened.certificates[0]?.sha256Fingerprint).toBe(enrolment.current?.sha256Fingerprint);
    expect({ state, download: download.kind }).toEqual({ state: 'active', download: 'again' });
  });

  test.each(['compatible', 'modern'] as const)(
    'gives a %s file that openssl opens with that password and no other',
    async (format) => {
      const { issue, openFile, messages } = await openDesk();
      await issue();
      const [message] = await messages();
      const path = join(await makeTestDirectory(), 'ivanov.pfx');
      writeFileSync(path, (await openFile(format)).file);
      const read = (password: string) =>
        execFileSync('openssl', ['pkcs12', '-in', path, '-nodes', '-passin', `pass:${password}`], {
          encoding: 'utf8',
          stdio: 'pipe',
        });
      const text = read(message?.password ?? '');
      expect(text).toMatch(/subject=CN ?= ?ivanov/);
      expect(text).toContain('PRIVATE KEY');
      expect(text).toContain('friendlyName: ivanov 2026-11-22');
      expect(() => read('wrong-password')).toThrow();
    },
  );

  test('pressed a hundred times at once gives one certificate and one message', async () => {
    const { issue, certificates, messages } = await openDesk();
    const results = await Promise.all(Array.from({ length: 100 }, issue));
    expect(results).toContain('issued');
    expect(await certificates()).toHaveLength(1);
    expect(await messages()).toHaveLength(1);
  });

  test('pressed on two nodes at once gives one certificate', async () => {
    const { issue, certificates, store, clock, account, actor, messages } = await openDesk();
    const other = await createTestEnrolment(store, clock);
    const results = await Promise.all([issue(), other.service.issue(account.id, actor), issue()]);
    expect([...results].sort()).toEqual(['again', 'issued', 'issued']);
    expect(await certificates()).toHaveLength(1);
    expect(await messages()).toHaveLength(1);
  });

  test('gives the same certificate and password for ten minutes, in both formats', async () => {
    const { clock, issue, openFile, messages, certificates } = await openDesk();
    await issue();
    const [message] = await messages();
    clock.advance(10 * MINUTE - 1);
    expect(await issue()).toBe('again');
    const fingerprints = new Set<string>();
    for (const format of ['compatible', 'modern'] as const) {
      const { certificates: inside } = openPkcs12((await openFile(format)).file, message?.password ?? '');
      fingerprints.add(inside[0]?.sha256Fingerprint ?? '');
    }
    expect(fingerprints.size).toBe(1);
    expect(await certificates()).toHaveLength(1);
    expect(await messages()).toEqual([]);
  });

  test('gives nothing after ten minutes, also before anything was wiped', async () => {
    const { clock, issue, openFile, status, store } = await openDesk();
    await issue();
    clock.advance(10 * MINUTE);
    const gone = { code: 'file-gone', status: 410 };
    await expect(issue()).rejects.toMatchObject(gone);
    await expect(openFile()).rejects.toMatchObject(gone);
    expect((await status()).download.kind).toBe('file-gone');
    await store.enrolment.wipeExpiredFiles(clock.now());
    await expect(issue()).rejects.toMatchObject(gone);
    expect((await status()).enrolment.file).toMatchObject({ privateKeyPkcs8: undefined });
    expect((await status()).enrolment.file?.password).toBeDefined();
  });

  test('issues nothing for an account without a telephone', async () => {
    const { issue, status, certificates, store, account, clock } = await openDesk('orlova');
    await expect(issue()).rejects.toMatchObject({ code: 'phone-missing' });
    expect((await status()).download.kind).toBe('phone-missing');
    expect(await certificates()).toEqual([]);
    expect(await store.audit.listEvents({ limit: 5, type: 'certificate-issuance-intended' })).toEqual([]);
    await store.accountAdministration.changePhone({
      id: account.id,
      phone: '+79161234799' as PhoneNumber,
      actor: machine,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    expect(await issue()).toBe('issued');
  });

  test('issues nothing for a blocked account', async () => {
    const { issue, status, openFile } = await openDesk('volkov');
    await expect(issue()).rejects.toMatchObject({ code: 'account-blocked' });
    await expect(openFile()).rejects.toMatchObject({ code: 'account-blocked' });
    expect((await status()).download).toEqual({ kind: 'administrator', why: 'account-blocked' });
  });

  test('issues nothing where no message can be sent', async () => {
    const { issue, status } = await openDesk('ivanov', { passwordDelivery: 'none' });
    await expect(issue()).rejects.toMatchObject({ code: 'download-not-allowed' });
    expect((await status()).download.kind).toBe('administrator');
  });

  test('issues nothing after a revocation, until a new download is allowed', async () => {
    const { issue, openFile, status, store, clock, account } = await openDesk();
    await issue();
    const certificateId = (await status()).enrolment.current?.id;
    if (certificateId === undefined) throw new TypeError('nothing was issued');
    const revoked = { certificateId, comment: undefined, actor: machine, now: clock.now() };
    await store.enrolment.revokeCertificate({ ...revoked, reason: 'keyCompromise' });
    await expect(issue()).rejects.toMatchObject({ code: 'download-not-allowed' });
    await expect(openFile()).rejects.toMatchObject({ code: 'download-not-allowed' });
    expect((await status()).state).toBe('revoked');
    await store.enrolment.allowDownload(account.id, machine, clock.now());
    expect((await status()).state).toBe('none');
    expect(await issue()).toBe('issued');
  });

  test('issues a new one after the end of the old one, and replaces it', async () => {
    const { clock, issue, status, certificates, messages } = await openDesk();
    await issue();
    await messages();
    clock.advance(365 * 86_400);
    expect((await status()).state).toBe('active');
    clock.advance(86_400);
    expect(await status()).toMatchObject({ state: 'expired', download: { kind: 'new' } });
    expect(await issue()).toBe('issued');
    expect((await certificates()).map(({ status: each }) => each)).toEqual(['active', 'superseded']);
  });

  test('is limited by the limits of messages, before anything is issued', async () => {
    const limit = { perHour: 1, perDay: 1 };
    const { store, clock, issue, account, actor, dependencies, certificates } = await openDesk('ivanov', {
      messageLimits: { account: limit, number: limit, total: { perHour: 100, perDay: 100 } },
    });
    await issue();
    await store.enrolment.revokeCertificate({
      certificateId: (await certificates())[0]?.id ?? expect.fail(),
      reason: 'keyCompromise',
      comment: undefined,
      actor: machine,
      now: clock.now(),
    });
    await store.enrolment.allowDownload(account.id, machine, clock.now());
    await expect(issue()).rejects.toMatchObject({ code: 'message-limit', status: 429 });
    expect(await certificates()).toHaveLength(1);
    expect(dependencies.options.messageLimits.account).toEqual(limit);
    expect(actor.kind).toBe('account');
  });

  test('waits for an issuance on another node and then gives its certificate', async () => {
    const { issue, store, clock, account, actor, service, authority } = await openDesk();
    const issuer = await authority.getIssuer();
    const serialNumber = '0a0b0c' as SerialNumber;
    const intent = { accountId: account.id, issuerId: issuer.id, serialNumber, leaseSeconds: 5, actor };
    await store.enrolment.recordIntent({ ...intent, now: clock.now() });
    const waiting = issue();
    const isDone = await Promise.race([
      waiting.then(() => true),
      new Promise((go) => setTimeout(go, 300, false)),
    ]);
    expect(isDone).toBe(false);
    // The other node crashed: its lease ends.
    clock.advance(5);
    expect(await waiting).toBe('issued');
    expect((await service.readStatus(account.id)).download.kind).toBe('again');
    const revoked = await store.enrolment.listRevoked(issuer.id, clock.now());
    expect(revoked.map((entry) => entry.serialNumber)).toEqual([serialNumber]);
  });

  test('names the file by the account where the login cannot stand in a file name', async () => {
    const { issue, openFile, account, messages } = await openDesk('kuznetsov');
    await issue();
    const { fileName, file } = await openFile();
    expect(fileName).toBe(`${account.id}-2026-11-22`);
    const [message] = await messages();
    expect(message?.text).toContain('кузнецов');
    expect(openPkcs12(file, message?.password ?? '').certificates[0]?.subject.commonName).toBe('кузнецов');
  });

  test('is in the journal with the intent before the certificate, and the download', async () => {
    const { issue, openFile, store } = await openDesk();
    await issue();
    await openFile('modern');
    const events = await store.audit.listEvents({ limit: 50 });
    expect(events.map(({ event }) => event.type).reverse()).toEqual(
      expect.arrayContaining([
        'certificate-issuance-intended',
        'certificate-issued',
        'certificate-password-queued',
        'certificate-file-downloaded',
      ]),
    );
    expect(JSON.stringify(events)).not.toContain('+7916');
  });

  test('does nothing for an account that is not there', async () => {
    const { service, actor } = await openDesk();
    const nobody = '00000000-0000-4000-8000-000000000000' as AccountId;
    await expect(service.issue(nobody, actor)).rejects.toMatchObject({ code: 'account-not-found' });
  });
});
