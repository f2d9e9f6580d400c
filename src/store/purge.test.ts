import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import {
  addIssuers,
  addPerson,
  CRM,
  DAY_SECONDS,
  handOver,
  issue,
  later,
  newHash,
  SYSTEM,
  signIn,
} from './testing/people.ts';

describe.each(DATABASES)('the purge on $name', ({ create }) => {
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock, { retention: { decisionDays: 100 } });
    const ivanov = await addPerson(store, clock, 'ivanov');
    const count = async (table: string) => {
      const [row] = await database.execute(`select count(*) as count from ${table}`);
      return Number(row?.count);
    };
    return { clock, database, store, ivanov, count };
  }

  test('deletes codes and tokens when their time is over, not before', async () => {
    const { clock, store, ivanov, count } = await open();
    const { session } = await signIn(store, clock, ivanov.id);
    const code = { sessionId: session.id, now: clock.now(), expiresAt: later(clock, 30) };
    await store.portal.createHandOver({
      ...code,
      codeHash: newHash(),
      applicationId: CRM,
      bindingHash: newHash(),
      returnPath: '/',
    });
    await store.portal.createChooseAgain({ ...code, tokenHash: newHash(), applicationId: CRM });

    clock.advance(29);
    expect(await store.purge(clock.now())).toMatchObject({ deletedRows: 0 });
    clock.advance(1);
    expect(await store.purge(clock.now())).toMatchObject({ deletedRows: 2 });
    expect([await count('hand_overs'), await count('choose_again_tokens')]).toEqual([0, 0]);
  });

  test('keeps sessions for thirty days after their end; their tokens go with them', async () => {
    const { clock, store, ivanov, count } = await open();
    const limits = { idleSeconds: DAY_SECONDS, absoluteSeconds: 10 * DAY_SECONDS };
    const ended = await signIn(store, clock, ivanov.id, limits);
    await signIn(store, clock, ivanov.id, limits);
    await store.sessions.endSession(ended.session.id, 'signed-out', SYSTEM, clock.now());
    clock.advance(30 * DAY_SECONDS - 1);
    await store.purge(clock.now());
    expect(await count('sessions')).toBe(2);
    clock.advance(1);
    await store.purge(clock.now());
    expect([await count('sessions'), await count('session_tokens')]).toEqual([1, 1]);
    clock.advance(10 * DAY_SECONDS);
    await store.purge(clock.now());
    expect([await count('sessions'), await count('session_tokens')]).toEqual([0, 0]);
  });

  test('deletes attempts after two days, decisions and messages after their own time', async () => {
    const { clock, store, ivanov, count } = await open();
    const { issuing } = await addIssuers(store, clock);
    await issue(store, clock, ivanov.id, issuing.id);
    const [message] = await store.outbox.claimDueMessages(clock.now(), 1, 60);
    if (message === undefined) throw new Error('there is no message');
    await store.outbox.recordDelivered(message.id, undefined, clock.now());
    await store.throttle.recordAttempt('a', clock.now());
    const token = await handOver(store, clock, await signIn(store, clock, ivanov.id));
    const entry = await store.gate.readEntry(token, CRM, clock.now());
    if (entry === undefined) throw new Error('there is no entry');
    await store.gate.recordPermit({ entry, applicationId: CRM, address: '192.0.2.7', now: clock.now() });

    clock.advance(2 * DAY_SECONDS);
    await store.purge(clock.now());
    expect([await count('attempts'), await count('outbox'), await count('decisions')]).toEqual([0, 1, 1]);
    clock.advance(88 * DAY_SECONDS);
    await store.purge(clock.now());
    expect([await count('outbox'), await count('decisions')]).toEqual([0, 1]);
    clock.advance(10 * DAY_SECONDS);
    await store.purge(clock.now());
    expect(await count('decisions')).toBe(0);
    // Certificates and the journal stay.
    expect(await count('access_certificates')).toBe(1);
    expect((await store.audit.verify({})).findings).toEqual([]);
  });
});
