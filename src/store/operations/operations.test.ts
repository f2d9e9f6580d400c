import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { addPerson, CRM, handOver, issue, later, signIn } from '../testing/people.ts';

describe.each(DATABASES)('what administrators look at, on $name', ({ create }) => {
  async function open() {
    const lab = await openEnrolled(create);
    const { store, clock, ivanov, issuing } = lab;
    const petrov = await addPerson(store, clock, 'petrov');
    const certificate = await issue(store, clock, ivanov.id, issuing.id, { validitySeconds: 5 * 86_400 });
    const theirs = await issue(store, clock, petrov.id, issuing.id);
    const session = await signIn(store, clock, ivanov.id);
    const entry = await store.gate.readEntry(await handOver(store, clock, session), CRM, clock.now());
    if (entry === undefined) throw new Error('no entry');
    const refuse = (reason: 'certificate-not-presented' | 'certificate-mismatch') =>
      store.gate.recordRefusal({
        entry,
        applicationId: CRM,
        reason,
        presented:
          reason === 'certificate-mismatch'
            ? {
                sha256Fingerprint: theirs.sha256Fingerprint,
                subject: 'petrov',
                serialNumber: theirs.serialNumber,
                notBefore: theirs.notBefore,
              }
            : undefined,
        returnPath: '/',
        address: '192.0.2.8',
        now: clock.now(),
      });
    return { ...lab, petrov, certificate, theirs, entry, refuse, session };
  }

  test('refusals come newest first, in pages, with the owner of what was presented', async () => {
    const { store, clock, refuse, ivanov, theirs, certificate, entry } = await open();
    await refuse('certificate-not-presented');
    clock.advance(5);
    const second = await refuse('certificate-mismatch');
    const found = await store.refusals.listRefusals({ limit: 10 });
    expect(found).toMatchObject([
      { id: second, reason: 'certificate-mismatch', presented: { owner: { login: 'petrov' } } },
      { reason: 'certificate-not-presented', presented: undefined },
    ]);
    expect(await store.refusals.listRefusals({ limit: 10, before: second })).toMatchObject([
      { reason: 'certificate-not-presented' },
    ]);
    for (const search of [
      { kind: 'person', text: 'ivan' },
      { kind: 'address', address: '192.0.2.8' },
      { kind: 'serial', serialNumber: certificate.serialNumber },
      { kind: 'fingerprint', sha256Fingerprint: certificate.sha256Fingerprint },
    ] as const) {
      expect(await store.refusals.listRefusals({ search, limit: 10 }), search.kind).toHaveLength(2);
    }
    const bySerial = { kind: 'serial', serialNumber: theirs.serialNumber } as const;
    expect(await store.refusals.listRefusals({ search: bySerial, limit: 10 })).toHaveLength(1);

    clock.advance(5);
    await store.gate.recordPermit({ entry, applicationId: CRM, address: '192.0.2.8', now: clock.now() });
    expect(await store.refusals.findRefusal(second)).toMatchObject({
      account: { id: ivanov.id },
      certificate: { id: certificate.id, status: 'active' },
      now: { session: { account: { status: 'active' }, current: { kind: 'issued' } } },
      enteredAt: clock.now(),
      userAgent: 'Mozilla/5.0',
    });
  });

  test('the journal is filtered by who did it as well as by whom it is about', async () => {
    const { store, clock, ivanov, petrov } = await open();
    const actor = { kind: 'account', accountId: ivanov.id } as const;
    await store.accounts.setAccountStatus(petrov.id, 'blocked', actor, clock.now());
    const query = { order: 'oldest-first', limit: 500 } as const;
    const all = { kind: 'all' } as const;
    const types = async (filter: Partial<Parameters<typeof store.auditLog.listAuditLog>[0]>) =>
      (await store.auditLog.listAuditLog({ ...query, reach: all, ...filter })).map(({ event }) => event.type);
    expect(await types({ accountId: ivanov.id, types: ['account-blocked'] })).toEqual(['account-blocked']);
    expect(await types({ accountId: petrov.id, types: ['account-blocked'] })).toEqual(['account-blocked']);
    expect(await types({ from: later(clock, 1) })).toEqual([]);
    const reach = { kind: 'ordinary-users', self: ivanov.id } as const;
    expect(await types({ reach })).not.toContain('issuer-created');
    expect(await types({})).toContain('issuer-created');
    expect(await types({ after: 0, before: 2 })).toHaveLength(1);
  });

  test('the overview counts people, certificates, refusals by step, and messages', async () => {
    const { store, clock, refuse, ivanov } = await open();
    const from = clock.now();
    await refuse('certificate-not-presented');
    clock.advance(600);
    await refuse('certificate-not-presented');
    await refuse('certificate-mismatch');
    await store.signInJournal.recordSignInFailure({
      accountId: ivanov.id,
      address: '192.0.2.9',
      now: clock.now(),
    });
    clock.advance(120);
    await store.purge(clock.now());
    const overview = await store.overview.readOverview({
      now: clock.now(),
      from,
      stepSeconds: 300,
      limit: 5,
    });
    expect(overview).toMatchObject({
      accounts: { active: 2, blocked: 0, withoutCertificate: 0 },
      present: { people: 1, sessions: 1, newest: [{ login: 'ivanov' }] },
      certificates: { active: 2, expired: 0, suspended: 0, revoked: 0 },
      expiring: { in7: 1, in30: 1, first: [{ login: 'ivanov' }] },
      entries: 0,
      signInFailures: 1,
      messages: { delivered: 0, waiting: 2, failed: 0, failures: [] },
    });
    expect(new Set(overview.refusals.map((each) => JSON.stringify(each)))).toEqual(
      new Set([
        JSON.stringify({ reason: 'certificate-not-presented', step: 0, count: 1 }),
        JSON.stringify({ reason: 'certificate-not-presented', step: 2, count: 1 }),
        JSON.stringify({ reason: 'certificate-mismatch', step: 2, count: 1 }),
      ]),
    );
    clock.advance(10 * 86_400);
    const late = await store.overview.readOverview({ now: clock.now(), from, stepSeconds: 300, limit: 5 });
    expect(late.certificates).toEqual({ active: 1, expired: 1, suspended: 0, revoked: 0 });
    expect(late.present).toMatchObject({ people: 0, sessions: 0 });
  });

  test('issuers are watched without opening their keys', async () => {
    const { store, clock, issuing, root } = await open();
    expect(await store.authority.listWatchedIssuers(clock.now())).toMatchObject([
      { id: issuing.id, role: 'issuing', status: 'active', hasKey: true, certificates: 2, list: undefined },
      { id: root.id, role: 'root', status: 'active', hasKey: true, certificates: 0 },
    ]);
    expect(await store.authority.findIssuerRequestTime()).toBeUndefined();
  });
});
