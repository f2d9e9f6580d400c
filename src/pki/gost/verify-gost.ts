/**
 * Verification of GOST R 34.10-2012 (RFC 7091, 6.2). What it says has no legal force: this is not a certified
 * cryptographic tool (see SECURITY.md).
 */
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import {
  bigEndianNumber,
  type GostKeyProblem,
  type GostPublicKey,
  littleEndianNumber,
  readGostPublicKey,
} from './gost-public-key.ts';

/**
 * @param digest of the signed octets, by Streebog of the key's size.
 * @param signature s and r, each with the highest octet first (RFC 9215, section 3).
 * @throws {ProblemError} `der-invalid` for a key that is none.
 */
export function verifyGostDigest(
  digest: Uint8Array,
  signature: Uint8Array,
  subjectPublicKeyInfo: Uint8Array,
): 'verified' | 'mismatch' | GostKeyProblem {
  const key = keyOf(subjectPublicKeyInfo);
  if (typeof key === 'string') return key;
  const { curve } = key;
  if (digest.length * 8 !== curve.bits) return 'key-of-another-algorithm';
  const half = curve.bits / 8;
  if (signature.length !== 2 * half) return 'mismatch';
  const q = curve.order;
  const s = bigEndianNumber(signature.subarray(0, half));
  const r = bigEndianNumber(signature.subarray(half));
  if (s <= 0n || s >= q || r <= 0n || r >= q) return 'mismatch';
  // The digest as a number: its highest octet is the last one that is transmitted.
  const e = littleEndianNumber(digest) % q || 1n;
  const v = invert(e, q);
  const ofKey = multiplyKey(key, ((q - r) * v) % q);
  const sum = curve.points.BASE.multiplyUnsafe((s * v) % q).add(ofKey);
  return !sum.is0() && sum.toAffine().x % q === r ? 'verified' : 'mismatch';
}

/**
 * Where the cofactor is four, a quarter of the multiple is taken four times: what a hostile key has beside its part in
 * the subgroup of the order q falls away, and there is no need for the second multiplication that looks for it.
 */
function multiplyKey({ curve, point }: GostPublicKey, multiplier: bigint): WeierstrassPoint<bigint> {
  if (curve.cofactor === 1n) return point.multiplyUnsafe(multiplier);
  const quarter = (multiplier * invert(4n, curve.order)) % curve.order;
  return point.multiplyUnsafe(quarter).double().double();
}

/** Modulo a prime. */
function invert(number: bigint, modulus: bigint): bigint {
  let [low, high, x, y] = [number % modulus, modulus, 1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high, x, y] = [high - quotient * low, low, y - quotient * x, x];
  }
  return ((x % modulus) + modulus) % modulus;
}

/**
 * Keys of authorities come again and again: from the third verification on a key has tables, which take some 30 ms and
 * a quarter of a megabyte once and make each verification after it about four times as fast.
 */
const MAX_REMEMBERED_KEYS = 32;
const USES_BEFORE_TABLES = 3;
const WINDOW_OF_KEY = 5;
const remembered = new Map<string, { readonly key: GostPublicKey; uses: number }>();

function keyOf(subjectPublicKeyInfo: Uint8Array): GostPublicKey | GostKeyProblem {
  const name = Buffer.from(subjectPublicKeyInfo).toString('latin1');
  const known = remembered.get(name);
  if (known) {
    known.uses += 1;
    if (known.uses === USES_BEFORE_TABLES) known.key.point.precompute(WINDOW_OF_KEY);
    // The least recently used one is the first.
    remembered.delete(name);
    remembered.set(name, known);
    return known.key;
  }
  const key = readGostPublicKey(subjectPublicKeyInfo);
  if (typeof key === 'string') return key;
  remembered.set(name, { key, uses: 1 });
  const oldest = remembered.size > MAX_REMEMBERED_KEYS ? remembered.keys().next().value : undefined;
  if (oldest !== undefined) remembered.delete(oldest);
  return key;
}
