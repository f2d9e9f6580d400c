import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { newIssuer, SYSTEM } from '../testing/people.ts';

describe.each(DATABASES)('enrolment on $name', ({ create }) => {
  describe('issuers', () => {
    test('come back with their keys; the one that signs is the issuing one', async () => {
      const { enrolment, root, issuing } = await openEnrolled(create);
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
      const { enrolment, store, clock, root, issuing } = await openEnrolled(create);
      await enrolment.dropRootKey(root.id, SYSTEM, clock.now());
      await enrolment.dropRootKey(root.id, SYSTEM, clock.now());
      expect(await enrolment.listIssuers()).toEqual([{ ...root, privateKeyPkcs8: undefined }, issuing]);
      expect(await store.audit.listEvents({ limit: 9, type: 'root-key-exported' })).toHaveLength(1);
      await expect(enrolment.dropRootKey(issuing.id, SYSTEM, clock.now())).rejects.toMatchObject({
        code: 'issuer-unavailable',
      });
    });
  });
});
