import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import type { IssuerId } from '../../kernel/brand.ts';
import { systemRandom } from '../../kernel/random.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { newIssuer, SYSTEM } from '../testing/people.ts';

describe.each(DATABASES)('enrolment on $name', ({ create }) => {
  describe('issuers', () => {
    test('come back with their keys; the one that signs is the issuing one', async () => {
      const { enrolment, root, issuing } = await openEnrolled(create);
      expect(await enrolment.getActiveIssuer()).toEqual(issuing);
      expect(await enrolment.listIssuers()).toEqual([
        { ...root, status: 'active' },
        { ...issuing, status: 'active' },
      ]);
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
      const { enrolment, store, clock, root, issuing } = await openEnrolled(create);
      await enrolment.dropRootKey(root.id, SYSTEM, clock.now());
      await enrolment.dropRootKey(root.id, SYSTEM, clock.now());
      expect(await enrolment.listIssuers()).toEqual([
        { ...root, privateKeyPkcs8: undefined, status: 'active' },
        { ...issuing, status: 'active' },
      ]);
      expect(await store.audit.listEvents({ limit: 9, type: 'root-key-exported' })).toHaveLength(1);
      await expect(enrolment.dropRootKey(issuing.id, SYSTEM, clock.now())).rejects.toMatchObject({
        code: 'issuer-unavailable',
      });
    });

    test('another issuing authority takes over; the former one keeps its key', async () => {
      const { enrolment, store, clock, root, issuing } = await openEnrolled(create);
      const revision = await enrolment.readCertificateRevision();
      clock.advance(1);
      const next = newIssuer('issuing', clock);
      const above = { ...newIssuer('root', clock), privateKeyPkcs8: undefined };
      const change = { retires: issuing.id, issuing: next, above: [above], actor: SYSTEM, now: clock.now() };
      expect(await enrolment.replaceIssuing(change)).toBe(true);
      expect(await enrolment.getActiveIssuer()).toEqual(next);
      expect(await enrolment.listIssuers()).toEqual(
        expect.arrayContaining([
          { ...root, status: 'active' },
          { ...issuing, status: 'retired' },
          { ...next, status: 'active' },
          { ...above, status: 'retired' },
        ]),
      );
      expect(await enrolment.readCertificateRevision()).toBeGreaterThan(revision);
      expect(await store.audit.listEvents({ limit: 1, type: 'issuer-retired' })).toMatchObject([
        { event: { issuerId: issuing.id } },
      ]);
    });

    test('of two that would take over at once one does', async () => {
      const { enrolment, clock, issuing } = await openEnrolled(create);
      const results = await Promise.all(
        [1, 2].map(() =>
          enrolment.replaceIssuing({
            retires: issuing.id,
            issuing: newIssuer('issuing', clock),
            above: [],
            actor: SYSTEM,
            now: clock.now(),
          }),
        ),
      );
      expect(results.sort()).toEqual([false, true]);
      expect(await enrolment.listIssuers()).toHaveLength(3);
    });

    test('a request waits until it is used up or another one takes its place', async () => {
      const { enrolment, clock, issuing } = await openEnrolled(create);
      expect(await enrolment.findIssuerRequest()).toBeUndefined();
      const newRequest = () => ({
        id: systemRandom.id<IssuerId>(),
        privateKeyPkcs8: systemRandom.bytes(138),
        createdAt: clock.now(),
      });
      const second = newRequest();
      await enrolment.storeIssuerRequest(newRequest(), SYSTEM);
      await enrolment.storeIssuerRequest(second, SYSTEM);
      expect(await enrolment.findIssuerRequest()).toEqual(second);
      await enrolment.replaceIssuing({
        retires: issuing.id,
        issuing: newIssuer('issuing', clock),
        above: [],
        actor: SYSTEM,
        now: clock.now(),
      });
      expect(await enrolment.findIssuerRequest()).toBeUndefined();
    });
  });
});
