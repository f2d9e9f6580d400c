import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import { openEnrolled } from './testing/open-enrolled.ts';
import { addPerson, CRM, handOver, issue, newestEvents, signIn } from './testing/people.ts';

const CONSOLE = 'console' as ApplicationId;

describe.each(DATABASES)('own sessions on $name', ({ create }) => {
  async function open() {
    const lab = await openEnrolled(create);
    const { store, clock, ivanov, issuing } = lab;
    const certificate = await issue(store, clock, ivanov.id, issuing.id);
    const first = await signIn(store, clock, ivanov.id);
    const actor: Actor = { kind: 'account', accountId: ivanov.id, sessionId: first.session.id };
    return { ...lab, port: store.ownSessions, certificate, first, actor };
  }

  test('list where a person is signed in, with certificate and applications', async () => {
    const { store, clock, port, ivanov, first, certificate } = await open();
    const token = await handOver(store, clock, first);
    await handOver(store, clock, first, CONSOLE);
    const entry = await store.gate.readEntry(token, CRM, clock.now());
    if (entry === undefined) throw new Error('no entry');
    await store.gate.recordPermit({ entry, applicationId: CRM, address: '192.0.2.7', now: clock.now() });
    clock.advance(120);
    const second = await signIn(store, clock, ivanov.id);

    const sessions = await port.listOwnSessions(ivanov.id, clock.now());
    expect(sessions.map(({ id }) => id)).toEqual([second.session.id, first.session.id]);
    expect(sessions[0]).toMatchObject({ certificate: undefined, applicationIds: [], address: '192.0.2.7' });
    expect(sessions[1]).toMatchObject({
      certificate: { serialNumber: certificate.serialNumber, notAfter: certificate.notAfter },
      applicationIds: [CONSOLE, CRM],
      userAgent: 'Mozilla/5.0',
    });
    expect(sessions[0]?.endsAt).toEqual(second.session.idleExpiresAt);
  });

  test('do not list what is over, nor what is another person’s', async () => {
    const { store, clock, port, ivanov, first } = await open();
    const petrov = await addPerson(store, clock, 'petrov');
    await signIn(store, clock, petrov.id);
    await signIn(store, clock, ivanov.id, { idleSeconds: 60 });
    clock.advance(61);
    expect((await port.listOwnSessions(ivanov.id, clock.now())).map(({ id }) => id)).toEqual([
      first.session.id,
    ]);
  });

  test('one that is ended opens nothing any more, and the gate is told', async () => {
    const { store, clock, port, ivanov, first, actor } = await open();
    const other = await signIn(store, clock, ivanov.id);
    const token = await handOver(store, clock, other);
    let told = 0;
    const unsubscribe = store.gate.subscribeToChanges(() => {
      told += 1;
    });
    const input = { accountId: ivanov.id, sessionId: other.session.id, actor, now: clock.now() };
    expect(await port.endOwnSession(input)).toBe('ended');
    expect(told).toBeGreaterThan(0);
    unsubscribe();
    expect(await store.gate.readEntry(token, CRM, clock.now())).toBeUndefined();
    expect(await store.sessions.findPortalSession(other.portalTokenHash, clock.now())).toBeUndefined();
    expect(await store.sessions.findPortalSession(first.portalTokenHash, clock.now())).toBeDefined();
    expect(await newestEvents(store, 1)).toEqual(['session-ended']);
    // Once more, from a page that did not know: no second event.
    expect(await port.endOwnSession(input)).toBe('ended');
    expect(await newestEvents(store, 2)).not.toEqual(['session-ended', 'session-ended']);
  });

  test('another person’s session cannot be ended', async () => {
    const { store, clock, port, ivanov, actor } = await open();
    const petrov = await addPerson(store, clock, 'petrov');
    const theirs = await signIn(store, clock, petrov.id);
    const input = { accountId: ivanov.id, sessionId: theirs.session.id, actor, now: clock.now() };
    expect(await port.endOwnSession(input)).toBe('missing');
    expect(await store.sessions.findPortalSession(theirs.portalTokenHash, clock.now())).toBeDefined();
  });

  test('all others are ended at once, this one and other people’s stay', async () => {
    const { store, clock, port, ivanov, first, actor } = await open();
    const petrov = await addPerson(store, clock, 'petrov');
    const theirs = await signIn(store, clock, petrov.id);
    const others = [await signIn(store, clock, ivanov.id), await signIn(store, clock, ivanov.id)];
    const input = {
      accountId: ivanov.id,
      exceptSessionId: first.session.id,
      actor,
      now: clock.now(),
    };
    expect(await port.endOtherSessions(input)).toBe(2);
    expect(await port.endOtherSessions(input)).toBe(0);
    for (const { portalTokenHash } of others) {
      expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeUndefined();
    }
    for (const { portalTokenHash } of [first, theirs]) {
      expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeDefined();
    }
  });

  test('the history has sign-ins, failed attempts and refusals, newest first', async () => {
    const { store, clock, port, ivanov, first } = await open();
    const petrov = await addPerson(store, clock, 'petrov');
    const token = await handOver(store, clock, first);
    const entry = await store.gate.readEntry(token, CRM, clock.now());
    if (entry === undefined) throw new Error('no entry');
    clock.advance(60);
    await store.gate.recordRefusal({
      entry,
      applicationId: CRM,
      reason: 'certificate-not-presented',
      presented: undefined,
      returnPath: '/',
      address: '192.0.2.8',
      now: clock.now(),
    });
    clock.advance(60);
    for (const accountId of [ivanov.id, ivanov.id, petrov.id]) {
      await store.signInJournal.recordSignInFailure({ accountId, address: '192.0.2.9', now: clock.now() });
    }
    clock.advance(120);
    await store.purge(clock.now());

    const history = await port.listOwnHistory(ivanov.id, 10);
    expect(history).toMatchObject([
      { kind: 'sign-in-failed', address: '192.0.2.9', count: 2 },
      { kind: 'refused', reason: 'certificate-not-presented', applicationId: CRM, address: '192.0.2.8' },
      { kind: 'signed-in', address: '192.0.2.7', userAgent: 'Mozilla/5.0' },
    ]);
  });
});
