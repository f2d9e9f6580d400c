import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import type { AccessCertificateId, AccountId, IssuerId, SerialNumber } from '../../kernel/brand.ts';
import {
  addIssuers,
  addPerson,
  DAY_SECONDS,
  FILE_PASSWORD,
  intend,
  issue,
  later,
  newCertificate,
  newestEvents,
  newFile,
  newIssuer,
  newMessage,
  newSerialNumber,
  SYSTEM,
} from '../testing/people.ts';

describe.each(DATABASES)('enrolment on $name', ({ create }) => {
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    const { root, issuing } = await addIssuers(store, clock);
    return { database, clock, store, enrolment: store.enrolment, ivanov, root, issuing };
  }

  describe('issuers', () => {
    test('come back with their keys; the one that signs is the issuing one', async () => {
      const { enrolment, root, issuing } = await open();
      expect(await enrolment.getActiveIssuer()).toEqual(issuing);
      expect(await enrolment.listIssuers()).toEqual([root, issuing]);
    });

    test('without any nothing can be signed', async () => {
      const store = await (await create()).openStore(createFrozenClock());
      await expect(store.enrolment.getActiveIssuer()).rejects.toMatchObject({ code: 'issuer-unavailable' });
    });

    test('of eight nodes that start at once one makes them', async () => {
      const clock = createFrozenClock();
      const store = await (await create()).openStore(clock);
      const made = await Promise.all(
        Array.from({ length: 8 }, () =>
          store.enrolment.createIssuers(
            newIssuer('root', clock),
            newIssuer('issuing', clock),
            SYSTEM,
            clock.now(),
          ),
        ),
      );
      expect(made.filter((won) => won)).toHaveLength(1);
      expect(await store.enrolment.listIssuers()).toHaveLength(2);
      expect(await store.audit.listEvents({ limit: 9, type: 'issuer-created' })).toHaveLength(2);
    });

    test('the root’s key leaves, once; nobody drops the key that signs', async () => {
      const { enrolment, store, clock, root, issuing } = await open();
      await enrolment.dropRootKey(root.id, SYSTEM, clock.now());
      await enrolment.dropRootKey(root.id, SYSTEM, clock.now());
      expect(await enrolment.listIssuers()).toEqual([{ ...root, privateKeyPkcs8: undefined }, issuing]);
      expect(await store.audit.listEvents({ limit: 9, type: 'root-key-exported' })).toHaveLength(1);
      await expect(enrolment.dropRootKey(issuing.id, SYSTEM, clock.now())).rejects.toMatchObject({
        code: 'issuer-unavailable',
      });
    });
  });

  describe('intents', () => {
    test('of a hundred parallel ones for one account exactly one is recorded', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const petrov = await addPerson(store, clock, 'petrov');
      const results = await Promise.all(
        Array.from({ length: 100 }, () => intend(store, clock, ivanov.id, issuing.id)),
      );
      expect(results.filter(({ kind }) => kind === 'recorded')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'busy')).toHaveLength(99);
      expect(await intend(store, clock, petrov.id, issuing.id)).toEqual({ kind: 'recorded' });
      expect(await store.audit.listEvents({ limit: 9, type: 'certificate-issuance-intended' })).toHaveLength(
        2,
      );
      expect(await enrolment.listRevoked(issuing.id, clock.now())).toEqual([]);
    });

    test('one whose lease has ended gives way, and its serial number is listed as revoked', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const first = newSerialNumber();
      await intend(store, clock, ivanov.id, issuing.id, first);
      clock.advance(29);
      expect(await intend(store, clock, ivanov.id, issuing.id)).toEqual({ kind: 'busy' });
      clock.advance(1);
      expect(await intend(store, clock, ivanov.id, issuing.id)).toEqual({ kind: 'recorded' });
      expect(await enrolment.listRevoked(issuing.id, clock.now())).toEqual([
        { serialNumber: first, revokedAt: clock.now(), reason: undefined },
      ]);
      expect(await newestEvents(store, 2)).toEqual([
        'certificate-issuance-intended',
        'certificate-issuance-abandoned',
      ]);
    });

    test('after a crash the stale ones are abandoned, the live ones are not', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const petrov = await addPerson(store, clock, 'petrov');
      await intend(store, clock, ivanov.id, issuing.id);
      clock.advance(20);
      await intend(store, clock, petrov.id, issuing.id);
      clock.advance(10);
      const counts = await Promise.all([1, 2, 3].map(() => enrolment.abandonStaleIntents(clock.now())));
      expect(counts.reduce((sum, count) => sum + count)).toBe(1);
      expect(await intend(store, clock, ivanov.id, issuing.id)).toEqual({ kind: 'recorded' });
      expect(await intend(store, clock, petrov.id, issuing.id)).toEqual({ kind: 'busy' });
    });

    test('one is given up at once; a second time nothing happens; its serial number is never used again', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const serialNumber = newSerialNumber();
      await intend(store, clock, ivanov.id, issuing.id, serialNumber);
      const revision = await enrolment.readCertificateRevision();
      await enrolment.abandonIntent(serialNumber, clock.now());
      await enrolment.abandonIntent(serialNumber, clock.now());
      await enrolment.abandonIntent(newSerialNumber(), clock.now());
      expect(await enrolment.readCertificateRevision()).toBe(revision + 1);
      expect(await store.audit.listEvents({ limit: 9, type: 'certificate-issuance-abandoned' })).toHaveLength(
        1,
      );
      await expect(intend(store, clock, ivanov.id, issuing.id, serialNumber)).rejects.toThrow(/unique/i);
      expect(await intend(store, clock, ivanov.id, issuing.id)).toEqual({ kind: 'recorded' });
    });

    test('nobody intends for an account that does not exist', async () => {
      const { store, clock, issuing } = await open();
      await expect(intend(store, clock, '0' as AccountId, issuing.id)).rejects.toMatchObject({
        code: 'account-not-found',
      });
    });
  });

  describe('issuing', () => {
    test('certificate, file and message are there together', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const issued = await issue(store, clock, ivanov.id, issuing.id);
      expect(issued).toMatchObject({
        accountId: ivanov.id,
        issuerId: issuing.id,
        status: 'active',
        issuedAt: clock.now(),
        statusChangedAt: clock.now(),
        revocationReason: undefined,
        firstPresentedAt: undefined,
      });
      const { current, file, delivery } = await enrolment.readEnrolment(ivanov.id);
      expect(current).toEqual(issued);
      expect(file).toEqual({
        certificateId: issued.id,
        privateKeyPkcs8: new Uint8Array(Buffer.from('the private key of a person, in clear')),
        keyExpiresAt: later(clock, 600),
        password: FILE_PASSWORD,
        passwordExpiresAt: later(clock, DAY_SECONDS),
      });
      expect(delivery).toMatchObject({ phone: '+79161234712', status: 'queued', attempts: 0 });
      expect((await store.accounts.findAccount(ivanov.id))?.currentCertificateId).toBe(issued.id);
      expect(await newestEvents(store, 3)).toEqual([
        'certificate-password-queued',
        'certificate-issued',
        'certificate-issuance-intended',
      ]);
    });

    test('the account without one has nothing; the one that does not exist is not found', async () => {
      const { enrolment, ivanov } = await open();
      expect(await enrolment.readEnrolment(ivanov.id)).toEqual({
        current: undefined,
        file: undefined,
        delivery: undefined,
      });
      await expect(enrolment.readEnrolment('0' as AccountId)).rejects.toMatchObject({
        code: 'account-not-found',
      });
    });

    test('the former one is superseded, its file and password wiped, its message taken back', async () => {
      const { store, clock, ivanov, issuing, enrolment, database } = await open();
      const former = await issue(store, clock, ivanov.id, issuing.id);
      const revision = await enrolment.readCertificateRevision();
      clock.advance(60);
      const next = await issue(store, clock, ivanov.id, issuing.id);

      expect(await enrolment.findCertificate(former.id)).toEqual({
        ...former,
        status: 'superseded',
        statusChangedAt: clock.now(),
        revocationReason: 'superseded',
      });
      expect((await enrolment.readEnrolment(ivanov.id)).current).toEqual(next);
      expect(await enrolment.readCertificateRevision()).toBe(revision + 1);
      expect(await enrolment.listRevoked(issuing.id, clock.now())).toEqual([
        { serialNumber: former.serialNumber, revokedAt: clock.now(), reason: 'superseded' },
      ]);
      const [file] = await database.execute(
        `select private_key_sealed, password_sealed from issued_files where certificate_id = '${former.id}'`,
      );
      expect(file).toEqual({ private_key_sealed: null, password_sealed: null });
      const messages = await database.execute(
        `select status, text_sealed is null as wiped from outbox where certificate_id = '${former.id}'`,
      );
      expect(messages).toEqual([{ status: 'replaced', wiped: expect.toBeOneOf([1, true]) }]);
      expect(await newestEvents(store, 5)).toEqual([
        'certificate-password-queued',
        'certificate-issued',
        'certificate-password-wiped',
        'certificate-file-wiped',
        'certificate-issuance-intended',
      ]);
    });

    test('two that finish at the same moment leave one active certificate', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const former = await issue(store, clock, ivanov.id, issuing.id);
      const serialNumber = newSerialNumber();
      await intend(store, clock, ivanov.id, issuing.id, serialNumber);
      const results = await Promise.allSettled(
        [1, 2].map(() =>
          enrolment.recordIssued({
            certificate: newCertificate(clock, ivanov.id, issuing.id, serialNumber),
            expectedCurrentId: former.id,
            file: newFile(clock),
            message: newMessage(clock),
            actor: SYSTEM,
            now: clock.now(),
          }),
        ),
      );
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
        code: 'certificate-state',
      });
      const all = await enrolment.listCertificates({ accountId: ivanov.id, limit: 9 });
      expect(all.map(({ status }) => status).sort()).toEqual(['active', 'superseded']);
    });

    test.each([
      ['another certificate was expected', { expectedCurrentId: 'other' as AccessCertificateId }],
      ['the intent was given up', { abandon: true }],
      ['the intent is another account’s', { accountName: 'petrov' as const }],
      ['the intent is another issuer’s', { otherIssuer: true }],
    ])('nothing is changed where %s', async (_, how) => {
      const { store, clock, ivanov, root, issuing, enrolment } = await open();
      const serialNumber = newSerialNumber();
      const petrov = await addPerson(store, clock, 'petrov');
      await intend(store, clock, ivanov.id, issuing.id, serialNumber);
      if ('abandon' in how) await enrolment.abandonIntent(serialNumber, clock.now());
      const accountId = 'accountName' in how ? petrov.id : ivanov.id;
      const issuerId = 'otherIssuer' in how ? root.id : issuing.id;
      const before = await store.health();
      await expect(
        enrolment.recordIssued({
          certificate: newCertificate(clock, accountId, issuerId, serialNumber),
          expectedCurrentId: 'expectedCurrentId' in how ? how.expectedCurrentId : undefined,
          file: newFile(clock),
          message: newMessage(clock),
          actor: SYSTEM,
          now: clock.now(),
        }),
      ).rejects.toMatchObject({ code: 'certificate-state' });
      expect(await enrolment.listCertificates({ limit: 9 })).toEqual([]);
      expect(await store.outbox.countSentSince({ kind: 'total' }, new Date(0))).toBe(0);
      expect(await store.health()).toEqual(before);
    });

    test('certificates are found by id, serial number and fingerprint, and listed newest first', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const petrov = await addPerson(store, clock, 'petrov');
      const first = await issue(store, clock, ivanov.id, issuing.id);
      clock.advance(1);
      const second = await issue(store, clock, petrov.id, issuing.id);
      expect(await enrolment.findCertificate(first.id)).toEqual(first);
      expect(await enrolment.findCertificateBySerialNumber(first.serialNumber)).toEqual(first);
      expect(await enrolment.findCertificateByFingerprint(first.sha256Fingerprint)).toEqual(first);
      expect(await enrolment.findCertificate('0' as AccessCertificateId)).toBeUndefined();
      expect(await enrolment.findCertificateBySerialNumber('00' as SerialNumber)).toBeUndefined();
      expect(await enrolment.listCertificates({ limit: 9 })).toEqual([second, first]);
      expect(await enrolment.listCertificates({ limit: 1 })).toEqual([second]);
      expect(await enrolment.listCertificates({ limit: 9, before: second.issuedAt })).toEqual([first]);
      expect(await enrolment.listCertificates({ limit: 9, accountId: petrov.id })).toEqual([second]);
    });
  });

  describe('files and passwords', () => {
    test('a download is written into the journal', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const { id } = await issue(store, clock, ivanov.id, issuing.id);
      await enrolment.recordDownload(id, 'modern', SYSTEM, clock.now());
      const [newest] = await store.audit.listEvents({ limit: 1 });
      expect(newest?.event).toEqual({
        type: 'certificate-file-downloaded',
        accountId: ivanov.id,
        certificateId: id,
        format: 'modern',
      });
      await expect(
        enrolment.recordDownload('0' as AccessCertificateId, 'modern', SYSTEM, clock.now()),
      ).rejects.toMatchObject({ code: 'certificate-not-found' });
    });

    test('the key goes after its time, the password after its own', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      await issue(store, clock, ivanov.id, issuing.id);
      const file = async () => (await enrolment.readEnrolment(ivanov.id)).file;
      clock.advance(599);
      expect(await enrolment.wipeExpiredFiles(clock.now())).toBe(0);
      expect(await file()).toMatchObject({ password: FILE_PASSWORD });
      clock.advance(1);
      expect(await enrolment.wipeExpiredFiles(clock.now())).toBe(1);
      expect(await enrolment.wipeExpiredFiles(clock.now())).toBe(0);
      expect(await file()).toMatchObject({ privateKeyPkcs8: undefined, password: FILE_PASSWORD });
      clock.advance(DAY_SECONDS);
      expect(await enrolment.wipeExpiredFiles(clock.now())).toBe(1);
      expect(await file()).toMatchObject({ privateKeyPkcs8: undefined, password: undefined });
      expect(await newestEvents(store, 2)).toEqual(['certificate-password-wiped', 'certificate-file-wiped']);
    });

    test('a password that is queued again takes the waiting message’s place', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const { id } = await issue(store, clock, ivanov.id, issuing.id);
      const first = (await enrolment.readEnrolment(ivanov.id)).delivery;
      const [queued, other] = await Promise.all(
        [1, 2].map(() => enrolment.queuePassword(id, newMessage(clock), SYSTEM, clock.now())),
      );
      const { delivery } = await enrolment.readEnrolment(ivanov.id);
      expect([queued, other]).toContainEqual(delivery);
      expect(delivery?.messageId).not.toBe(first?.messageId);
      expect(await store.outbox.claimDueMessages(clock.now(), 9, 60)).toMatchObject([
        { id: delivery?.messageId },
      ]);
      await expect(
        enrolment.queuePassword('0' as AccessCertificateId, newMessage(clock), SYSTEM, clock.now()),
      ).rejects.toMatchObject({ code: 'certificate-not-found' });
    });
  });

  describe('revoking', () => {
    const revoke = { reason: 'keyCompromise', comment: 'the laptop is lost', actor: SYSTEM } as const;

    test('a revoked certificate stays current until a new download is allowed', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const { id, serialNumber } = await issue(store, clock, ivanov.id, issuing.id);
      clock.advance(5);
      const revoked = await enrolment.revokeCertificate({ ...revoke, certificateId: id, now: clock.now() });
      expect(revoked).toMatchObject({
        status: 'revoked',
        statusChangedAt: clock.now(),
        revocationReason: 'keyCompromise',
      });
      const { current, file, delivery } = await enrolment.readEnrolment(ivanov.id);
      expect(current).toEqual(revoked);
      expect(file).toMatchObject({ privateKeyPkcs8: undefined, password: undefined });
      expect(delivery).toBeUndefined();
      expect(await enrolment.listRevoked(issuing.id, clock.now())).toEqual([
        { serialNumber, revokedAt: clock.now(), reason: 'keyCompromise' },
      ]);
      expect(await store.audit.listEvents({ limit: 1, type: 'certificate-revoked' })).toMatchObject([
        { event: { reason: 'keyCompromise', comment: 'the laptop is lost', accountId: ivanov.id } },
      ]);

      await enrolment.allowDownload(ivanov.id, SYSTEM, clock.now());
      expect((await enrolment.readEnrolment(ivanov.id)).current).toBeUndefined();
      expect(await newestEvents(store, 1)).toEqual(['certificate-download-allowed']);
      const next = await issue(store, clock, ivanov.id, issuing.id);
      expect(next.status).toBe('active');
      expect((await enrolment.findCertificate(id))?.status).toBe('revoked');
    });

    test('of ten parallel ones one succeeds', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const { id } = await issue(store, clock, ivanov.id, issuing.id);
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () =>
          enrolment.revokeCertificate({ ...revoke, certificateId: id, now: clock.now() }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.audit.listEvents({ limit: 20, type: 'certificate-revoked' })).toHaveLength(1);
    });

    test('a hold suspends; a suspended one can be revoked, not held again', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      const { id: certificateId } = await issue(store, clock, ivanov.id, issuing.id);
      const hold = { ...revoke, certificateId, reason: 'certificateHold', now: clock.now() } as const;
      expect(await enrolment.revokeCertificate(hold)).toMatchObject({
        status: 'suspended',
        revocationReason: 'certificateHold',
      });
      await expect(enrolment.revokeCertificate(hold)).rejects.toMatchObject({ code: 'certificate-state' });
      await expect(enrolment.allowDownload(ivanov.id, SYSTEM, clock.now())).rejects.toMatchObject({
        code: 'certificate-state',
      });
      expect(await enrolment.revokeCertificate({ ...revoke, certificateId, now: clock.now() })).toMatchObject(
        {
          status: 'revoked',
        },
      );
    });

    test('what is superseded or unknown cannot be revoked; nothing is allowed where nothing is revoked', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await open();
      await expect(enrolment.allowDownload(ivanov.id, SYSTEM, clock.now())).rejects.toMatchObject({
        code: 'certificate-state',
      });
      const former = await issue(store, clock, ivanov.id, issuing.id);
      await issue(store, clock, ivanov.id, issuing.id);
      const state = { code: 'certificate-state' };
      await expect(
        enrolment.revokeCertificate({ ...revoke, certificateId: former.id, now: clock.now() }),
      ).rejects.toMatchObject(state);
      await expect(enrolment.allowDownload(ivanov.id, SYSTEM, clock.now())).rejects.toMatchObject(state);
      await expect(
        enrolment.revokeCertificate({
          ...revoke,
          certificateId: '0' as AccessCertificateId,
          now: clock.now(),
        }),
      ).rejects.toMatchObject({ code: 'certificate-not-found' });
    });
  });

  describe('revocation lists', () => {
    const list = (issuerId: IssuerId, number: number, now: Date, revision = 0) => ({
      issuerId,
      number,
      der: Uint8Array.of(0x30, number),
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + 1000),
      revision,
    });

    test('of two nodes that make the same number one stores it, and no older number comes back', async () => {
      const { store, clock, issuing, enrolment } = await open();
      expect(await enrolment.findRevocationList(issuing.id)).toBeUndefined();
      const stored = await Promise.all(
        [1, 2, 3].map(() =>
          enrolment.storeRevocationList(list(issuing.id, 5, clock.now()), 0, SYSTEM, clock.now()),
        ),
      );
      expect(stored.filter((won) => won)).toHaveLength(1);
      const older = list(issuing.id, 4, clock.now());
      expect(await enrolment.storeRevocationList(older, 0, SYSTEM, clock.now())).toBe(false);
      const newer = list(issuing.id, 6, clock.now(), 17);
      expect(await enrolment.storeRevocationList(newer, 2, SYSTEM, clock.now())).toBe(true);
      expect(await enrolment.findRevocationList(issuing.id)).toEqual(newer);
      const events = await store.audit.listEvents({ limit: 9, type: 'revocation-list-issued' });
      expect(events.map(({ event }) => event)).toEqual([
        { type: 'revocation-list-issued', issuerId: issuing.id, number: 6, entries: 2 },
        { type: 'revocation-list-issued', issuerId: issuing.id, number: 5, entries: 0 },
      ]);
    });

    test('an entry stays until it was on one list made after its certificate’s end', async () => {
      const { store, clock, ivanov, issuing, enrolment, root } = await open();
      const former = await issue(store, clock, ivanov.id, issuing.id, { validitySeconds: 100 });
      await issue(store, clock, ivanov.id, issuing.id);
      const listed = async () =>
        (await enrolment.listRevoked(issuing.id, clock.now())).map(({ serialNumber }) => serialNumber);
      const store1 = (number: number) =>
        enrolment.storeRevocationList(list(issuing.id, number, clock.now()), 1, SYSTEM, clock.now());

      expect(await listed()).toEqual([former.serialNumber]);
      await store1(1);
      clock.advance(200);
      expect(await listed()).toEqual([former.serialNumber]);
      await store1(2);
      expect(await listed()).toEqual([]);
      expect(await enrolment.listRevoked(root.id, clock.now())).toEqual([]);
    });
  });

  test('no secret is in the database in clear, before it is wiped and after', async () => {
    const { store, clock, ivanov, issuing, enrolment, database } = await open();
    await issue(store, clock, ivanov.id, issuing.id);
    const issuerKey = (await enrolment.getActiveIssuer()).privateKeyPkcs8 ?? new Uint8Array();
    await store.secrets.storeSecretOnce('jwt-key', Buffer.from('a secret of the instance'));
    const secrets = [
      Buffer.from(FILE_PASSWORD),
      Buffer.from('the private key of a person'),
      Buffer.from('a secret of the instance'),
      Buffer.from(issuerKey),
    ];
    const known = Buffer.from('ivanov@company.example');

    const before = await readDatabase();
    expect(before.includes(known)).toBe(true);
    for (const secret of secrets) expect(before.includes(secret)).toBe(false);

    const sealed = await sealedPassword();
    expect(before.includes(sealed)).toBe(true);
    clock.advance(2 * DAY_SECONDS);
    expect(await enrolment.wipeExpiredFiles(clock.now())).toBe(2);
    const after = await readDatabase();
    for (const secret of secrets) expect(after.includes(secret)).toBe(false);
    // What was sealed is gone as well: overwritten in the file, and the log is empty.
    if ('databaseFile' in database.location) expect(after.includes(sealed)).toBe(false);

    async function sealedPassword(): Promise<Buffer> {
      const [row] = await database.execute('select password_sealed from issued_files');
      const value = row?.password_sealed;
      if (!(value instanceof Uint8Array)) throw new Error('there is no password');
      return Buffer.from(value);
    }

    /** The file and its log, or everything that a dump of the tables shows. */
    async function readDatabase(): Promise<Buffer> {
      const { location } = database;
      if ('databaseFile' in location) {
        const parts = ['', '-wal'].map((suffix) => readFile(`${location.databaseFile}${suffix}`));
        return Buffer.concat(await Promise.all(parts));
      }
      const tables = await database.execute(
        `select table_name as name from information_schema.tables where table_schema = 'public'`,
      );
      const rows = await Promise.all(tables.map(({ name }) => database.execute(`select * from ${name}`)));
      const values = rows.flat().flatMap((row) => Object.values(row));
      return Buffer.concat(
        values.map((value) => (value instanceof Uint8Array ? value : Buffer.from(`${value}`))),
      );
    }
  });
});
