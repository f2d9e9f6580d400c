/** HMAC (RFC 2104) and PBKDF2 (RFC 8018, 5.2) with Streebog: RFC 7836, 4.1 and RFC 9337, 4. */
import { STREEBOG_BLOCK, Streebog, type StreebogBits, streebog } from './streebog.ts';

/** The key's two blocks are hashed once, however many messages follow. */
class HmacStreebog {
  readonly #inner: Streebog;
  readonly #outer: Streebog;

  constructor(bits: StreebogBits, key: Uint8Array) {
    const block = new Uint8Array(STREEBOG_BLOCK);
    block.set(key.length > STREEBOG_BLOCK ? streebog(bits, key) : key);
    this.#inner = new Streebog(bits).update(block.map((octet) => octet ^ 0x36));
    this.#outer = new Streebog(bits).update(block.map((octet) => octet ^ 0x5c));
  }

  of(...parts: readonly Uint8Array[]): Uint8Array {
    const inner = this.#inner.clone();
    for (const part of parts) inner.update(part);
    return this.#outer.clone().update(inner.digest()).digest();
  }
}

export function hmacStreebog(bits: StreebogBits, key: Uint8Array, message: Uint8Array): Uint8Array {
  return new HmacStreebog(bits, key).of(message);
}

/** One round takes about 25 microseconds: the caller bounds them. */
export function pbkdf2Streebog(
  bits: StreebogBits,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const hmac = new HmacStreebog(bits, password);
  const derived = new Uint8Array(length);
  const counter = new DataView(new ArrayBuffer(4));
  for (let made = 0, block = 1; made < length; block += 1) {
    counter.setUint32(0, block);
    let round = hmac.of(salt, new Uint8Array(counter.buffer));
    const sum = Uint8Array.from(round);
    for (let iteration = 1; iteration < iterations; iteration += 1) {
      round = hmac.of(round);
      for (const [index, octet] of round.entries()) sum[index] = (sum[index] ?? 0) ^ octet;
    }
    derived.set(sum.subarray(0, length - made), made);
    made += sum.length;
  }
  return derived;
}
