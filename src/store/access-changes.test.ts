import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { addIssuers, addPerson, CRM, handOver, issue, SYSTEM, signIn } from './testing/people.ts';

describe.each(DATABASES)('changes of access on $name', ({ create }) => {
  /** ivanov with a certificate and a token of the CRM. */
  async function openEntered() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    const signedIn = await signIn(store, clock, ivanov.id);
    const { issuing } = await addIssuers(store, clock);
    const certificate = await issue(store, clock, ivanov.id, issuing.id);
    const token = await handOver(store, clock, signedIn);
    const readEntry = async () => {
      const entry = await store.gate.readEntry(token, CRM, clock.now());
      if (entry === undefined) throw new Error('there is no entry');
      return entry;
    };
    return { database, clock, store, gate: store.gate, ivanov, signedIn, issuing, certificate, readEntry };
  }

  /** How long until a subscriber of the other node hears of it. */
  async function openTwoNodes() {
    const opened = await openEntered();
    const other = await opened.database.openStore(opened.clock);
    const [here, there] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const endHere = opened.gate.subscribeToChanges(here);
    other.gate.subscribeToChanges(there);
    // Until the notifications are listened to.
    await sleep(500);
    return { ...opened, here, there, endHere, other };
  }

  test('a session that ends is told at once in this process and soon in the other', async () => {
    const { store, clock, signedIn, here, there } = await openTwoNodes();
    expect(here).not.toHaveBeenCalled();
    expect(there).not.toHaveBeenCalled();
    await store.sessions.endSession(signedIn.session.id, 'signed-out', SYSTEM, clock.now());
    expect(here).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(there).toHaveBeenCalledTimes(1), { timeout: 2000, interval: 10 });
    await sleep(400);
    expect(here).toHaveBeenCalledTimes(1);
  });

  test.each([
    [
      'blocked',
      (store, { ivanov, now }) => store.accounts.setAccountStatus(ivanov.id, 'blocked', SYSTEM, now),
    ],
    [
      'given a new password',
      (store, { ivanov, now }) => store.accounts.setPasswordHash(ivanov.id, 'x', SYSTEM, now),
    ],
    [
      'deprived of the certificate',
      (store, { certificate, now }) =>
        store.enrolment.revokeCertificate({
          certificateId: certificate.id,
          reason: 'superseded',
          comment: undefined,
          actor: SYSTEM,
          now,
        }),
    ],
    [
      'given a new certificate',
      (store, { ivanov, issuing, clock }) => issue(store, clock, ivanov.id, issuing.id),
    ],
  ] as [
    string,
    (
      store: Awaited<ReturnType<typeof openEntered>>['store'],
      world: Awaited<ReturnType<typeof openEntered>> & { now: Date },
    ) => Promise<unknown>,
  ][])('an account that is %s is told of', async (_, change) => {
    const world = await openEntered();
    const onChange = vi.fn<() => void>();
    world.gate.subscribeToChanges(onChange);
    await change(world.store, { ...world, now: world.clock.now() });
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  test('what cannot turn a permit into a refusal is not told', async () => {
    const { store, clock, here, there, gate, readEntry } = await openTwoNodes();
    await addPerson(store, clock, 'petrov');
    await gate.recordPermit({
      entry: await readEntry(),
      applicationId: CRM,
      address: '192.0.2.7',
      now: clock.now(),
    });
    await sleep(1300);
    expect(here).not.toHaveBeenCalled();
    expect(there).not.toHaveBeenCalled();
  });

  test('who has ended the subscription hears nothing; one that fails does not stop the others', async () => {
    const { store, clock, signedIn, here, endHere, gate } = await openTwoNodes();
    endHere();
    gate.subscribeToChanges(() => {
      throw new Error('a fault of the subscriber');
    });
    const another = vi.fn<() => void>();
    gate.subscribeToChanges(another);
    await store.sessions.endSession(signedIn.session.id, 'signed-out', SYSTEM, clock.now());
    expect(here).not.toHaveBeenCalled();
    expect(another).toHaveBeenCalledTimes(1);
  });
});
