import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import type { AccountId } from '../../kernel/brand.ts';
import { addPerson, DAY_SECONDS, SYSTEM, signIn } from '../testing/people.ts';

const WRITERS = 8;
const TRANSACTIONS = 50;

describe.each(DATABASES)('the journal on $name', ({ create }) => {
  test('eight writers of two nodes fork nothing, fail nowhere and lose no event', async () => {
    const clock = createFrozenClock();
    const database = await create();
    const nodes = [await database.openStore(clock), await database.openStore(clock)];
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        const store = nodes[writer % nodes.length];
        for (let index = 0; index < TRANSACTIONS; index += 1) {
          const accountId = `${writer}-${index}` as AccountId;
          await store?.audit.append(
            [{ actor: SYSTEM, event: { type: 'account-blocked', accountId } }],
            clock.now(),
          );
        }
      }),
    );
    const [store] = nodes;
    expect(await store?.audit.verify({})).toMatchObject({
      events: WRITERS * TRANSACTIONS + 1,
      lastSequence: WRITERS * TRANSACTIONS + 1,
      findings: [],
    });
    const events = await store?.audit.listEvents({ limit: 1000, type: 'account-blocked' });
    const accounts = events?.map(({ event }) => ('accountId' in event ? event.accountId : undefined));
    expect(new Set(accounts).size).toBe(WRITERS * TRANSACTIONS);
  });

  test('the verification does not mind writers', async () => {
    const clock = createFrozenClock();
    const store = await (await create()).openStore(clock);
    const event = { type: 'account-blocked', accountId: 'a' as AccountId } as const;
    let writing = true;
    const writer = (async () => {
      while (writing) await store.audit.append([{ actor: SYSTEM, event }], clock.now());
    })();
    for (let index = 0; index < 5; index += 1) {
      expect((await store.audit.verify({})).findings).toEqual([]);
    }
    writing = false;
    await writer;
  });

  test('events are listed newest first, by pages, by account and by type', async () => {
    const clock = createFrozenClock();
    const store = await (await create()).openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    const petrov = await addPerson(store, clock, 'petrov');
    await signIn(store, clock, ivanov.id);
    const types = async (query: Parameters<typeof store.audit.listEvents>[0]) =>
      (await store.audit.listEvents(query)).map(({ sequence, event }) => `${sequence} ${event.type}`);
    expect(await types({ limit: 2 })).toEqual(['4 signed-in', '3 account-created']);
    expect(await types({ limit: 9, before: 3 })).toEqual(['2 account-created', '1 instance-created']);
    expect(await types({ limit: 9, accountId: ivanov.id })).toEqual(['4 signed-in', '2 account-created']);
    expect(await types({ limit: 9, accountId: petrov.id, type: 'account-created' })).toEqual([
      '3 account-created',
    ]);
  });

  test('an event is stored in the transaction of its change: neither without the other', async () => {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    await database.execute('update audit_head set sequence = 0');
    await expect(
      store.accounts.setAccountStatus(ivanov.id, 'blocked', SYSTEM, clock.now()),
    ).rejects.toMatchObject({ code: 'audit-chain-broken' });
    expect((await store.accounts.findAccount(ivanov.id))?.status).toBe('active');
  });

  test('the retention cuts the journal by itself, a day’s events at once', async () => {
    const clock = createFrozenClock();
    const store = await (await create()).openStore(clock, { retention: { auditDays: 30 } });
    await addPerson(store, clock, 'ivanov');
    clock.advance(30.5 * DAY_SECONDS);
    await addPerson(store, clock, 'petrov');
    expect(await store.purge(clock.now())).toMatchObject({ cutEvents: 0 });
    clock.advance(0.5 * DAY_SECONDS);
    expect(await store.purge(clock.now())).toMatchObject({ cutEvents: 2 });
    expect(await store.purge(clock.now())).toMatchObject({ cutEvents: 0 });
    expect(await store.audit.verify({})).toMatchObject({ firstSequence: 3, lastSequence: 4, findings: [] });
  });
});
