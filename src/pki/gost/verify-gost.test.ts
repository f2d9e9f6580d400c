import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeGostSigner } from '../testing/gost-signer.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { findGostCurve } from './gost-curves.ts';
import { streebog } from './streebog.ts';
import { verifyGostDigest } from './verify-gost.ts';

/** As OpenSSL's engine names them; 256-bit sets come under the names of CryptoPro and of TC26. */
const ENGINE_SETS = [
  ...['A', 'B', 'C', 'XA', 'XB', 'TCA', 'TCB', 'TCC', 'TCD'].map((set) => [256, set] as const),
  ...(['A', 'B', 'C'] as const).map((set) => [512, set] as const),
];

const PARAMETER_SETS = [
  '1.2.643.2.2.35.0',
  '1.2.643.2.2.35.1',
  '1.2.643.2.2.35.2',
  '1.2.643.2.2.35.3',
  '1.2.643.2.2.36.0',
  '1.2.643.2.2.36.1',
  '1.2.643.7.1.2.1.1.1',
  '1.2.643.7.1.2.1.1.2',
  '1.2.643.7.1.2.1.1.3',
  '1.2.643.7.1.2.1.1.4',
  '1.2.643.7.1.2.1.2.0',
  '1.2.643.7.1.2.1.2.1',
  '1.2.643.7.1.2.1.2.2',
  '1.2.643.7.1.2.1.2.3',
];

const hexBytes = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

describe('GOST R 34.10-2012', () => {
  // RFC 7091, 7.1: d, e, k and the signature; e is given as a number, so its octets are turned round.
  it('verifies the example of RFC 7091 and makes the same signature', () => {
    const signer = makeGostSigner(
      '1.2.643.2.2.35.0',
      0x7a929ade789bb9be10ed359dd39a72c11b60961f49397eee1d19ce9891ec3b28n,
    );
    const digest = hexBytes('2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5').reverse();
    const signature = signer.signDigest(
      digest,
      0x77105c9b20bcd3122823c8cf6fcc7b956de33814e95b7fe64fed924594dceab3n,
    );
    // s, then r.
    expect(Buffer.from(signature).toString('hex')).toBe(
      '01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c4041aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493',
    );
    expect(verifyGostDigest(digest, signature, signer.subjectPublicKeyInfo)).toBe('verified');
  });

  it('knows only curves whose base point is on the curve and has the order of the subgroup', () => {
    for (const parameterSet of PARAMETER_SETS) {
      const curve = findGostCurve(parameterSet);
      if (!curve) throw new Error(parameterSet);
      curve.points.BASE.assertValidity();
      expect([
        parameterSet,
        curve.points.BASE.multiplyUnsafe(curve.order - 1n)
          .add(curve.points.BASE)
          .is0(),
      ]).toEqual([parameterSet, true]);
    }
  });

  for (const [bits, set] of ENGINE_SETS) {
    it(`verifies what the engine of OpenSSL signs with ${bits} bits, set ${set}`, () => {
      const message = Buffer.from('Иванов Иван Иванович');
      const directory = directoryWith({ message });
      const key = ['-algorithm', `gost2012_${bits}`, '-pkeyopt', `paramset:${set}`, '-out', 'key'];
      run(directory, 'openssl', ['genpkey', '-engine', 'gost', ...key]);
      run(directory, 'openssl', [
        'pkey',
        '-engine',
        'gost',
        '-in',
        'key',
        '-pubout',
        '-outform',
        'DER',
        '-out',
        'public',
      ]);
      const digest = streebog(bits, message);
      const publicKey = readFileSync(join(directory, 'public'));
      // More than the three uses after which tables are made.
      for (let count = 0; count < 5; count += 1) {
        run(directory, 'openssl', [
          'dgst',
          '-engine',
          'gost',
          `-md_gost12_${bits}`,
          '-sign',
          'key',
          '-out',
          'signature',
          'message',
        ]);
        const signature = readFileSync(join(directory, 'signature'));
        expect(verifyGostDigest(digest, signature, publicKey)).toBe('verified');
        const damaged = Uint8Array.from(digest, (octet, index) => (index === 5 ? octet ^ 1 : octet));
        expect(verifyGostDigest(damaged, signature, publicKey)).toBe('mismatch');
      }
    });
  }

  for (const parameterSet of PARAMETER_SETS.filter((set) => !set.endsWith('.0') || set.includes('36'))) {
    it(`signs with ${parameterSet} what the engine verifies`, () => {
      const signer = makeGostSigner(parameterSet);
      const bits = signer.signatureAlgorithm.at(-1) === 2 ? 256 : 512;
      const message = Buffer.from('Петров Пётр');
      const directory = directoryWith({
        message,
        public: Buffer.from(
          `-----BEGIN PUBLIC KEY-----\n${Buffer.from(signer.subjectPublicKeyInfo).toString('base64')}\n-----END PUBLIC KEY-----\n`,
        ),
        signature: signer.sign(message),
      });
      const verify = [
        'dgst',
        '-engine',
        'gost',
        `-md_gost12_${bits}`,
        '-verify',
        'public',
        '-signature',
        'signature',
        'message',
      ];
      expect(run(directory, 'openssl', verify)).toContain('Verified OK');
    });
  }
});

describe('hostile keys and signatures of GOST R 34.10-2012', () => {
  const signer = makeGostSigner('1.2.643.7.1.2.1.1.1');
  const digest = streebog(256, Buffer.from('message'));
  const signature = signer.signDigest(digest);
  const order = findGostCurve('1.2.643.7.1.2.1.1.1')?.order ?? 0n;
  const numberOctets = (number: bigint) => hexBytes(number.toString(16).padStart(64, '0'));
  const halves = [signature.slice(0, 32), signature.slice(32)] as const;
  const rejected: Readonly<Record<string, Uint8Array>> = {
    nothing: new Uint8Array(),
    'all zero': new Uint8Array(64),
    'one octet more': Uint8Array.of(...signature, 0),
    'one octet less': signature.slice(1),
    'r and s exchanged': Uint8Array.of(...halves[1], ...halves[0]),
    's zero': Uint8Array.of(...new Uint8Array(32), ...halves[1]),
    'r zero': Uint8Array.of(...halves[0], ...new Uint8Array(32)),
    's plus the order': Uint8Array.of(
      ...numberOctets(BigInt(`0x${Buffer.from(halves[0]).toString('hex')}`) + order),
      ...halves[1],
    ),
    'r equal to the order': Uint8Array.of(...halves[0], ...numberOctets(order)),
    'all ones': new Uint8Array(64).fill(0xff),
  };
  for (const [name, forged] of Object.entries(rejected)) {
    it(`a signature is a mismatch: ${name}`, () => {
      expect(verifyGostDigest(digest, forged, signer.subjectPublicKeyInfo)).toBe('mismatch');
    });
  }

  it('a digest of the other size belongs to another algorithm', () => {
    expect(
      verifyGostDigest(streebog(512, Buffer.from('message')), signature, signer.subjectPublicKeyInfo),
    ).toBe('key-of-another-algorithm');
  });

  const keyWith = (change: (octets: Uint8Array) => void) => {
    const key = Uint8Array.from(signer.subjectPublicKeyInfo);
    change(key.subarray(-64));
    return key;
  };
  it('a point beside the curve is a malformed key', () => {
    const key = keyWith((octets) => octets.set([(octets[0] ?? 0) ^ 1]));
    expect(verifyGostDigest(digest, signature, key)).toBe('malformed-key');
  });
  it('coordinates of zero and coordinates beyond the field are a malformed key', () => {
    expect(
      verifyGostDigest(
        digest,
        signature,
        keyWith((octets) => octets.fill(0)),
      ),
    ).toBe('malformed-key');
    expect(
      verifyGostDigest(
        digest,
        signature,
        keyWith((octets) => octets.fill(0xff)),
      ),
    ).toBe('malformed-key');
  });
  it('a key with a part outside the subgroup of the order q counts as its part inside', () => {
    const curve = findGostCurve('1.2.643.7.1.2.1.1.1');
    if (!curve) throw new Error('no curve');
    const { Fp } = curve.points;
    const { a, b } = curve.points.CURVE();
    const encode = (x: bigint, y: bigint) =>
      keyWith((octets) => octets.set([...numberOctets(x).reverse(), ...numberOctets(y).reverse()]));
    // q times a point of the curve is of the order 1, 2 or 4.
    let ofOrderFour: ReturnType<typeof curve.points.fromAffine> | undefined;
    for (let x = 2n; !ofOrderFour; x += 1n) {
      const square = Fp.add(Fp.add(Fp.pow(x, 3n), Fp.mul(a, x)), b);
      if (Fp.pow(square, (Fp.ORDER - 1n) / 2n) !== 1n) continue;
      const point = curve.points.fromAffine({ x, y: Fp.sqrt(square) });
      try {
        const small = point.multiplyUnsafe(order - 1n).add(point);
        if (!small.is0()) ofOrderFour = small;
      } catch {
        // Of the order two, which the library does not represent.
      }
    }
    const small = ofOrderFour.toAffine();
    expect(verifyGostDigest(digest, signature, encode(small.x, small.y))).toBe('malformed-key');
    const octets = signer.subjectPublicKeyInfo.slice(-64);
    const number = (part: Uint8Array) => BigInt(`0x${Buffer.from(part).reverse().toString('hex')}`);
    const shifted = curve.points
      .fromAffine({ x: number(octets.slice(0, 32)), y: number(octets.slice(32)) })
      .add(ofOrderFour)
      .toAffine();
    const other = streebog(256, Buffer.from('another message'));
    for (let use = 0; use < 4; use += 1) {
      expect(verifyGostDigest(digest, signature, encode(shifted.x, shifted.y))).toBe('verified');
      expect(verifyGostDigest(other, signature, encode(shifted.x, shifted.y))).toBe('mismatch');
    }
  });
});
