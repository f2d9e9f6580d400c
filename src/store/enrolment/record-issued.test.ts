import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { AccessCertificateId, AccountId, SerialNumber } from '../../kernel/brand.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import {
  addPerson,
  DAY_SECONDS,
  FILE_PASSWORD,
  intend,
  issue,
  later,
  newCertificate,
  newestEvents,
  newFile,
  newMessage,
  newSerialNumber,
  SYSTEM,
} from '../testing/people.ts';

describe.each(DATABASES)('enrolment on $name', ({ create }) => {
  describe('issuing', () => {
    test('certificate, file and message are there together', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { enrolment, ivanov } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment, database } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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

    test.each(['blocked', 'revoked', 'suspended'] as const)(
      'a person whose account or certificate was %s since the decision gets nothing',
      async (what) => {
        const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
        const former = await issue(store, clock, ivanov.id, issuing.id);
        const serialNumber = newSerialNumber();
        await intend(store, clock, ivanov.id, issuing.id, serialNumber);
        if (what === 'blocked')
          await store.accounts.setAccountStatus(ivanov.id, 'blocked', SYSTEM, clock.now());
        else {
          await enrolment.revokeCertificate({
            certificateId: former.id,
            reason: what === 'revoked' ? 'keyCompromise' : 'certificateHold',
            comment: undefined,
            actor: SYSTEM,
            now: clock.now(),
          });
        }
        await expect(
          enrolment.recordIssued({
            certificate: newCertificate(clock, ivanov.id, issuing.id, serialNumber),
            expectedCurrentId: former.id,
            file: newFile(clock),
            message: newMessage(clock),
            actor: { kind: 'account', accountId: ivanov.id },
            now: clock.now(),
          }),
        ).rejects.toMatchObject({ code: 'certificate-state' });
        const all = await enrolment.listCertificates({ accountId: ivanov.id, limit: 9 });
        expect(all.map(({ id }) => id)).toEqual([former.id]);
      },
    );

    test.each([
      ['another certificate was expected', { expectedCurrentId: 'other' as AccessCertificateId }],
      ['the intent was given up', { abandon: true }],
      ['the intent is another account’s', { accountName: 'petrov' as const }],
      ['the intent is another issuer’s', { otherIssuer: true }],
    ])('nothing is changed where %s', async (_, how) => {
      const { store, clock, ivanov, root, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
});
