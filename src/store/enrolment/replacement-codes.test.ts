import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { ReplacementProof } from '../../enrolment/ports.ts';
import type { AccessCertificateId, SessionId, TokenHash } from '../../kernel/brand.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import {
  CRM,
  handOver,
  intend,
  issue,
  newCertificate,
  newestEvents,
  newFile,
  newHash,
  newMessage,
  newSerialNumber,
  SYSTEM,
  signIn,
} from '../testing/people.ts';

describe.each(DATABASES)('replacing on $name', ({ create }) => {
  async function open() {
    const enrolled = await openEnrolled(create);
    const { store, clock, ivanov, issuing, enrolment } = enrolled;
    const former = await issue(store, clock, ivanov.id, issuing.id);
    const signedIn = await signIn(store, clock, ivanov.id);
    const sessionId = signedIn.session.id;
    clock.advance(60);
    const code = { sessionId, accountId: ivanov.id, certificateId: former.id, actor: SYSTEM };
    return {
      ...enrolled,
      former,
      signedIn,
      sessionId,
      send: (codeHash: TokenHash, change: Partial<{ certificateId: AccessCertificateId }> = {}) =>
        enrolment.storeReplacementCode({
          ...code,
          ...change,
          codeHash,
          tries: 5,
          message: { ...newMessage(clock), text: 'the code' },
          now: clock.now(),
        }),
      check: (codeHash: TokenHash, session: SessionId = sessionId) =>
        enrolment.checkReplacementCode({
          sessionId: session,
          certificateId: former.id,
          codeHash,
          actor: SYSTEM,
          now: clock.now(),
        }),
      find: () => enrolment.findReplacementCode(sessionId, clock.now()),
      async replace(replacement: ReplacementProof) {
        const serialNumber = newSerialNumber();
        await intend(store, clock, ivanov.id, issuing.id, serialNumber);
        try {
          return await enrolment.recordIssued({
            certificate: newCertificate(clock, ivanov.id, issuing.id, serialNumber),
            expectedCurrentId: former.id,
            file: newFile(clock),
            message: newMessage(clock),
            replacement,
            actor: SYSTEM,
            now: clock.now(),
          });
        } finally {
          await enrolment.abandonIntent(serialNumber, clock.now());
        }
      },
      proofBy: (codeHash: TokenHash): ReplacementProof => ({
        kind: 'code',
        sessionId,
        codeHash,
        notices: [{ ...newMessage(clock), text: 'it was replaced' }],
      }),
    };
  }

  test('a session was permitted with the certificate that it entered with, and with no other', async () => {
    const { store, clock, signedIn, sessionId, former, enrolment, ivanov, issuing } = await open();
    expect(await enrolment.wasPermitted(sessionId, former.id)).toBe(false);
    const entry = await store.gate.readEntry(await handOver(store, clock, signedIn), CRM, clock.now());
    if (entry === undefined) throw new TypeError('there is no entry');
    const seen = { entry, applicationId: CRM, address: '192.0.2.7', now: clock.now() };
    await store.gate.recordRefusal({
      ...seen,
      reason: 'certificate-not-presented',
      presented: undefined,
      returnPath: '/',
    });
    expect(await enrolment.wasPermitted(sessionId, former.id)).toBe(false);
    await store.gate.recordPermit(seen);
    expect(await enrolment.wasPermitted(sessionId, former.id)).toBe(true);
    const other = await signIn(store, clock, ivanov.id);
    expect(await enrolment.wasPermitted(other.session.id, former.id)).toBe(false);
    const next = await issue(store, clock, ivanov.id, issuing.id);
    expect(await enrolment.wasPermitted(sessionId, next.id)).toBe(false);
  });

  test('a code is stored sealed and bound to its session, with its message in the outbox', async () => {
    const { send, find, check, store, clock, database, former, ivanov } = await open();
    const hash = newHash();
    await send(hash);
    expect(await find()).toEqual({
      certificateId: former.id,
      phone: ivanov.phone,
      sentAt: clock.now(),
      expiresAt: newMessage(clock).expiresAt,
      triesLeft: 5,
    });
    const [row] = await database.execute('select * from one_time_codes');
    const sealed = Buffer.from(row?.code_hash_sealed as Uint8Array);
    expect(sealed.toString('hex')).not.toContain(hash);
    const other = await signIn(store, clock, ivanov.id);
    expect(await check(hash, other.session.id)).toEqual({ kind: 'none' });
    expect(await check(hash)).toEqual({ kind: 'right' });
    const messages = await store.outbox.claimDueMessages(clock.now(), 9, 60);
    expect(messages.map(({ text }) => text)).toContain('the code');
    expect(await newestEvents(store, 9)).toContain('certificate-replacement-code-sent');
  });

  test('a newer code takes the place of the one before it, whose waiting message is wiped', async () => {
    const { send, check, database, store, clock } = await open();
    const [first, second] = [newHash(), newHash()];
    await send(first);
    await send(second);
    expect(await check(first)).toEqual({ kind: 'wrong', triesLeft: 4 });
    expect(await check(second)).toEqual({ kind: 'right' });
    const messages = await database.execute(
      'select status, count(*) as count from outbox where certificate_id is null group by status order by status',
    );
    expect(messages.map(({ status, count }) => [status, Number(count)])).toEqual([
      ['queued', 1],
      ['replaced', 1],
    ]);
    const due = await store.outbox.claimDueMessages(clock.now(), 9, 60);
    expect(due.filter(({ text }) => text === 'the code')).toHaveLength(1);
  });

  test('of fifty guesses at once five are counted, and then the right one is too late', async () => {
    const { send, check, find, store } = await open();
    const hash = newHash();
    await send(hash);
    const results = await Promise.all(Array.from({ length: 50 }, () => check(newHash())));
    const wrong = results.filter(({ kind }) => kind === 'wrong');
    expect(wrong.map((each) => ('triesLeft' in each ? each.triesLeft : -1)).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await check(hash)).toEqual({ kind: 'none' });
    expect(await find()).toBeUndefined();
    expect(
      await store.audit.listEvents({ limit: 50, type: 'certificate-replacement-code-wrong' }),
    ).toHaveLength(5);
  });

  test.each([
    ['its time is over', async (at: Opened) => at.clock.advance(1800)],
    [
      'the account has another number',
      (at: Opened) =>
        at.store.accountAdministration.changePhone({
          id: at.ivanov.id,
          phone: '+79161234799' as PhoneNumber,
          actor: SYSTEM,
          now: at.clock.now(),
          holdSeconds: 0,
          notices: () => [],
        }),
    ],
    [
      'the certificate was replaced otherwise',
      (at: Opened) => issue(at.store, at.clock, at.ivanov.id, at.issuing.id),
    ],
  ])('a code replaces nothing where %s', async (_, happen) => {
    const at = await open();
    const hash = newHash();
    await at.send(hash);
    await happen(at);
    await expect(at.replace(at.proofBy(hash))).rejects.toMatchObject({ code: 'certificate-state' });
    expect(await at.store.audit.listEvents({ limit: 9, type: 'certificate-replaced' })).toEqual([]);
  });

  test('the former ends, the code is used up and the owner told in one transaction', async () => {
    const { send, replace, proofBy, store, clock, former, find, enrolment, ivanov, database } = await open();
    const hash = newHash();
    await send(hash);
    const next = await replace(proofBy(hash));
    expect(await enrolment.findCertificate(former.id)).toMatchObject({ status: 'superseded' });
    expect(await enrolment.readEnrolment(ivanov.id)).toMatchObject({
      current: { id: next.id },
      file: { certificateId: next.id },
      delivery: { status: 'queued' },
    });
    expect(await find()).toBeUndefined();
    expect(await database.execute('select * from one_time_codes')).toEqual([]);
    const due = await store.outbox.claimDueMessages(clock.now(), 9, 60);
    expect(due.map(({ text }) => text).sort()).toEqual([newMessage(clock).text, 'it was replaced'].sort());
    const [event] = await store.audit.listEvents({ limit: 1, type: 'certificate-replaced' });
    expect(event?.event).toMatchObject({ certificateId: next.id, formerId: former.id, proof: 'code' });
    expect((await store.audit.verify({})).findings).toEqual([]);
  });

  test('a code works once', async () => {
    const { send, replace, proofBy, enrolment, ivanov } = await open();
    const hash = newHash();
    await send(hash);
    const results = await Promise.allSettled([replace(proofBy(hash)), replace(proofBy(hash))]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await enrolment.listCertificates({ accountId: ivanov.id, limit: 9 })).toHaveLength(2);
  });

  test('the former is not killed, nor the code used, where the password cannot be put into the outbox', async () => {
    const { send, replace, proofBy, former, find, enrolment, ivanov, store, database } = await open();
    const hash = newHash();
    await send(hash);
    const before = await enrolment.readEnrolment(ivanov.id);
    await database.execute('alter table outbox rename to outbox_away');
    await expect(replace({ kind: 'certificate' })).rejects.toThrow();
    await expect(replace(proofBy(hash))).rejects.toThrow();
    await database.execute('alter table outbox_away rename to outbox');
    expect(await enrolment.readEnrolment(ivanov.id)).toEqual(before);
    expect(before.current?.id).toBe(former.id);
    expect(await find()).toMatchObject({ triesLeft: 5 });
    expect(await store.audit.listEvents({ limit: 9, type: 'certificate-replaced' })).toEqual([]);
    expect((await replace(proofBy(hash))).status).toBe('active');
  });

  test.each([
    ['revoked', 'keyCompromise' as const],
    ['suspended', 'certificateHold' as const],
  ])('nothing is replaced that was %s in between, whatever was proved', async (_, reason) => {
    const { replace, former, enrolment, clock, send } = await open();
    await enrolment.revokeCertificate({
      certificateId: former.id,
      reason,
      comment: undefined,
      actor: SYSTEM,
      now: clock.now(),
    });
    await expect(replace({ kind: 'certificate' })).rejects.toMatchObject({ code: 'certificate-state' });
    await expect(send(newHash())).rejects.toMatchObject({ code: 'certificate-state' });
  });

  test('nothing is replaced for an account that was blocked in between', async () => {
    const { replace, store, ivanov, clock, enrolment, former } = await open();
    await store.accounts.setAccountStatus(ivanov.id, 'blocked', SYSTEM, clock.now());
    await expect(replace({ kind: 'certificate' })).rejects.toMatchObject({ code: 'certificate-state' });
    expect(await enrolment.findCertificate(former.id)).toMatchObject({ status: 'active' });
  });

  test('the purge deletes codes whose time is over', async () => {
    const { send, store, clock, database } = await open();
    await send(newHash());
    clock.advance(1799);
    await store.purge(clock.now());
    expect(await database.execute('select session_id from one_time_codes')).toHaveLength(1);
    clock.advance(1);
    await store.purge(clock.now());
    expect(await database.execute('select session_id from one_time_codes')).toEqual([]);
  });

  type Opened = Awaited<ReturnType<typeof open>>;
});
