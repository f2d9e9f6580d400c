import { describe, expect, test } from 'vitest';
import { CAST } from '../../test/cast.ts';
import { enrolPerson, testHasher } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { openRealStore } from '../../test/real-store.ts';
import { silentLogger } from '../kernel/logger.ts';
import { hashToken, systemRandom } from '../kernel/random.ts';
import { createPasswordHasher, type PasswordHasher } from './password-hash.ts';
import { createSignIn, type SignInInput, type SignInLimits } from './sign-in.ts';

const { ivanov, petrov } = CAST;
const wide = [{ seconds: 60, attempts: 1000 }];

async function openDoor(limits?: Partial<SignInLimits>, hasher: PasswordHasher = testHasher) {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const account = await enrolPerson(store, clock, 'ivanov');
  const signIn = createSignIn({
    accounts: store.accounts,
    sessions: store.sessions,
    throttle: store.throttle,
    journal: store.signInJournal,
    hasher,
    clock,
    random: systemRandom,
    logger: silentLogger,
    secret: new Uint8Array(32),
    ...(limits ? { limits: { account: wide, address: wide, ...limits } } : {}),
  });
  const enter = (input: Partial<SignInInput> = {}) =>
    signIn({
      login: ivanov.login,
      password: ivanov.password,
      address: '192.0.2.1',
      userAgent: 'Mozilla/5.0',
      ...input,
    });
  const fail = (input: Partial<SignInInput> = {}) => enter({ password: 'Wrong-Horse-1', ...input });
  return { clock, store, account, enter, fail };
}

const failed = expect.objectContaining({ code: 'sign-in-failed' });
const throttled = expect.objectContaining({ code: 'throttled' });

describe('signing in', () => {
  test('starts a session whose token is stored as a hash only', async () => {
    const { enter, store, clock, account } = await openDoor();
    const { token, session } = await enter();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(session.account.id).toBe(account.id);
    expect(await store.sessions.findPortalSession(hashToken(token), clock.now())).toMatchObject({
      id: session.id,
    });
  });

  test.each([
    ['as it was entered', 'ivanov'],
    ['in capitals', 'IVANOV'],
    ['with blanks around it', '  ivanov '],
  ])('takes the login %s', async (_, login) => {
    const { enter, account } = await openDoor();
    expect((await enter({ login })).session.account.id).toBe(account.id);
  });

  test('takes a password whose letters were composed elsewhere', async () => {
    const { enter, store, clock, account } = await openDoor();
    const hash = await testHasher.hashPassword('пои\u0306мать ёлку'.normalize('NFC'));
    await store.accounts.setPasswordHash(account.id, hash, { kind: 'command-line' }, clock.now());
    await expect(enter({ password: 'пои\u0306мать е\u0308лку' })).resolves.toBeDefined();
  });

  test('works for a blocked account: the gate tells its owner', async () => {
    const { enter, store, clock } = await openDoor();
    await enrolPerson(store, clock, 'volkov');
    const { session } = await enter({ login: 'volkov', password: CAST.volkov.password });
    expect(session.account.status).toBe('blocked');
  });

  test('stores an outdated hash with the parameters of today', async () => {
    const { enter, store, clock, account } = await openDoor();
    const old = createPasswordHasher({
      random: systemRandom,
      parameters: { memory: 32, passes: 1, parallelism: 1 },
    });
    const outdated = await old.hashPassword(ivanov.password);
    await store.accounts.setPasswordHash(account.id, outdated, { kind: 'command-line' }, clock.now());
    await enter();
    expect(await store.accounts.findPasswordHash(account.id)).toContain('$m=64,t=1,p=1$');
    await expect(enter()).resolves.toBeDefined();
  });
});

describe('a wrong sign-in', () => {
  test.each([
    ['a wrong password', { password: 'Wrong-Horse-1' }],
    ['no password', { password: '' }],
    ['a password of a megabyte', { password: 'x'.repeat(1_000_000) }],
    ['another person’s password', { password: petrov.password }],
    ['an unknown login', { login: 'nobody' }],
    ['a login that cannot exist', { login: 'ivanov\u0000' }],
    ['a login with a Cyrillic letter', { login: 'ivаnov' }],
    ['a login with SQL', { login: "ivanov' or 1=1 --" }],
    ['a login of a thousand characters', { login: 'i'.repeat(1000) }],
    ['a login of lone surrogates', { login: '\ud800\udfff\ud800' }],
  ])('with %s gets the same answer', async (_, input) => {
    const { enter } = await openDoor();
    const error = await enter(input).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'sign-in-failed',
      status: 401,
      message: 'Wrong login or password',
      detail: undefined,
    });
  });

  test('is counted in the journal, one line for the minute', async () => {
    const { fail, store, clock, account } = await openDoor();
    for (let attempt = 0; attempt < 3; attempt++) await expect(fail()).rejects.toEqual(failed);
    await expect(fail({ login: 'nobody' })).rejects.toEqual(failed);
    clock.advance(120);
    await store.purge(clock.now());
    const events = await store.audit.listEvents({ limit: 10, type: 'sign-in-failed' });
    const counted = events.map(({ event }) => event);
    expect(counted).toContainEqual({
      type: 'sign-in-failed',
      accountId: account.id,
      address: '192.0.2.1',
      count: 3,
    });
    expect(counted).toContainEqual({ type: 'sign-in-failed', address: '192.0.2.1', count: 1 });
  });
});

describe('throttling', () => {
  test('begins after five failures and says how long to wait', async () => {
    const { enter, fail } = await openDoor();
    for (let attempt = 0; attempt < 5; attempt++) await expect(fail()).rejects.toEqual(failed);
    const error = await enter().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'throttled', status: 429 });
    expect(error).toHaveProperty(
      'retryAfterSeconds',
      expect.toSatisfy((seconds) => seconds > 55 && seconds <= 60),
    );
  });

  test('waits longer the more attempts fail, and never longer than half an hour', async () => {
    const { clock, fail, enter } = await openDoor();
    let failures = 0;
    let longestWait = 0;
    for (let minute = 0; minute < 4 * 60; minute++) {
      let wait = 0;
      for (let attempt = 0; attempt < 6; attempt++) {
        const error: unknown = await fail().catch((reason: unknown) => reason);
        if ((error as { code: string }).code === 'sign-in-failed') failures++;
        else wait = (error as { retryAfterSeconds: number }).retryAfterSeconds;
      }
      longestWait = Math.max(longestWait, wait);
      clock.advance(60);
    }
    expect(longestWait).toBeGreaterThan(600);
    expect(longestWait).toBeLessThanOrEqual(1800);
    // Four hours of guessing: eight half hours with twenty guesses each.
    expect(failures).toBeLessThanOrEqual(8 * 20);
    clock.advance(1800);
    await expect(enter()).resolves.toBeDefined();
  }, 60_000);

  test('is the same for a login that does not exist, however it is written', async () => {
    const { fail } = await openDoor();
    for (const login of ['nobody', 'NOBODY', ' nobody', 'Nobody', 'nobodY']) {
      await expect(fail({ login })).rejects.toEqual(failed);
    }
    await expect(fail({ login: 'nobody' })).rejects.toEqual(throttled);
    await expect(fail({ login: 'somebody' })).rejects.toEqual(failed);
  });

  test('of one account leaves the others and open sessions alone', async () => {
    const { enter, fail, store, clock } = await openDoor();
    await enrolPerson(store, clock, 'petrov');
    const { token } = await enter();
    for (let attempt = 0; attempt < 5; attempt++) await expect(fail()).rejects.toEqual(failed);
    await expect(fail()).rejects.toEqual(throttled);
    await expect(enter({ login: 'petrov', password: petrov.password })).resolves.toBeDefined();
    expect(await store.sessions.findPortalSession(hashToken(token), clock.now())).toBeDefined();
  });

  test('begins anew after a success', async () => {
    const { enter, fail } = await openDoor();
    for (let round = 0; round < 3; round++) {
      for (let attempt = 0; attempt < 4; attempt++) await expect(fail()).rejects.toEqual(failed);
      await expect(enter()).resolves.toBeDefined();
    }
  });

  test('counts attempts at the same moment', async () => {
    const { fail } = await openDoor();
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => fail()));
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'in'));
    expect(codes.filter((code) => code === 'sign-in-failed')).toHaveLength(5);
    expect(codes.filter((code) => code === 'throttled')).toHaveLength(35);
  });

  test('does not count what it refuses, so that insisting does not prolong it', async () => {
    const { clock, enter, fail } = await openDoor({ account: [{ seconds: 60, attempts: 5 }] });
    for (let attempt = 0; attempt < 5; attempt++) await expect(fail()).rejects.toEqual(failed);
    for (let second = 0; second < 55; second += 5) {
      clock.advance(5);
      await expect(fail()).rejects.toEqual(throttled);
    }
    clock.advance(6);
    await expect(enter()).resolves.toBeDefined();
  });

  test('lets the owner in from a browser that is known while strangers are kept waiting', async () => {
    const few = [{ seconds: 60, attempts: 5 }];
    const { enter, fail } = await openDoor({ account: few, address: few });
    for (let attempt = 0; attempt < 5; attempt++) await expect(fail()).rejects.toEqual(failed);
    await expect(enter()).rejects.toEqual(throttled);
    const knownBrowser = () => 'a-known-browser';
    await expect(enter({ knownBrowser })).resolves.toBeDefined();
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(fail({ knownBrowser })).rejects.toEqual(failed);
    }
    await expect(enter({ knownBrowser })).rejects.toEqual(throttled);
  });

  test('of an address counts its failures, whoever they were meant for', async () => {
    const { clock, enter, fail } = await openDoor({ address: [{ seconds: 60, attempts: 20 }] });
    for (let attempt = 0; attempt < 20; attempt++) {
      await expect(fail({ login: `guess${attempt}` })).rejects.toEqual(failed);
    }
    await expect(enter()).rejects.toEqual(throttled);
    await expect(enter({ address: '192.0.2.2' })).resolves.toBeDefined();
    clock.advance(61);
    await expect(enter()).resolves.toBeDefined();
  });

  test('of an address does not count those who get in', async () => {
    const { enter } = await openDoor({ address: [{ seconds: 60, attempts: 3 }] });
    for (let person = 0; person < 10; person++) await expect(enter()).resolves.toBeDefined();
  });

  test('of an IPv6 address is that of its /64', async () => {
    const { fail, enter } = await openDoor({ address: [{ seconds: 60, attempts: 4 }] });
    for (let attempt = 0; attempt < 4; attempt++) {
      const input = { login: `guess${attempt}`, address: `2001:db8:1:2::${attempt}` };
      await expect(fail(input)).rejects.toEqual(failed);
    }
    await expect(enter({ address: '2001:db8:1:2:ffff::1' })).rejects.toEqual(throttled);
    await expect(enter({ address: '2001:db8:1:3::1' })).resolves.toBeDefined();
  });
});

test('a browser known to the account does not wait behind a crowd of strangers', async () => {
  const parameters = { memory: 4096, passes: 1, parallelism: 1 };
  const { enter, fail } = await openDoor(
    { account: wide, address: wide },
    createPasswordHasher({ random: systemRandom, parameters }),
  );
  let strangersDone = 0;
  const strangers = Array.from({ length: 60 }, async (_, index) => {
    await expect(fail({ login: `guess${index}` })).rejects.toEqual(failed);
    strangersDone += 1;
  });
  await enter({ knownBrowser: () => 'a-known-browser' });
  const doneBefore = strangersDone;
  await Promise.all(strangers);
  expect(doneBefore).toBeLessThan(20);
});
