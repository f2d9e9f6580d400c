import { describe, expect, test } from 'vitest';
import { systemRandom } from '../kernel/random.ts';
import { createPasswordHasher, PASSWORD_HASH_PARAMETERS } from './password-hash.ts';

const random = systemRandom;
const SMALL = { memory: 64, passes: 1, parallelism: 1 };
const small = createPasswordHasher({ random, parameters: SMALL });

describe('a password', () => {
  test('is stored as argon2id with the parameters of the first choice of OWASP', async () => {
    const hash = await createPasswordHasher({ random }).hashPassword('correct horse');
    expect(PASSWORD_HASH_PARAMETERS).toEqual({ memory: 19456, passes: 2, parallelism: 1 });
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('has another hash each time', async () => {
    expect(await small.hashPassword('correct horse')).not.toBe(await small.hashPassword('correct horse'));
  });

  test('is right or wrong', async () => {
    const hash = await small.hashPassword('пароль длинный');
    expect(await small.verifyPassword('пароль длинный', hash)).toBe('right');
    expect(await small.verifyPassword('пароль длинныи', hash)).toBe('wrong');
    expect(await small.verifyPassword('', hash)).toBe('wrong');
  });

  test('whose hash has other parameters is right and is to be hashed again', async () => {
    const hash = await createPasswordHasher({ random, parameters: { ...SMALL, passes: 2 } }).hashPassword(
      'x',
    );
    expect(await small.verifyPassword('x', hash)).toBe('right-rehash');
    expect(await small.verifyPassword('y', hash)).toBe('wrong');
  });

  test('of a hash that another program wrote is verified', async () => {
    // From the tests of the reference implementation (phc-winner-argon2, src/test.c), version 0x13.
    const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await small.verifyPassword('password', hash)).toBe('right-rehash');
    expect(await small.verifyPassword('passwore', hash)).toBe('wrong');
  });

  test.each([
    ['nothing', ''],
    [
      'another algorithm',
      '$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHRzYWx0c2FsdA$c29tZXNhbHRzYWx0c2FsdHNvbWVzYWx0',
    ],
    ['bcrypt', '$2b$12$abcdefghijklmnopqrstuv'],
    [
      'two gigabytes',
      '$argon2id$v=19$m=2097152,t=1,p=1$c29tZXNhbHRzYWx0c2FsdA$c29tZXNhbHRzYWx0c2FsdHNvbWVzYWx0',
    ],
    ['no memory', '$argon2id$v=19$m=0,t=1,p=1$c29tZXNhbHRzYWx0c2FsdA$c29tZXNhbHRzYWx0c2FsdHNvbWVzYWx0'],
  ])('with a broken row (%s) is an error of the program, not a wrong password', async (_, hash) => {
    await expect(small.verifyPassword('password', hash)).rejects.toBeInstanceOf(TypeError);
  });

  test('of an unknown login is wrong, after the same work', async () => {
    const hasher = createPasswordHasher({ random, parameters: { memory: 8192, passes: 2, parallelism: 1 } });
    const hash = await hasher.hashPassword('right');
    const work: Record<'known' | 'unknown', number> = { known: 0, unknown: 0 };
    // By turns, and in processor time: what else the machine does must not count.
    for (let round = 0; round < 9; round++) {
      for (const [login, stored] of [
        ['known', hash],
        ['unknown', undefined],
      ] as const) {
        const before = process.cpuUsage();
        expect(await hasher.verifyPassword('guess', stored)).toBe('wrong');
        const { user, system } = process.cpuUsage(before);
        work[login] += user + system;
      }
    }
    const ratio = work.unknown / work.known;
    // Without the made-up hash it would be a thousandth.
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });
});

describe('the queue', () => {
  test('lets a bounded number wait and refuses the others at once', async () => {
    const hasher = createPasswordHasher({ random, parameters: SMALL, waitingMax: 3 });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => hasher.hashPassword('x')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'throttled', retryAfterSeconds: 5 });
      }
    }
  });

  test('has room again afterwards, also after errors', async () => {
    const hasher = createPasswordHasher({ random, parameters: SMALL, waitingMax: 0 });
    const hash = await hasher.hashPassword('x');
    for (let round = 0; round < 5; round++) expect(await hasher.verifyPassword('x', hash)).toBe('right');
    const together = await Promise.all([hasher.hashPassword('a'), hasher.hashPassword('b')]);
    expect(together).toHaveLength(2);
  });
});
