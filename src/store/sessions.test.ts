import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { AccountId, SessionId } from '../kernel/brand.ts';
import { addPerson, CRM, handOver, later, newestEvents, newHash, SYSTEM, signIn } from './testing/people.ts';

describe.each(DATABASES)('sessions on $name', ({ create }) => {
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    return { database, clock, store, ivanov };
  }

  test('a session is found by the hash of its portal token', async () => {
    const { store, clock, ivanov } = await open();
    const { session, portalTokenHash } = await signIn(store, clock, ivanov.id, {
      idleSeconds: 600,
      absoluteSeconds: 3600,
    });
    expect(session).toEqual({
      id: session.id,
      account: ivanov,
      startedAt: clock.now(),
      lastSeenAt: clock.now(),
      idleExpiresAt: later(clock, 600),
      absoluteExpiresAt: later(clock, 3600),
    });
    expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toEqual(session);
    expect(await store.sessions.findPortalSession(newHash(), clock.now())).toBeUndefined();
    expect(await store.audit.listEvents({ limit: 1 })).toMatchObject([
      {
        actor: { kind: 'account', accountId: ivanov.id, sessionId: session.id },
        event: { type: 'signed-in', accountId: ivanov.id, sessionId: session.id, address: '192.0.2.7' },
      },
    ]);
  });

  test('nobody signs in who has no account', async () => {
    const { store, clock } = await open();
    await expect(signIn(store, clock, '0' as AccountId)).rejects.toMatchObject({ code: 'account-not-found' });
  });

  test('a user agent that no database takes as it is does not stop a sign-in', async () => {
    const { store, clock, ivanov, database } = await open();
    await store.sessions.startSession({
      accountId: ivanov.id,
      portalTokenHash: newHash(),
      address: 'a\0b',
      userAgent: `\ud800${'x'.repeat(2000)}`,
      now: clock.now(),
      idleSeconds: 1,
      absoluteSeconds: 1,
    });
    expect(await database.execute('select address, user_agent from sessions')).toEqual([
      { address: 'a\u{fffd}b', user_agent: `\u{fffd}${'x'.repeat(511)}` },
    ]);
  });

  test('an application’s token is no portal token, nor the other way round', async () => {
    const { store, clock, ivanov } = await open();
    const signedIn = await signIn(store, clock, ivanov.id);
    const applicationToken = await handOver(store, clock, signedIn);
    expect(await store.sessions.findPortalSession(applicationToken, clock.now())).toBeUndefined();
    expect(await store.gate.readEntry(signedIn.portalTokenHash, CRM, clock.now())).toBeUndefined();
  });

  test('the idle limit ends a session, also for a later touch', async () => {
    const { store, clock, ivanov } = await open();
    const { session, portalTokenHash } = await signIn(store, clock, ivanov.id, { idleSeconds: 600 });
    clock.advance(599);
    expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeDefined();
    clock.advance(1);
    expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeUndefined();
    await store.sessions.touchSession(session.id, clock.now());
    expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeUndefined();
  });

  test('touching moves the idle limit, at most once a minute, and never past the absolute limit', async () => {
    const { store, clock, ivanov } = await open();
    const { session, portalTokenHash } = await signIn(store, clock, ivanov.id, {
      idleSeconds: 600,
      absoluteSeconds: 1000,
    });
    const lastSeenAt = async () =>
      (await store.sessions.findPortalSession(portalTokenHash, clock.now()))?.lastSeenAt;
    const startedAt = clock.now();
    clock.advance(59);
    await store.sessions.touchSession(session.id, clock.now());
    expect(await lastSeenAt()).toEqual(startedAt);
    clock.advance(1);
    await Promise.all(Array.from({ length: 5 }, () => store.sessions.touchSession(session.id, clock.now())));
    expect(await lastSeenAt()).toEqual(clock.now());
    clock.advance(540);
    await store.gate.touchSession(session.id, clock.now());
    expect(await lastSeenAt()).toEqual(clock.now());
    clock.advance(399);
    expect(await lastSeenAt()).toBeDefined();
    clock.advance(1);
    expect(await lastSeenAt()).toBeUndefined();
  });

  test('signing out ends the portal’s and the applications’ tokens and the codes under way', async () => {
    const { store, clock, ivanov, database } = await open();
    const signedIn = await signIn(store, clock, ivanov.id);
    const applicationToken = await handOver(store, clock, signedIn);
    await store.portal.createChooseAgain({
      tokenHash: newHash(),
      sessionId: signedIn.session.id,
      applicationId: CRM,
      now: clock.now(),
      expiresAt: later(clock, 60),
    });
    const actor = { kind: 'account', accountId: ivanov.id } as const;
    await store.sessions.endSession(signedIn.session.id, 'signed-out', actor, clock.now());
    expect(await store.sessions.findPortalSession(signedIn.portalTokenHash, clock.now())).toBeUndefined();
    expect(await store.gate.readEntry(applicationToken, CRM, clock.now())).toBeUndefined();
    expect(await database.execute('select 1 as one from session_tokens')).toEqual([]);
    expect(await database.execute('select 1 as one from choose_again_tokens')).toEqual([]);
    expect(await newestEvents(store, 1)).toEqual(['signed-out']);
  });

  test('a session ends once, however many ask for it', async () => {
    const { store, clock, ivanov } = await open();
    const { session } = await signIn(store, clock, ivanov.id);
    await Promise.all(
      Array.from({ length: 10 }, () =>
        store.sessions.endSession(session.id, 'ended-by-administrator', SYSTEM, clock.now()),
      ),
    );
    await store.sessions.endSession('unknown' as SessionId, 'replaced', SYSTEM, clock.now());
    const ended = await store.audit.listEvents({ limit: 20, type: 'session-ended' });
    expect(ended.map(({ event }) => event)).toEqual([
      { type: 'session-ended', accountId: ivanov.id, sessionId: session.id, why: 'ended-by-administrator' },
    ]);
  });

  test('failed attempts are counted by key and since an instant, also parallel ones, and cleared', async () => {
    const { store, clock } = await open();
    const { throttle } = store;
    const start = clock.now();
    await Promise.all(Array.from({ length: 20 }, () => throttle.recordAttempt('account:1', clock.now())));
    clock.advance(60);
    await throttle.recordAttempt('account:1', clock.now());
    await throttle.recordAttempt('address:192.0.2.7', clock.now());
    expect(await throttle.countAttempts('account:1', start)).toBe(21);
    expect(await throttle.countAttempts('account:1', new Date(start.getTime() + 1))).toBe(1);
    expect(await throttle.countAttempts('account:2', start)).toBe(0);
    await throttle.clearAttempts('account:1');
    expect(await throttle.countAttempts('account:1', start)).toBe(0);
    expect(await throttle.countAttempts('address:192.0.2.7', start)).toBe(1);
  });

  test('failed sign-ins become one event per account or unknown login, address and minute', async () => {
    const { store, clock, ivanov } = await open();
    const fail = (accountId: AccountId | undefined, address: string) =>
      store.signInJournal.recordSignInFailure({ accountId, address, now: clock.now() });
    await Promise.all(Array.from({ length: 12 }, () => fail(ivanov.id, '192.0.2.7')));
    await fail(undefined, '192.0.2.7');
    await fail(ivanov.id, '192.0.2.8');
    expect(await store.purge(clock.now())).toMatchObject({ journalLines: 0 });
    clock.advance(60);
    await fail(ivanov.id, '192.0.2.7');
    expect(await store.purge(clock.now())).toMatchObject({ journalLines: 3 });
    const failed = await store.audit.listEvents({ limit: 9, type: 'sign-in-failed' });
    expect(failed.map(({ event, actor }) => [actor.kind, event])).toEqual(
      expect.arrayContaining([
        ['anonymous', { type: 'sign-in-failed', accountId: ivanov.id, address: '192.0.2.7', count: 12 }],
        ['anonymous', { type: 'sign-in-failed', address: '192.0.2.7', count: 1 }],
        ['anonymous', { type: 'sign-in-failed', accountId: ivanov.id, address: '192.0.2.8', count: 1 }],
      ]),
    );
    expect(failed).toHaveLength(3);
  });

  test('what was counted is in the journal when the store is closed in the middle of a minute', async () => {
    const { store, clock, database } = await open();
    await store.signInJournal.recordSignInFailure({
      accountId: undefined,
      address: '192.0.2.9',
      now: clock.now(),
    });
    await store.close();
    const next = await database.openStore(clock);
    expect(await newestEvents(next, 1)).toEqual(['sign-in-failed']);
  });
});
