/**
 * Public keys of GOST R 34.10-2012 in certificates (RFC 9215, section 4): an OCTET STRING in the BIT STRING, both
 * coordinates with the lowest octet first.
 */
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { readDer, TAG } from '../der/der-element.ts';
import { readOid, readSignatureBytes } from '../der/der-values.ts';
import { findGostCurve, type GostCurve } from './gost-curves.ts';

/** id-tc26-gost3410-12-256 and -512. */
export const GOST_KEY_ALGORITHMS: Readonly<Record<string, 256 | 512>> = {
  '1.2.643.7.1.1.1.1': 256,
  '1.2.643.7.1.1.1.2': 512,
};

export interface GostPublicKey {
  readonly curve: GostCurve;
  readonly point: WeierstrassPoint<bigint>;
}

export type GostKeyProblem = 'malformed-key' | 'unsupported-key' | 'key-of-another-algorithm';

/** @throws {ProblemError} `der-invalid` */
export function readGostPublicKey(subjectPublicKeyInfo: Uint8Array): GostPublicKey | GostKeyProblem {
  const what = 'GOST public key';
  const fields = readDer(subjectPublicKeyInfo, what).expect(TAG.sequence, what).reader();
  const algorithm = fields.expect(TAG.sequence, what).reader();
  const bits = GOST_KEY_ALGORITHMS[readOid(algorithm.next(what), what)];
  if (bits === undefined) return 'key-of-another-algorithm';
  const parameters = algorithm.expect(TAG.sequence, what).reader();
  // RFC 9215, 4.2: digestParamSet and encryptionParamSet may follow; the signature names its digest itself.
  const curve = findGostCurve(readOid(parameters.next(what), what));
  for (const rest of parameters.rest()) readOid(rest, what);
  algorithm.end(what);
  const encoded = readSignatureBytes(fields.next(what), what);
  fields.end(what);
  if (!curve) return 'unsupported-key';
  if (curve.bits !== bits) return 'malformed-key';
  const octets = readDer(encoded, what).expect(TAG.octetString, what).content;
  const half = bits / 8;
  if (octets.length !== 2 * half) return 'malformed-key';
  const point = pointAt(
    curve,
    littleEndianNumber(octets.subarray(0, half)),
    littleEndianNumber(octets.subarray(half)),
  );
  return point ? { curve, point } : 'malformed-key';
}

/** Nothing where the coordinates are not a point of the curve, or one of the few points without a part in the subgroup. */
function pointAt(curve: GostCurve, x: bigint, y: bigint): WeierstrassPoint<bigint> | undefined {
  try {
    const point = curve.points.fromAffine({ x, y });
    point.assertValidity();
    // The arithmetic has no point of order two and throws there.
    return curve.cofactor === 4n && point.double().double().is0() ? undefined : point;
  } catch {
    return undefined;
  }
}

export function littleEndianNumber(octets: Uint8Array): bigint {
  return bigEndianNumber(Uint8Array.from(octets).reverse());
}

export function bigEndianNumber(octets: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`);
}
