import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { AccessCertificateId } from '../../kernel/brand.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { DAY_SECONDS, FILE_PASSWORD, issue, newestEvents, newMessage, SYSTEM } from '../testing/people.ts';

describe.each(DATABASES)('enrolment on $name', ({ create }) => {
  describe('files and passwords', () => {
    test('a download is written into the journal', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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

  test('no secret is in the database in clear, before it is wiped and after', async () => {
    const { store, clock, ivanov, issuing, enrolment, database } = await openEnrolled(create);
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
