import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '../kernel/random.ts';
import { createHashQueue, type Standing } from './hash-queue.ts';

const derive = promisify(argon2);

export interface PasswordHashParameters {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The first choice of OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, two passes, one lane. */
export const PASSWORD_HASH_PARAMETERS: PasswordHashParameters = { memory: 19_456, passes: 2, parallelism: 1 };

const VERSION = 19;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Two at a time: 38 MiB and two threads of libuv's four, so that signatures and files still find one. */
const CONCURRENCY = 2;
/** For each standing. */
const WAITING_MAX = 64;
/** A stored hash that asks for more than this was not written by us. */
const MEMORY_MAX = 1_048_576;
const PASSES_MAX = 64;
const PARALLELISM_MAX = 16;

export interface PasswordHasher {
  /**
   * @param password as {@link normalisePassword} returns it
   * @returns PHC string
   * @throws {ProblemError} `throttled` when too many are waiting
   */
  hashPassword(password: string): Promise<string>;
  /**
   * Without a stored hash (unknown login) the same work is done on a made-up one and the answer is `wrong`, so that
   * the time tells nothing about which logins exist.
   *
   * @param standing before whom it waits; nothing that a stranger could find out about an account may decide it
   * @throws {ProblemError} `throttled` when too many are waiting
   */
  verifyPassword(
    password: string,
    passwordHash: string | undefined,
    standing?: Standing,
  ): Promise<PasswordVerdict>;
}

/** `right-rehash`: right, and the hash has parameters other than today's. */
export type PasswordVerdict = 'wrong' | 'right' | 'right-rehash';

interface ParsedHash {
  readonly parameters: PasswordHashParameters;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

export function createPasswordHasher(options: {
  readonly random: Random;
  readonly parameters?: PasswordHashParameters;
  readonly waitingMax?: number;
}): PasswordHasher {
  const { random, parameters = PASSWORD_HASH_PARAMETERS, waitingMax = WAITING_MAX } = options;
  const run = createHashQueue({ concurrency: CONCURRENCY, waitingMax });
  const madeUp: ParsedHash = {
    parameters,
    salt: random.bytes(SALT_BYTES),
    hash: random.bytes(HASH_BYTES),
  };

  return {
    async hashPassword(password) {
      const salt = random.bytes(SALT_BYTES);
      const hash = await run('known', () => deriveKey(password, salt, parameters, HASH_BYTES));
      return formatHash({ parameters, salt, hash });
    },
    async verifyPassword(password, passwordHash, standing = 'stranger') {
      const stored = passwordHash === undefined ? madeUp : parseHash(passwordHash);
      const derived = await run(standing, () =>
        deriveKey(password, stored.salt, stored.parameters, stored.hash.byteLength),
      );
      const isRight = timingSafeEqual(derived, stored.hash);
      if (passwordHash === undefined || !isRight) return 'wrong';
      return isToday(stored, parameters) ? 'right' : 'right-rehash';
    },
  };
}

function isToday(stored: ParsedHash, { memory, passes, parallelism }: PasswordHashParameters): boolean {
  const was = stored.parameters;
  return (
    was.memory === memory &&
    was.passes === passes &&
    was.parallelism === parallelism &&
    stored.salt.byteLength === SALT_BYTES &&
    stored.hash.byteLength === HASH_BYTES
  );
}

async function deriveKey(
  password: string,
  salt: Uint8Array,
  { memory, passes, parallelism }: PasswordHashParameters,
  tagLength: number,
): Promise<Uint8Array> {
  const message = Buffer.from(password, 'utf8');
  return await derive('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength });
}

/** PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, base64 without padding. */
function formatHash({ parameters: { memory, passes, parallelism }, salt, hash }: ParsedHash): string {
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=${VERSION}$m=${memory},t=${passes},p=${parallelism}$${encode(salt)}$${encode(hash)}`;
}

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** @throws {TypeError} for what this program never wrote: a broken row is not a wrong password. */
function parseHash(passwordHash: string): ParsedHash {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(passwordHash) ?? [];
  const parsed = {
    parameters: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: new Uint8Array(Buffer.from(salt ?? '', 'base64')),
    hash: new Uint8Array(Buffer.from(hash ?? '', 'base64')),
  };
  const { parameters } = parsed;
  const isUsable =
    parameters.parallelism >= 1 &&
    parameters.parallelism <= PARALLELISM_MAX &&
    parameters.passes >= 1 &&
    parameters.passes <= PASSES_MAX &&
    parameters.memory >= 8 * parameters.parallelism &&
    parameters.memory <= MEMORY_MAX;
  if (!isUsable) throw new TypeError('the stored password hash is not argon2id in the PHC string format');
  return parsed;
}
