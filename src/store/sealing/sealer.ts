import { createCipheriv, createDecipheriv, scrypt } from 'node:crypto';
import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import type { Schema } from '../rows.ts';

/** Where a sealed value lives. It is bound to its place: copied into another row or column it does not open. */
export interface SealedPlace {
  readonly table: keyof Schema;
  readonly column: string;
  readonly rowId: string;
}

/**
 * Encrypts what must not be readable in a stolen database: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce.
 *
 * Layout: version (1 octet), nonce (12), ciphertext, tag (16).
 */
export interface Sealer {
  seal(place: SealedPlace, clear: Uint8Array): Uint8Array;
  /** @throws {ProblemError} `sealed-data` where it was sealed with another key, for another place, or changed since */
  open(place: SealedPlace, sealed: Uint8Array): Uint8Array;
}

const VERSION = 1;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const KEY_LENGTH = 32;

export function createSealer(key: Uint8Array, random: Random): Sealer {
  return {
    seal(place, clear) {
      const nonce = random.bytes(NONCE_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(additionalData(place));
      const ciphertext = Buffer.concat([cipher.update(clear), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, ciphertext, cipher.getAuthTag()]);
    },
    open(place, sealed) {
      if (sealed.length < 1 + NONCE_LENGTH + TAG_LENGTH || sealed[0] !== VERSION) throw damaged(place);
      const nonce = sealed.subarray(1, 1 + NONCE_LENGTH);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
      decipher.setAAD(additionalData(place));
      decipher.setAuthTag(sealed.subarray(-TAG_LENGTH));
      try {
        const clear = decipher.update(sealed.subarray(1 + NONCE_LENGTH, -TAG_LENGTH));
        return new Uint8Array(Buffer.concat([clear, decipher.final()]));
      } catch (cause) {
        throw damaged(place, cause);
      }
    },
  };
}

/** RFC 7914. `cost` is N, a power of two; the memory is cost x 1 KiB. */
export function deriveKey(secret: Uint8Array, salt: Uint8Array, cost: number): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  scrypt(secret, salt, KEY_LENGTH, { N: cost, r: 8, p: 1, maxmem: cost * 2048 }, (error, key) =>
    error === null ? resolve(key) : reject(error),
  );
  return promise;
}

function additionalData({ table, column, rowId }: SealedPlace): Uint8Array {
  return Buffer.from(['propusk-sealed', VERSION, table, column, rowId].join('\0'), 'utf8');
}

function damaged({ table, column }: SealedPlace, cause?: unknown): ProblemError {
  return new ProblemError('sealed-data', {
    detail: `a value of ${table}.${column} was encrypted with another secret or was changed since`,
    cause,
  });
}
