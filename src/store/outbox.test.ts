import { describe, expect, test } from 'vitest';
import { CAST } from '../../test/cast.ts';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { OutboxMessageId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { addIssuers, addPerson, FILE_PASSWORD, issue, later, newMessage, SYSTEM } from './testing/people.ts';

const PHONE = CAST.ivanov.phone as PhoneNumber;

describe.each(DATABASES)('outbox on $name', ({ create }) => {
  /** One message, queued with the certificate. */
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    const { issuing } = await addIssuers(store, clock);
    const certificate = await issue(store, clock, ivanov.id, issuing.id);
    const delivery = async () => (await store.enrolment.readEnrolment(ivanov.id)).delivery;
    const claim = (limit = 10) => store.outbox.claimDueMessages(clock.now(), limit, 60);
    const claimOne = async () => {
      const [message] = await claim();
      if (message === undefined) throw new Error('no message is due');
      return message;
    };
    return {
      clock,
      database,
      store,
      outbox: store.outbox,
      ivanov,
      issuing,
      certificate,
      delivery,
      claim,
      claimOne,
    };
  }

  test('a due message is handed out whole, and to nobody else before its lease ends', async () => {
    const { clock, ivanov, claim, delivery } = await open();
    const id = (await delivery())?.messageId;
    expect(await claim()).toEqual([
      {
        id,
        accountId: ivanov.id,
        channel: 'sms',
        to: PHONE,
        text: `Password of the file: ${FILE_PASSWORD}`,
        attempts: 0,
        createdAt: clock.now(),
        expiresAt: later(clock, 1800),
      },
    ]);
    expect(await claim()).toEqual([]);
    clock.advance(59);
    expect(await claim()).toEqual([]);
    clock.advance(1);
    expect(await claim()).toMatchObject([{ id, attempts: 0 }]);
  });

  test('of many that claim at once each message goes to one', async () => {
    const { store, clock, issuing, claim } = await open();
    for (const name of ['petrov', 'sidorova', 'kuznetsov', 'admin'] as const) {
      const { id } = await addPerson(store, clock, name);
      await issue(store, clock, id, issuing.id);
    }
    const claimed = (await Promise.all(Array.from({ length: 8 }, () => claim(2)))).flat();
    const ids = claimed.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const rest = await claim(10);
    expect(ids.length + rest.length).toBe(5);
  });

  test('the oldest are handed out first', async () => {
    const { store, clock, issuing, claim, delivery } = await open();
    const oldest = (await delivery())?.messageId;
    clock.advance(1);
    const petrov = await addPerson(store, clock, 'petrov');
    await issue(store, clock, petrov.id, issuing.id);
    expect(await claim(1)).toMatchObject([{ id: oldest }]);
    expect(await claim(1)).toMatchObject([{ accountId: petrov.id }]);
  });

  test('a delivered one is finished, its text gone', async () => {
    const { store, clock, outbox, claim, claimOne, delivery, database, ivanov } = await open();
    const { id } = await claimOne();
    clock.advance(2);
    await outbox.recordDelivered(id, 'gateway-77', clock.now());
    await outbox.recordDelivered(id, 'gateway-77', clock.now());
    await outbox.recordFailed(id, 'timeout', clock.now());
    expect(await delivery()).toEqual({
      messageId: id,
      phone: PHONE,
      status: 'delivered',
      attempts: 1,
      queuedAt: later(clock, -2),
      finishedAt: clock.now(),
      failureCategory: undefined,
    });
    expect(await database.execute('select text_sealed, gateway_id from outbox')).toEqual([
      { text_sealed: null, gateway_id: 'gateway-77' },
    ]);
    clock.advance(600);
    expect(await claim()).toEqual([]);
    const events = await store.audit.listEvents({ limit: 9, type: 'message-delivered' });
    expect(events.map(({ event }) => event)).toEqual([
      { type: 'message-delivered', accountId: ivanov.id, attempts: 1 },
    ]);
  });

  test('a failed attempt is repeated at its time, and the count goes up', async () => {
    const { clock, outbox, claim, claimOne, delivery } = await open();
    const { id } = await claimOne();
    await outbox.recordRetry(id, 'http-status', later(clock, 5), clock.now());
    expect(await delivery()).toMatchObject({
      status: 'retrying',
      attempts: 1,
      failureCategory: 'http-status',
    });
    clock.advance(4);
    expect(await claim()).toEqual([]);
    clock.advance(1);
    expect(await claim()).toMatchObject([{ id, attempts: 1 }]);
  });

  test('one that is given up says why; one that expired was not tried', async () => {
    const { store, clock, outbox, claimOne, delivery, certificate } = await open();
    const first = await claimOne();
    await outbox.recordFailed(first.id, 'number-refused', clock.now());
    expect(await delivery()).toMatchObject({
      status: 'failed',
      attempts: 1,
      failureCategory: 'number-refused',
      finishedAt: clock.now(),
    });
    await store.enrolment.queuePassword(certificate.id, newMessage(clock), SYSTEM, clock.now());
    const second = await claimOne();
    await outbox.recordFailed(second.id, 'expired', clock.now());
    expect(await delivery()).toMatchObject({
      messageId: second.id,
      status: 'failed',
      attempts: 0,
      failureCategory: 'expired',
    });
    expect(await store.audit.listEvents({ limit: 9, type: 'message-failed' })).toHaveLength(2);
  });

  test('expired messages are handed out; without a worker the purge ends them after an hour', async () => {
    const { store, clock, claimOne, delivery, claim } = await open();
    clock.advance(1800);
    await claimOne();
    clock.advance(3599);
    await store.purge(clock.now());
    expect(await delivery()).toMatchObject({ status: 'queued' });
    clock.advance(1);
    await store.purge(clock.now());
    expect(await delivery()).toMatchObject({ status: 'failed', failureCategory: 'expired' });
    expect(await claim()).toEqual([]);
  });

  test('one that was replaced while it was sent leaves the newer one alone', async () => {
    const { store, clock, outbox, claimOne, delivery, certificate } = await open();
    const { id } = await claimOne();
    const newer = await store.enrolment.queuePassword(certificate.id, newMessage(clock), SYSTEM, clock.now());
    await outbox.recordDelivered(id, undefined, clock.now());
    expect(await delivery()).toEqual(newer);
  });

  test('nothing happens to a message that does not exist', async () => {
    const { clock, outbox, store } = await open();
    const before = await store.health();
    const id = '0' as OutboxMessageId;
    await outbox.recordDelivered(id, undefined, clock.now());
    await outbox.recordRetry(id, 'timeout', clock.now(), clock.now());
    await outbox.recordFailed(id, 'timeout', clock.now());
    expect(await store.health()).toEqual(before);
  });

  test('messages are counted by account, number and in all, whatever became of them', async () => {
    const { store, clock, outbox, issuing, ivanov, claimOne } = await open();
    const start = clock.now();
    await outbox.recordFailed((await claimOne()).id, 'balance', clock.now());
    clock.advance(60);
    // The two have one telephone.
    const petrov = await addPerson(store, clock, 'petrov', PHONE);
    await issue(store, clock, petrov.id, issuing.id);
    await issue(store, clock, petrov.id, issuing.id);
    const since = clock.now();
    expect(await outbox.countSentSince({ kind: 'account', accountId: ivanov.id }, start)).toBe(1);
    expect(await outbox.countSentSince({ kind: 'account', accountId: petrov.id }, start)).toBe(2);
    expect(await outbox.countSentSince({ kind: 'number', phone: PHONE }, start)).toBe(3);
    expect(await outbox.countSentSince({ kind: 'number', phone: PHONE }, since)).toBe(2);
    expect(await outbox.countSentSince({ kind: 'number', phone: '+70000000000' as PhoneNumber }, start)).toBe(
      0,
    );
    expect(await outbox.countSentSince({ kind: 'total' }, start)).toBe(3);
    expect(await outbox.countSentSince({ kind: 'total' }, later(clock, 1))).toBe(0);
  });

  test('failed attempts that are made again are one line of the journal for a minute, way and reason', async () => {
    const { clock, outbox, store, claimOne } = await open();
    for (const category of ['timeout', 'timeout', 'unreachable'] as const) {
      const { id } = await claimOne();
      await outbox.recordRetry(id, category, clock.now(), clock.now());
    }
    clock.advance(60);
    await store.purge(clock.now());
    const events = await store.audit.listEvents({ limit: 10, type: 'message-retried' });
    expect(events.map(({ event, actor }) => ({ event, actor }))).toEqual([
      {
        actor: { kind: 'system' },
        event: { type: 'message-retried', channel: 'sms', category: 'unreachable', count: 1 },
      },
      {
        actor: { kind: 'system' },
        event: { type: 'message-retried', channel: 'sms', category: 'timeout', count: 2 },
      },
    ]);
  });

  test('the page is told when the next attempt is, until there is none', async () => {
    const { clock, outbox, claimOne, delivery } = await open();
    expect((await delivery())?.nextAttemptAt).toEqual(clock.now());
    const { id } = await claimOne();
    await outbox.recordRetry(id, 'timeout', later(clock, 15), clock.now());
    expect(await delivery()).toMatchObject({ status: 'retrying', nextAttemptAt: later(clock, 15) });
    await outbox.recordDelivered(id, undefined, clock.now());
    expect((await delivery())?.nextAttemptAt).toBeUndefined();
  });

  test('only messages of the ways that are asked for are handed out', async () => {
    const { clock, outbox } = await open();
    expect(await outbox.claimDueMessages(clock.now(), 10, 60, ['email'])).toEqual([]);
    expect(await outbox.claimDueMessages(clock.now(), 10, 60, [])).toEqual([]);
    expect(await outbox.claimDueMessages(clock.now(), 10, 60, ['sms'])).toHaveLength(1);
  });
});
