import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { PresentedSummary } from '../gate/ports.ts';
import type { ApplicationId, DecisionId, SerialNumber, Sha256Fingerprint } from '../kernel/brand.ts';
import { addIssuers, addPerson, CRM, handOver, issue, later, signIn } from './testing/people.ts';

const WIKI = 'wiki' as ApplicationId;

describe.each(DATABASES)('decisions on $name', ({ create }) => {
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const { gate, portal } = store;
    const ivanov = await addPerson(store, clock, 'ivanov');
    const signedIn = await signIn(store, clock, ivanov.id);
    const token = await handOver(store, clock, signedIn);
    const readEntry = async () => {
      const entry = await gate.readEntry(token, CRM, clock.now());
      if (entry === undefined) throw new Error('there is no entry');
      return entry;
    };
    return { database, clock, store, gate, portal, ivanov, signedIn, readEntry };
  }

  async function openEntered() {
    const opened = await open();
    const { issuing } = await addIssuers(opened.store, opened.clock);
    const certificate = await issue(opened.store, opened.clock, opened.ivanov.id, issuing.id);
    return { ...opened, issuing, certificate };
  }

  const presented: PresentedSummary = {
    sha256Fingerprint: 'c'.repeat(64) as Sha256Fingerprint,
    subject: 'petrov',
    serialNumber: '0a' as SerialNumber,
    notBefore: new Date('2026-01-02T03:04:05Z'),
  };

  test('a permit is recorded once per session, application and certificate', async () => {
    const { gate, store, clock, readEntry, certificate, ivanov, issuing } = await openEntered();
    const permit = async (applicationId = CRM) =>
      gate.recordPermit({
        entry: await readEntry(),
        applicationId,
        address: '192.0.2.7',
        now: clock.now(),
      });
    await Promise.all(Array.from({ length: 10 }, () => permit()));
    await permit();
    const count = async () => (await store.audit.listEvents({ limit: 99, type: 'entry-permitted' })).length;
    expect(await count()).toBe(1);
    const firstPresentedAt = clock.now();
    clock.advance(10);
    await permit(WIKI);
    expect(await count()).toBe(2);
    expect((await store.enrolment.findCertificate(certificate.id))?.firstPresentedAt).toEqual(
      firstPresentedAt,
    );
    const next = await issue(store, clock, ivanov.id, issuing.id);
    await permit();
    expect(await count()).toBe(3);
    expect((await store.enrolment.findCertificate(next.id))?.firstPresentedAt).toEqual(clock.now());
  });

  test('a permit without a certificate is a fault of the program', async () => {
    const { gate, clock, readEntry } = await open();
    const entry = await readEntry();
    await expect(
      gate.recordPermit({ entry, applicationId: CRM, address: '192.0.2.7', now: clock.now() }),
    ).rejects.toThrow(TypeError);
  });

  test('every refusal is recorded; the person sees it, nobody else does', async () => {
    const { gate, portal, store, clock, readEntry, ivanov, signedIn } = await openEntered();
    const petrov = await addPerson(store, clock, 'petrov');
    const refuse = async (returnPath: string | undefined, shown: PresentedSummary | undefined) =>
      gate.recordRefusal({
        entry: await readEntry(),
        applicationId: CRM,
        reason: shown === undefined ? 'certificate-not-presented' : 'certificate-mismatch',
        presented: shown,
        returnPath,
        address: '192.0.2.7',
        now: clock.now(),
      });
    const first = await refuse('/tickets/5', presented);
    clock.advance(1);
    const second = await refuse(undefined, undefined);
    expect(await portal.findRefusal(first, ivanov.id)).toEqual({
      id: first,
      at: later(clock, -1),
      applicationId: CRM,
      reason: 'certificate-mismatch',
      returnPath: '/tickets/5',
      presented,
    });
    expect(await portal.findRefusal(first, petrov.id)).toBeUndefined();
    expect(await portal.findRefusal('0' as DecisionId, ivanov.id)).toBeUndefined();
    expect(await portal.findLastRefusal(signedIn.session.id)).toEqual({
      id: second,
      at: clock.now(),
      applicationId: CRM,
      reason: 'certificate-not-presented',
      returnPath: undefined,
      presented: undefined,
    });
    const other = await signIn(store, clock, ivanov.id);
    expect(await portal.findLastRefusal(other.session.id)).toBeUndefined();
    expect(await store.audit.listEvents({ limit: 9, type: 'entry-refused' })).toHaveLength(2);
  });

  test('a permit is no refusal', async () => {
    const { gate, portal, clock, readEntry, ivanov, signedIn, database } = await openEntered();
    await gate.recordPermit({
      entry: await readEntry(),
      applicationId: CRM,
      address: '192.0.2.7',
      now: clock.now(),
    });
    const [row] = await database.execute('select id from decisions');
    expect(await portal.findRefusal(`${row?.id}` as DecisionId, ivanov.id)).toBeUndefined();
    expect(await portal.findLastRefusal(signedIn.session.id)).toBeUndefined();
  });

  test('what a hostile certificate or address holds does not stop the record', async () => {
    const { gate, portal, clock, readEntry, ivanov } = await openEntered();
    const id = await gate.recordRefusal({
      entry: await readEntry(),
      applicationId: CRM,
      reason: 'certificate-mismatch',
      presented: { ...presented, subject: `a\0b\ud800${'x'.repeat(500)}` },
      returnPath: `/${'x'.repeat(5000)}`,
      address: '\0'.repeat(500),
      now: clock.now(),
    });
    const refusal = await portal.findRefusal(id, ivanov.id);
    expect(refusal?.presented?.subject).toBe(`a\u{fffd}b\u{fffd}${'x'.repeat(60)}`);
    expect(refusal?.returnPath).toBeUndefined();
  });

  test('requests before sign-in become one event per application and minute', async () => {
    const { gate, store, clock } = await open();
    await Promise.all(Array.from({ length: 10 }, () => gate.recordBeforeSignIn(CRM, 3, clock.now())));
    await gate.recordBeforeSignIn(WIKI, 1, clock.now());
    clock.advance(60);
    await store.purge(clock.now());
    const events = await store.audit.listEvents({ limit: 9, type: 'requests-before-sign-in' });
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        { type: 'requests-before-sign-in', applicationId: CRM, count: 30 },
        { type: 'requests-before-sign-in', applicationId: WIKI, count: 1 },
      ]),
    );
    expect(events).toHaveLength(2);
  });
});
