import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Brand, TokenHash } from './brand.ts';

/** The only source of randomness: a cryptographically secure generator. */
export interface Random {
  /** `length` octets. */
  bytes(length: number): Uint8Array;
  /** A random UUID (RFC 9562, version 4) of the brand that is asked for. */
  id<Id extends Brand<string, string>>(): Id;
}

export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  id: <Id extends Brand<string, string>>() => randomUUID() as unknown as Id,
};

/** A secret of 256 bits in base64url (43 characters), for cookies and one-time codes. */
export function makeToken(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

/** What is stored in place of a token. A token has 256 bits of entropy, so a plain hash needs no salt. */
export function hashToken(token: string): TokenHash {
  return createHash('sha256').update(token, 'utf8').digest('hex') as TokenHash;
}
