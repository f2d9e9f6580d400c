/**
 * Streebog, the hash function of GOST R 34.11-2012 (RFC 6986), streaming. The standard writes vectors with the highest
 * octet first and works on them from the end; octets here are in the order of the message, as everybody transmits them.
 *
 * Not for secrets that an attacker shares a processor with: lookups in tables are not constant in time. Propusk hashes
 * public certificates and lists with it, and passwords only when a person imports a file made with GOST.
 */
import { ROUND_CONSTANTS, ROUND_HIGH, ROUND_LOW } from './streebog-tables.ts';

export type StreebogBits = 256 | 512;

/** In octets. */
export const STREEBOG_BLOCK = 64;
const WORDS = 16;
const ZERO = new Int32Array(WORDS);

// Constants of this module are faster to reach than another module's, wherever modules are transformed.
const LOW = ROUND_LOW;
const HIGH = ROUND_HIGH;

/** The digest of all octets at once. */
export function streebog(bits: StreebogBits, bytes: Uint8Array): Uint8Array {
  return new Streebog(bits).update(bytes).digest();
}

export class Streebog {
  readonly #bits: StreebogBits;
  readonly #state = new Int32Array(WORDS);
  readonly #count = new Int32Array(WORDS);
  readonly #sum = new Int32Array(WORDS);
  readonly #rest = new Uint8Array(STREEBOG_BLOCK);
  #restLength = 0;
  #isDone = false;

  constructor(bits: StreebogBits) {
    this.#bits = bits;
    // RFC 6986, 6.1: the initialisation vectors.
    this.#state.fill(bits === 256 ? 0x01010101 : 0);
  }

  update(bytes: Uint8Array): this {
    if (this.#isDone) throw new TypeError('the digest has been taken');
    let offset = 0;
    if (this.#restLength > 0) {
      offset = Math.min(STREEBOG_BLOCK - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, offset), this.#restLength);
      this.#restLength += offset;
      if (this.#restLength < STREEBOG_BLOCK) return this;
      this.#absorb(this.#rest, 0);
      this.#restLength = 0;
    }
    for (; offset + STREEBOG_BLOCK <= bytes.length; offset += STREEBOG_BLOCK) this.#absorb(bytes, offset);
    this.#rest.set(bytes.subarray(offset));
    this.#restLength = bytes.length - offset;
    return this;
  }

  /** A second hash that goes on from here. */
  clone(): Streebog {
    const copy = new Streebog(this.#bits);
    copy.#state.set(this.#state);
    copy.#count.set(this.#count);
    copy.#sum.set(this.#sum);
    copy.#rest.set(this.#rest);
    copy.#restLength = this.#restLength;
    return copy;
  }

  /** Once. 32 or 64 octets. */
  digest(): Uint8Array {
    if (this.#isDone) throw new TypeError('the digest has been taken');
    this.#isDone = true;
    // RFC 6986, 10: stage 3.
    this.#rest.fill(0, this.#restLength);
    this.#rest[this.#restLength] = 1;
    const block = readWords(this.#rest, 0);
    compress(this.#state, this.#count, block);
    addNumber(this.#count, this.#restLength * 8);
    addWords(this.#sum, block);
    compress(this.#state, ZERO, this.#count);
    compress(this.#state, ZERO, this.#sum);
    const digest = new Uint8Array(64);
    const view = new DataView(digest.buffer);
    for (let word = 0; word < WORDS; word += 1) view.setInt32(4 * word, this.#state[word] ?? 0, true);
    // The shorter digest is the upper half of the vector (6.1).
    return this.#bits === 256 ? digest.slice(32) : digest;
  }

  #absorb(bytes: Uint8Array, offset: number): void {
    const block = readWords(bytes, offset);
    compress(this.#state, this.#count, block);
    addNumber(this.#count, 512);
    addWords(this.#sum, block);
  }
}

const message = new Int32Array(WORDS);

/** Into the one array that all share: nothing here is awaited. */
function readWords(bytes: Uint8Array, offset: number): Int32Array {
  for (let word = 0, at = offset; word < WORDS; word += 1, at += 4) {
    message[word] =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
  }
  return message;
}

/** Modulo 2^512. */
function addWords(sum: Int32Array, addend: Int32Array): void {
  let carry = 0;
  for (let word = 0; word < WORDS; word += 1) {
    const total = ((sum[word] ?? 0) >>> 0) + ((addend[word] ?? 0) >>> 0) + carry;
    sum[word] = total | 0;
    carry = total > 0xffffffff ? 1 : 0;
  }
}

function addNumber(sum: Int32Array, addend: number): void {
  let carry = addend;
  for (let word = 0; word < WORDS && carry > 0; word += 1) {
    const total = ((sum[word] ?? 0) >>> 0) + carry;
    sum[word] = total | 0;
    carry = total > 0xffffffff ? 1 : 0;
  }
}

const key = new Int32Array(WORDS);
const inner = new Int32Array(WORDS);

/** The compression g_N (RFC 6986, 8); the new state replaces the old one. */
function compress(state: Int32Array, count: Int32Array, block: Int32Array): void {
  round(state, count, key);
  round(block, key, inner);
  for (let index = 0; index < 11; index += 1) {
    round(key, ROUND_CONSTANTS[index] ?? ZERO, key);
    round(inner, key, inner);
  }
  round(key, ROUND_CONSTANTS[11] ?? ZERO, key);
  for (let word = 0; word < WORDS; word += 1) {
    state[word] = (state[word] ?? 0) ^ (block[word] ?? 0) ^ (key[word] ?? 0) ^ (inner[word] ?? 0);
  }
}

/**
 * L(P(S(left xor right))) (RFC 6986, 7). P makes columns of rows, so word i of the result takes octet i of each of the
 * eight words. `result` may be one of the other two. Written out: it is all the time that hashing takes.
 */
function round(left: Int32Array, right: Int32Array, result: Int32Array): void {
  const a0 = (left[0] ?? 0) ^ (right[0] ?? 0);
  const b0 = (left[1] ?? 0) ^ (right[1] ?? 0);
  const a1 = (left[2] ?? 0) ^ (right[2] ?? 0);
  const b1 = (left[3] ?? 0) ^ (right[3] ?? 0);
  const a2 = (left[4] ?? 0) ^ (right[4] ?? 0);
  const b2 = (left[5] ?? 0) ^ (right[5] ?? 0);
  const a3 = (left[6] ?? 0) ^ (right[6] ?? 0);
  const b3 = (left[7] ?? 0) ^ (right[7] ?? 0);
  const a4 = (left[8] ?? 0) ^ (right[8] ?? 0);
  const b4 = (left[9] ?? 0) ^ (right[9] ?? 0);
  const a5 = (left[10] ?? 0) ^ (right[10] ?? 0);
  const b5 = (left[11] ?? 0) ^ (right[11] ?? 0);
  const a6 = (left[12] ?? 0) ^ (right[12] ?? 0);
  const b6 = (left[13] ?? 0) ^ (right[13] ?? 0);
  const a7 = (left[14] ?? 0) ^ (right[14] ?? 0);
  const b7 = (left[15] ?? 0) ^ (right[15] ?? 0);
  for (let word = 0, shift = 0; word < 8; word += 2, shift += 8) {
    const a_0 = (a0 >>> shift) & 255;
    const a_1 = ((a1 >>> shift) & 255) + 256;
    const a_2 = ((a2 >>> shift) & 255) + 512;
    const a_3 = ((a3 >>> shift) & 255) + 768;
    const a_4 = ((a4 >>> shift) & 255) + 1024;
    const a_5 = ((a5 >>> shift) & 255) + 1280;
    const a_6 = ((a6 >>> shift) & 255) + 1536;
    const a_7 = ((a7 >>> shift) & 255) + 1792;
    result[word] =
      (LOW[a_0] ?? 0) ^
      (LOW[a_1] ?? 0) ^
      (LOW[a_2] ?? 0) ^
      (LOW[a_3] ?? 0) ^
      (LOW[a_4] ?? 0) ^
      (LOW[a_5] ?? 0) ^
      (LOW[a_6] ?? 0) ^
      (LOW[a_7] ?? 0);
    result[word + 1] =
      (HIGH[a_0] ?? 0) ^
      (HIGH[a_1] ?? 0) ^
      (HIGH[a_2] ?? 0) ^
      (HIGH[a_3] ?? 0) ^
      (HIGH[a_4] ?? 0) ^
      (HIGH[a_5] ?? 0) ^
      (HIGH[a_6] ?? 0) ^
      (HIGH[a_7] ?? 0);
    const b_0 = (b0 >>> shift) & 255;
    const b_1 = ((b1 >>> shift) & 255) + 256;
    const b_2 = ((b2 >>> shift) & 255) + 512;
    const b_3 = ((b3 >>> shift) & 255) + 768;
    const b_4 = ((b4 >>> shift) & 255) + 1024;
    const b_5 = ((b5 >>> shift) & 255) + 1280;
    const b_6 = ((b6 >>> shift) & 255) + 1536;
    const b_7 = ((b7 >>> shift) & 255) + 1792;
    result[word + 8] =
      (LOW[b_0] ?? 0) ^
      (LOW[b_1] ?? 0) ^
      (LOW[b_2] ?? 0) ^
      (LOW[b_3] ?? 0) ^
      (LOW[b_4] ?? 0) ^
      (LOW[b_5] ?? 0) ^
      (LOW[b_6] ?? 0) ^
      (LOW[b_7] ?? 0);
    result[word + 9] =
      (HIGH[b_0] ?? 0) ^
      (HIGH[b_1] ?? 0) ^
      (HIGH[b_2] ?? 0) ^
      (HIGH[b_3] ?? 0) ^
      (HIGH[b_4] ?? 0) ^
      (HIGH[b_5] ?? 0) ^
      (HIGH[b_6] ?? 0) ^
      (HIGH[b_7] ?? 0);
  }
}
