/** For tests: signs with GOST R 34.10-2012 (RFC 7091, 6.1), so that other programs verify what we understand. */
import { randomBytes } from 'node:crypto';
import {
  concatBytes,
  encodeBitString,
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../der/der-writer.ts';
import { findGostCurve } from '../gost/gost-curves.ts';
import { streebog } from '../gost/streebog.ts';

function numberOf(octets: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`);
}

function octetsOf(number: bigint, length: number): Uint8Array {
  return Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');
}

export function makeGostSigner(parameterSet: string, privateNumber?: bigint) {
  const curve = findGostCurve(parameterSet);
  if (!curve) throw new Error(`no parameter set ${parameterSet}`);
  const { bits, order, points } = curve;
  const length = bits / 8;
  const random = () => (numberOf(randomBytes(length + 8)) % (order - 1n)) + 1n;
  const d = privateNumber ?? random();
  const { x, y } = points.BASE.multiply(d).toAffine();
  const suffix = bits === 256 ? '1' : '2';
  const algorithm = encodeSequence(
    encodeOid(`1.2.643.7.1.1.1.${suffix}`),
    encodeSequence(encodeOid(parameterSet)),
  );
  const littleEndian = (number: bigint) => Uint8Array.from(octetsOf(number, length)).reverse();
  return {
    subjectPublicKeyInfo: encodeSequence(
      algorithm,
      encodeBitString(encodeOctetString(concatBytes([littleEndian(x), littleEndian(y)]))),
    ),
    privateKeyPkcs8: encodeSequence(encodeInteger(0), algorithm, encodeElement(0x04, littleEndian(d))),
    signatureAlgorithm: encodeSequence(encodeOid(`1.2.643.7.1.1.3.${bits === 256 ? '2' : '3'}`)),
    /** @param nonce for vectors only. */
    sign(message: Uint8Array, nonce?: bigint): Uint8Array {
      return this.signDigest(streebog(bits, message), nonce);
    },
    signDigest(digest: Uint8Array, nonce?: bigint): Uint8Array {
      const e = numberOf(Uint8Array.from(digest).reverse()) % order || 1n;
      for (;;) {
        const k = nonce ?? random();
        const r = points.BASE.multiply(k).toAffine().x % order;
        const s = (r * d + k * e) % order;
        if (r !== 0n && s !== 0n) return concatBytes([octetsOf(s, length), octetsOf(r, length)]);
      }
    },
  };
}
