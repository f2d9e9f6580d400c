import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { AccountId } from '../../kernel/brand.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { addPerson, intend, newestEvents, newSerialNumber } from '../testing/people.ts';

describe.each(DATABASES)('enrolment on $name', ({ create }) => {
  describe('intents', () => {
    test('of a hundred parallel ones for one account exactly one is recorded', async () => {
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, ivanov, issuing, enrolment } = await openEnrolled(create);
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
      const { store, clock, issuing } = await openEnrolled(create);
      await expect(intend(store, clock, '0' as AccountId, issuing.id)).rejects.toMatchObject({
        code: 'account-not-found',
      });
    });
  });
});
