import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { AccessCertificateId, IssuerId, SerialNumber } from '../../kernel/brand.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { issue, newestEvents, SYSTEM } from '../testing/people.ts';

describe.each(DATABASES)('enrolment on $name', ({ create }) => {
  describe('revoking', () => {
    const revoke = { reason: 'keyCompromise', comment: 'the laptop is lost', actor: SYSTEM } as const;

    test('a revoked certificate stays current until a new download is allowed', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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

  describe('the status of one serial number', () => {
    test('is good, revoked, or not known to this issuer', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
      const former = await issue(store, clock, ivanov.id, issuing.id);
      expect(await enrolment.findCertificateStatus(issuing.id, former.serialNumber)).toEqual({
        kind: 'good',
      });
      expect(await enrolment.findCertificateStatus('0' as IssuerId, former.serialNumber)).toBeUndefined();
      clock.advance(5);
      await issue(store, clock, ivanov.id, issuing.id);
      expect(await enrolment.findCertificateStatus(issuing.id, former.serialNumber)).toEqual({
        kind: 'revoked',
        serialNumber: former.serialNumber,
        revokedAt: clock.now(),
        reason: 'superseded',
      });
    });

    test('is revoked for a serial number that was given up, and unknown while it is only meant', async () => {
      const { clock, ivanov, issuing, enrolment } = await openEnrolled(create);
      const serialNumber = 'ab01' as SerialNumber;
      await enrolment.recordIntent({
        accountId: ivanov.id,
        issuerId: issuing.id,
        serialNumber,
        leaseSeconds: 5,
        actor: SYSTEM,
        now: clock.now(),
      });
      expect(await enrolment.findCertificateStatus(issuing.id, serialNumber)).toBeUndefined();
      await enrolment.abandonIntent(serialNumber, clock.now());
      expect(await enrolment.findCertificateStatus(issuing.id, serialNumber)).toEqual({
        kind: 'revoked',
        serialNumber,
        revokedAt: clock.now(),
        reason: undefined,
      });
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
      const { store, clock, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment, root } = await openEnrolled(create);
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
});
