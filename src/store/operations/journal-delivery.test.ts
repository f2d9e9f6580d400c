import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { CRM, handOver, later, signIn } from '../testing/people.ts';

const HOOK = { name: 'hook', begin: 'oldest' } as const;

describe.each(DATABASES)('the journal for receivers, on $name', ({ create }) => {
  test('a new receiver begins where it says, and one that is not there any more is forgotten', async () => {
    const { store } = await openEnrolled(create);
    const { journalDelivery: port } = store;
    const { auditSequence } = await store.health();
    await port.keepReceivers([HOOK, { name: 'late', begin: 'now' }]);
    expect(await port.listReceiverStates()).toMatchObject([
      { receiver: 'hook', behind: auditSequence, behindSince: expect.any(Date), failure: undefined },
      { receiver: 'late', behind: 0, behindSince: undefined, deliveredAt: undefined },
    ]);
    await port.keepReceivers([HOOK]);
    expect((await port.listReceiverStates()).map(({ receiver }) => receiver)).toEqual(['hook']);
    await port.keepReceivers([]);
    expect(await port.listReceiverStates()).toEqual([]);
  });

  test('one node at a time is at a receiver, until it says so or its lease is over', async () => {
    const { store, clock } = await openEnrolled(create);
    const { journalDelivery: port } = store;
    await port.keepReceivers([HOOK]);
    const claim = () => port.claimReceiver('hook', 30, clock.now());
    const first = await claim();
    if (first === undefined) throw new Error('no claim');
    expect(first.sequence).toBe(0);
    expect(await claim()).toBeUndefined();
    clock.advance(30);
    const second = await claim();
    if (second === undefined) throw new Error('no claim');
    // The one who was late changes nothing.
    await port.recordDelivered(first, 5, clock.now());
    await port.recordFailed(first, 'timeout', clock.now());
    expect(await claim()).toBeUndefined();
    await port.recordDelivered(second, 3, clock.now());
    expect(await claim()).toMatchObject({ sequence: 3 });
    expect(await port.listReceiverStates()).toMatchObject([
      { behind: (await store.health()).auditSequence - 3, deliveredAt: clock.now(), failure: undefined },
    ]);
  });

  test('a lease that a clock ahead of its time has given keeps nobody away', async () => {
    const { store, clock } = await openEnrolled(create);
    await store.journalDelivery.keepReceivers([HOOK]);
    await store.journalDelivery.claimReceiver('hook', 30, later(clock, 86_400));
    expect(await store.journalDelivery.claimReceiver('hook', 30, clock.now())).toMatchObject({ sequence: 0 });
  });

  test('a failure is shown until something is delivered, and nothing is claimed where nothing is new', async () => {
    const { store, clock } = await openEnrolled(create);
    const { journalDelivery: port } = store;
    await port.keepReceivers([HOOK]);
    const failed = await port.claimReceiver('hook', 30, clock.now());
    if (failed === undefined) throw new Error('no claim');
    await port.recordFailed(failed, 'refused', clock.now());
    expect(await port.listReceiverStates()).toMatchObject([
      { failure: { category: 'refused', at: clock.now() }, deliveredAt: undefined },
    ]);
    const again = await port.claimReceiver('hook', 30, clock.now());
    if (again === undefined) throw new Error('no claim');
    await port.recordDelivered(again, (await store.health()).auditSequence, clock.now());
    expect(await port.listReceiverStates()).toMatchObject([{ failure: undefined, behind: 0 }]);
    expect(await port.claimReceiver('hook', 30, clock.now())).toBeUndefined();
  });

  test('events come in order with the names of people and with where they were', async () => {
    const { store, clock, ivanov } = await openEnrolled(create);
    const session = await signIn(store, clock, ivanov.id);
    const entry = await store.gate.readEntry(await handOver(store, clock, session), CRM, clock.now());
    if (entry === undefined) throw new Error('no entry');
    await store.gate.recordRefusal({
      entry,
      applicationId: CRM,
      reason: 'certificate-missing',
      presented: undefined,
      returnPath: '/',
      address: '192.0.2.99',
      now: clock.now(),
    });
    const all = await store.journalDelivery.listEntriesAfter(0, 1_000);
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => index + 1));
    const of = (type: string) => all.find(({ event }) => event.type === type);
    expect(of('signed-in')).toMatchObject({ accountLogin: 'ivanov', address: expect.stringMatching(/\d/) });
    expect(of('entry-refused')).toMatchObject({ accountLogin: 'ivanov', address: '192.0.2.99' });
    expect(of('instance-created')).toMatchObject({ actorLogin: undefined, accountLogin: undefined });
    expect(await store.journalDelivery.listEntriesAfter(2, 2)).toEqual(all.slice(2, 4));
  });

  test('what a receiver has not got yet is not cut off the journal', async () => {
    const { store, clock } = await openEnrolled(create);
    await store.journalDelivery.keepReceivers([HOOK]);
    const claim = await store.journalDelivery.claimReceiver('hook', 30, clock.now());
    if (claim === undefined) throw new Error('no claim');
    await store.journalDelivery.recordDelivered(claim, 2, clock.now());
    clock.advance(86_400);
    expect(await store.audit.cutBefore(clock.now(), clock.now())).toBe(2);
    expect((await store.journalDelivery.listEntriesAfter(2, 1))[0]?.sequence).toBe(3);
    await store.journalDelivery.keepReceivers([]);
    expect(await store.audit.cutBefore(clock.now(), clock.now())).toBeGreaterThan(0);
    expect((await store.audit.verify({})).findings).toEqual([]);
  });
});
