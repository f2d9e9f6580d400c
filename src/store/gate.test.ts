import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import {
  addIssuers,
  addPerson,
  CRM,
  handOver,
  issue,
  later,
  newHash,
  SYSTEM,
  signIn,
} from './testing/people.ts';

const WIKI = 'wiki' as ApplicationId;

describe.each(DATABASES)('gate and portal on $name', ({ create, name }) => {
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const store = await database.openStore(clock);
    const { gate, portal } = store;
    const ivanov = await addPerson(store, clock, 'ivanov');
    const signedIn = await signIn(store, clock, ivanov.id);
    return { database, clock, store, gate, portal, ivanov, signedIn };
  }

  /** ivanov with a certificate and a token of the CRM. */
  async function openEntered() {
    const opened = await open();
    const { store, clock, ivanov, signedIn, gate } = opened;
    const { issuing } = await addIssuers(store, clock);
    const certificate = await issue(store, clock, ivanov.id, issuing.id);
    const token = await handOver(store, clock, signedIn);
    const readEntry = async () => {
      const entry = await gate.readEntry(token, CRM, clock.now());
      if (entry === undefined) throw new Error('there is no entry');
      return entry;
    };
    return { ...opened, issuing, certificate, token, readEntry };
  }

  test('the applications entered in a session are listed with the last one first', async () => {
    const { store, clock, portal, ivanov, signedIn } = await open();
    const list = () => portal.listEntered(signedIn.session.id);
    expect(await list()).toEqual([]);
    const expected = [[CRM], [WIKI, CRM], [CRM, WIKI], [WIKI, CRM], [WIKI, CRM]];
    for (const [index, application] of [CRM, WIKI, CRM, WIKI, WIKI].entries()) {
      clock.advance(1);
      await handOver(store, clock, signedIn, application);
      expect(await list()).toEqual(expected[index]);
    }
    const other = await signIn(store, clock, ivanov.id);
    await handOver(store, clock, other, CRM);
    expect(await list()).toEqual([WIKI, CRM]);
  });

  describe('the entry', () => {
    test('is session, account and current certificate of one moment', async () => {
      const { readEntry, signedIn, ivanov, certificate, clock } = await openEntered();
      expect(await readEntry()).toEqual({
        sessionId: signedIn.session.id,
        accountId: ivanov.id,
        login: 'ivanov',
        displayName: 'Иванов Иван',
        account: { status: 'active' },
        current: {
          kind: 'issued',
          sha256Fingerprint: certificate.sha256Fingerprint,
          status: 'active',
          notBefore: certificate.notBefore,
          notAfter: certificate.notAfter,
        },
        currentCertificateId: certificate.id,
        lastSeenAt: clock.now(),
      });
    });

    test(`is answered ${name === 'SQLite' ? 'synchronously' : 'with a promise'}`, async () => {
      const { gate, token, clock } = await openEntered();
      expect(gate.readEntry(token, CRM, clock.now()) instanceof Promise).toBe(name !== 'SQLite');
    });

    test('has no certificate before one is issued', async () => {
      const { store, clock, gate, signedIn } = await open();
      const token = await handOver(store, clock, signedIn);
      expect(await gate.readEntry(token, CRM, clock.now())).toMatchObject({
        current: { kind: 'none' },
        currentCertificateId: undefined,
      });
    });

    test('follows a revocation, a new download and a replacement at once', async () => {
      const { store, clock, ivanov, issuing, certificate, readEntry } = await openEntered();
      await store.enrolment.revokeCertificate({
        certificateId: certificate.id,
        reason: 'keyCompromise',
        comment: undefined,
        actor: SYSTEM,
        now: clock.now(),
      });
      expect(await readEntry()).toMatchObject({ current: { status: 'revoked' } });
      await store.enrolment.allowDownload(ivanov.id, SYSTEM, clock.now());
      expect(await readEntry()).toMatchObject({ current: { kind: 'none' } });
      const next = await issue(store, clock, ivanov.id, issuing.id);
      expect(await readEntry()).toMatchObject({
        current: { status: 'active', sha256Fingerprint: next.sha256Fingerprint },
      });
    });

    test('is of this application only and ends with the idle limit, the absolute limit and the session', async () => {
      const { store, clock, gate, ivanov } = await open();
      const limits = { idleSeconds: 600, absoluteSeconds: 1000 };
      const signedIn = await signIn(store, clock, ivanov.id, limits);
      const token = await handOver(store, clock, signedIn);
      const isOpen = async () => (await gate.readEntry(token, CRM, clock.now())) !== undefined;
      expect(await isOpen()).toBe(true);
      expect(await gate.readEntry(token, WIKI, clock.now())).toBeUndefined();
      expect(await gate.readEntry(newHash(), CRM, clock.now())).toBeUndefined();
      clock.advance(599);
      expect(await isOpen()).toBe(true);
      await gate.touchSession(signedIn.session.id, clock.now());
      clock.advance(400);
      expect(await isOpen()).toBe(true);
      clock.advance(1);
      expect(await isOpen()).toBe(false);

      const idle = await signIn(store, clock, ivanov.id, limits);
      const idleToken = await handOver(store, clock, idle);
      clock.advance(600);
      expect(await gate.readEntry(idleToken, CRM, clock.now())).toBeUndefined();

      const ended = await signIn(store, clock, ivanov.id);
      const endedToken = await handOver(store, clock, ended);
      await store.sessions.endSession(ended.session.id, 'ended-by-owner', SYSTEM, clock.now());
      expect(await gate.readEntry(endedToken, CRM, clock.now())).toBeUndefined();
    });

    test.each([
      [
        'the row of the current certificate is missing',
        `update accounts set current_certificate_id = 'gone'`,
      ],
      [
        'the current certificate is another account’s',
        'update access_certificates set account_id = (select id from accounts order by login_key desc limit 1)',
      ],
      ['the current certificate is superseded', `update access_certificates set status = 'superseded'`],
      ['the table is gone', 'alter table session_tokens rename to elsewhere'],
    ])('is an error where %s', async (_, statement) => {
      const { store, clock, database, gate, token } = await openEntered();
      await addPerson(store, clock, 'petrov');
      await database.execute(statement);
      await expect((async () => gate.readEntry(token, CRM, clock.now()))()).rejects.toThrow();
    });

    test('is an error once the database is closed', async () => {
      const { store, clock, gate, token } = await openEntered();
      await store.close();
      await expect((async () => gate.readEntry(token, CRM, clock.now()))()).rejects.toMatchObject({
        code: 'database-unavailable',
      });
    });
  });

  describe('the hand-over', () => {
    async function begin() {
      const opened = await open();
      const { gate, portal, clock, signedIn } = opened;
      const [bindingHash, codeHash] = [newHash(), newHash()];
      const createCode = (codeHashOf = codeHash, returnPath = '/tickets?тема=1') =>
        portal.createHandOver({
          codeHash: codeHashOf,
          sessionId: signedIn.session.id,
          applicationId: CRM,
          bindingHash,
          returnPath,
          now: clock.now(),
          expiresAt: later(clock, 30),
        });
      const redeem = (change: Partial<Parameters<typeof gate.redeemHandOver>[0]> = {}) =>
        gate.redeemHandOver({
          codeHash,
          bindingHash,
          applicationId: CRM,
          newTokenHash: newHash(),
          now: clock.now(),
          ...change,
        });
      return { ...opened, createCode, redeem };
    }

    test('leads back to where the person wanted to go', async () => {
      const { createCode, redeem, signedIn, ivanov } = await begin();
      await createCode();
      expect(await redeem()).toEqual({
        sessionId: signedIn.session.id,
        accountId: ivanov.id,
        returnPath: '/tickets?тема=1',
      });
    });

    test('of ten parallel redemptions one succeeds', async () => {
      const { createCode, redeem } = await begin();
      await createCode();
      const results = await Promise.all(Array.from({ length: 10 }, () => redeem()));
      expect(results.filter((result) => result !== undefined)).toHaveLength(1);
    });

    test('a person may go the way again, with a new code', async () => {
      const { createCode, redeem } = await begin();
      await createCode();
      expect(await redeem()).toBeDefined();
      const codeHash = newHash();
      await createCode(codeHash);
      expect(await redeem({ codeHash })).toBeDefined();
    });

    test.each([
      ['another browser', { bindingHash: newHash() }],
      ['another application', { applicationId: WIKI }],
    ])('%s gets nothing, and the code is burnt', async (_, change) => {
      const { createCode, redeem } = await begin();
      await createCode();
      expect(await redeem(change)).toBeUndefined();
      expect(await redeem()).toBeUndefined();
    });

    test('an unknown code, an old one and one of an ended session are worth nothing', async () => {
      const { createCode, redeem, clock, store, signedIn } = await begin();
      expect(await redeem()).toBeUndefined();
      await createCode();
      clock.advance(30);
      expect(await redeem()).toBeUndefined();
      const codeHash = newHash();
      await createCode(codeHash);
      await store.sessions.endSession(signedIn.session.id, 'signed-out', SYSTEM, clock.now());
      expect(await redeem({ codeHash })).toBeUndefined();
      await expect(createCode(newHash())).rejects.toMatchObject({ code: 'hand-over-invalid' });
    });

    test('an address that a database cannot keep as it is, is refused', async () => {
      const { createCode } = await begin();
      await expect(createCode(newHash(), '/a\0b')).rejects.toMatchObject({ code: 'request-target' });
    });
  });

  describe('choosing again', () => {
    async function begin() {
      const opened = await open();
      const { portal, gate, clock, signedIn } = opened;
      const tokenHash = newHash();
      await portal.createChooseAgain({
        tokenHash,
        sessionId: signedIn.session.id,
        applicationId: CRM,
        now: clock.now(),
        expiresAt: later(clock, 60),
      });
      const redeem = (applicationId = CRM) =>
        gate.redeemChooseAgain({ tokenHash, applicationId, now: clock.now() });
      return { ...opened, redeem };
    }

    test('a token works once and is written into the journal', async () => {
      const { redeem, signedIn, ivanov, store, clock } = await begin();
      const results = await Promise.all(Array.from({ length: 10 }, () => redeem()));
      expect(results.filter((result) => result !== undefined)).toEqual([
        { sessionId: signedIn.session.id, accountId: ivanov.id, createdAt: clock.now() },
      ]);
      expect(await store.audit.listEvents({ limit: 9, type: 'choose-again-requested' })).toHaveLength(1);
    });

    test('a token of another application or past its time is worth nothing', async () => {
      const other = await begin();
      expect(await other.redeem(WIKI)).toBeUndefined();
      const old = await begin();
      old.clock.advance(60);
      expect(await old.redeem()).toBeUndefined();
    });

    test('an ended session gets no token', async () => {
      const { store, portal, clock, signedIn } = await open();
      await store.sessions.endSession(signedIn.session.id, 'signed-out', SYSTEM, clock.now());
      await expect(
        portal.createChooseAgain({
          tokenHash: newHash(),
          sessionId: signedIn.session.id,
          applicationId: CRM,
          now: clock.now(),
          expiresAt: later(clock, 60),
        }),
      ).rejects.toMatchObject({ code: 'sign-in-required' });
    });
  });
});
