import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Random } from '../kernel/random.ts';

/** Tokens in addresses that say something which only this installation can read and nobody else can make. */
export interface TokenSealer {
  /** Base64url, four characters for every three octets, and 43 more. */
  seal(text: string): string;
  /** Undefined: not sealed here, or for another purpose. */
  open(token: string): string | undefined;
}

const SALT_BYTES = 16;
const TAG_BYTES = 16;
const TOKEN_MAX = 16_384;
/** Each token has a key of its own, so the nonce never repeats under one. */
const NONCE = new Uint8Array(12);

/**
 * AES-256-GCM under a key that is derived (HMAC-SHA-256) for each token from 128 random bits: strangers can have any
 * number of tokens made, and nonces drawn at random under one key would repeat after some 2^32 of them.
 *
 * @param key at least 32 random octets
 * @param purpose what is sealed for one purpose does not open for another
 */
export function createTokenSealer(key: Uint8Array, purpose: string, random: Random): TokenSealer {
  if (key.byteLength < 32) throw new TypeError('the key needs 32 octets or more');
  const deriveKey = (salt: Uint8Array): Uint8Array =>
    createHmac('sha256', key).update(`${purpose}\0`).update(salt).digest();
  return {
    seal(text) {
      const salt = random.bytes(SALT_BYTES);
      const cipher = createCipheriv('aes-256-gcm', deriveKey(salt), NONCE);
      const sealed = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat([salt, ...sealed]).toString('base64url');
    },
    open(token) {
      if (token.length > TOKEN_MAX || !/^[A-Za-z0-9_-]+$/.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length < SALT_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', deriveKey(bytes.subarray(0, SALT_BYTES)), NONCE, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      const text = decipher.update(bytes.subarray(SALT_BYTES, bytes.length - TAG_BYTES));
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
