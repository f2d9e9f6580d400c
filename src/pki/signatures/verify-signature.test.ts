import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contextTag, readDer, TAG } from '../der/der-element.ts';
import { readSignatureBytes } from '../der/der-values.ts';
import { encodeElement, encodeInteger, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import type { SignatureToVerify } from './signature-verdict.ts';
import { describeSignatureAlgorithm, verifySignature } from './verify-signature.ts';

/** What a self-signed certificate says about its own signature. */
function selfSigned(certificateDer: Uint8Array): SignatureToVerify {
  const outer = readDer(certificateDer, 'certificate').reader();
  const tbs = outer.expect(TAG.sequence, 'tbs');
  const signatureAlgorithm = outer.expect(TAG.sequence, 'algorithm').der;
  const signature = readSignatureBytes(outer.next('signature'), 'signature');
  const fields = tbs.reader();
  fields.optional(contextTag(0, 'constructed'));
  const [, , , , , publicKey] = fields.rest();
  if (!publicKey) throw new Error('no key');
  return { signatureAlgorithm, subjectPublicKeyInfo: publicKey.der, signedBytes: tbs.der, signature };
}

function certificateOf(keyArguments: readonly string[], signArguments: readonly string[]): SignatureToVerify {
  const directory = directoryWith({});
  run(directory, 'openssl', ['genpkey', ...keyArguments, '-out', 'key']);
  const request = ['req', '-x509', '-new', '-key', 'key', '-subj', '/CN=ivanov', '-days', '10'];
  run(directory, 'openssl', [...request, ...signArguments, '-outform', 'DER', '-out', 'certificate']);
  return selfSigned(readFileSync(join(directory, 'certificate')));
}

const RSA = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
const pss = (...options: string[]) =>
  ['rsa_padding_mode:pss', ...options].flatMap((option) => ['-sigopt', option]);
const curve = (name: string) => ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`];

type Case = readonly [name: string, key: readonly string[], sign: readonly string[], strength: string];

const CASES: readonly Case[] = [
  ['MD5 with RSA', RSA, ['-md5'], 'weak'],
  ['SHA-1 with RSA', RSA, ['-sha1'], 'weak'],
  ['SHA-224 with RSA', RSA, ['-sha224'], 'sound'],
  ['SHA-256 with RSA', RSA, ['-sha256'], 'sound'],
  ['SHA-384 with RSA', RSA, ['-sha384'], 'sound'],
  ['SHA-512 with RSA', RSA, ['-sha512'], 'sound'],
  ['SHA3-256 with RSA', RSA, ['-sha3-256'], 'sound'],
  ['RSASSA-PSS with SHA-1', RSA, ['-sha1', ...pss()], 'weak'],
  ['RSASSA-PSS with SHA-256', RSA, ['-sha256', ...pss('rsa_pss_saltlen:32')], 'sound'],
  ['RSASSA-PSS with SHA-512', RSA, ['-sha512', ...pss('rsa_pss_saltlen:0')], 'sound'],
  [
    'RSASSA-PSS with SHA-384',
    ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2049'],
    ['-sha384', ...pss('rsa_pss_saltlen:7', 'rsa_mgf1_md:sha256')],
    'sound',
  ],
  [
    'RSASSA-PSS with SHA-256',
    ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2055', '-pkeyopt', 'rsa_pss_keygen_md:sha256'],
    ['-sha256', ...pss('rsa_pss_saltlen:40')],
    'weak',
  ],
  [
    'RSASSA-PSS with SHA-256',
    ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
    ['-sha256', ...pss()],
    'sound',
  ],
  ['ECDSA with SHA-1', curve('P-256'), ['-sha1'], 'weak'],
  ...['P-224', 'P-256', 'P-384', 'P-521', 'secp256k1'].map(
    (name): Case => ['ECDSA with SHA-256', curve(name), ['-sha256'], 'sound'],
  ),
  ...['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1'].map(
    (name): Case => ['ECDSA with SHA-512', curve(name), ['-sha512'], 'sound'],
  ),
  ['ECDSA with SHA3-256', curve('P-256'), ['-sha3-256'], 'sound'],
  ['Ed25519', ['-algorithm', 'ED25519'], [], 'sound'],
  ['Ed448', ['-algorithm', 'ED448'], [], 'sound'],
  ...([256, 512] as const).map(
    (bits): Case => [
      `GOST R 34.10-2012 with GOST R 34.11-2012, ${bits} bits`,
      ['-engine', 'gost', '-algorithm', `gost2012_${bits}`, '-pkeyopt', 'paramset:A'],
      ['-engine', 'gost'],
      'sound',
    ],
  ),
];

describe('signatures made by OpenSSL', () => {
  for (const [name, key, sign, strength] of CASES) {
    it(`are verified: ${name}, ${key.at(-1)} ${sign.join(' ')}`, () => {
      const input = certificateOf(key, sign);
      expect(verifySignature(input)).toBe('verified');
      expect(describeSignatureAlgorithm(input.signatureAlgorithm)).toEqual({ name, strength });
      const changed = Uint8Array.from(input.signedBytes);
      changed[20] = (changed[20] ?? 0) ^ 1;
      expect(verifySignature({ ...input, signedBytes: changed })).toBe('mismatch');
      expect(verifySignature({ ...input, signature: new Uint8Array(input.signature.length) })).toBe(
        'mismatch',
      );
      expect(verifySignature({ ...input, signature: new Uint8Array() })).toBe('mismatch');
      expect(verifySignature({ ...input, signature: Uint8Array.of(...input.signature, 0) })).toBe('mismatch');
      expect(verifySignature({ ...input, signature: input.signature.slice(0, -1) })).toBe('mismatch');
      expect(verifySignature({ ...input, subjectPublicKeyInfo: input.signatureAlgorithm })).toBe(
        'malformed-key',
      );
    });
  }

  it('are verified: DSA, and its parameters must be in the key', () => {
    const directory = directoryWith({});
    run(directory, 'openssl', [
      'genpkey',
      '-genparam',
      '-algorithm',
      'DSA',
      '-pkeyopt',
      'dsa_paramgen_bits:1024',
      '-out',
      'parameters',
    ]);
    run(directory, 'openssl', ['genpkey', '-paramfile', 'parameters', '-out', 'key']);
    for (const [digest, strength] of [
      ['sha1', 'weak'],
      ['sha224', 'obsolete'],
      ['sha256', 'obsolete'],
    ] as const) {
      run(directory, 'openssl', [
        'req',
        '-x509',
        '-new',
        '-key',
        'key',
        '-subj',
        '/CN=ivanov',
        `-${digest}`,
        '-outform',
        'DER',
        '-out',
        'certificate',
      ]);
      const input = selfSigned(readFileSync(join(directory, 'certificate')));
      expect(verifySignature(input)).toBe('verified');
      expect(describeSignatureAlgorithm(input.signatureAlgorithm).strength).toBe(strength);
      const [algorithm, bits] = readDer(input.subjectPublicKeyInfo, 'key').reader().rest();
      const oid = algorithm?.reader().next('oid').der ?? new Uint8Array();
      const bare = encodeSequence(encodeSequence(oid), bits?.der ?? new Uint8Array());
      expect(verifySignature({ ...input, subjectPublicKeyInfo: bare })).toBe('key-of-another-algorithm');
    }
  });
});

describe('hostile signatures', () => {
  const makeRsa = () => certificateOf(RSA, ['-sha256']);
  const makeEc = () => certificateOf(curve('P-256'), ['-sha256']);
  const ecdsa = (r: Uint8Array | bigint, s: bigint) =>
    encodeSequence(typeof r === 'bigint' ? encodeInteger(r) : r, encodeInteger(s));
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  it('ECDSA: zero, the order, negative numbers, other forms of the same numbers are a mismatch', () => {
    const ec = makeEc();
    const [r, s] = readDer(ec.signature, 'signature')
      .reader()
      .rest()
      .map((element) => BigInt(`0x${Buffer.from(element.content).toString('hex')}`));
    const forged = [
      ecdsa(0n, 0n),
      ecdsa(1n, 0n),
      ecdsa(order, order),
      ecdsa((r ?? 0n) + order, s ?? 0n),
      ecdsa(encodeElement(TAG.integer, Uint8Array.of(0xff)), s ?? 0n),
      // The same number with a superfluous zero, and in a length of two octets: BER, not DER.
      ecdsa(
        encodeElement(
          TAG.integer,
          new Uint8Array(2),
          Buffer.from((r ?? 0n).toString(16).padStart(64, '0'), 'hex'),
        ),
        s ?? 0n,
      ),
      Uint8Array.of(0x30, 0x81, ec.signature[1] ?? 0, ...ec.signature.slice(2)),
      Uint8Array.of(0x30, 0x80, ...ec.signature.slice(2), 0, 0),
      encodeSequence(ec.signature.slice(2), Uint8Array.of(5, 0)),
    ];
    for (const signature of forged) expect(verifySignature({ ...ec, signature })).toBe('mismatch');
  });

  it('a curve that is written out in the key is not used', () => {
    const ec = makeEc();
    const bits = readDer(ec.subjectPublicKeyInfo, 'key').reader().rest()[1]?.der ?? new Uint8Array();
    const own = encodeSequence(
      encodeSequence(encodeOid('1.2.840.10045.2.1'), encodeSequence(encodeInteger(1))),
      bits,
    );
    expect(verifySignature({ ...ec, subjectPublicKeyInfo: own })).toBe('unsupported-key');
    const unknown = encodeSequence(
      encodeSequence(encodeOid('1.2.840.10045.2.1'), encodeOid('1.2.3.4')),
      bits,
    );
    expect(verifySignature({ ...ec, subjectPublicKeyInfo: unknown })).toBe('unsupported-key');
    const missing = encodeSequence(encodeSequence(encodeOid('1.2.840.10045.2.1')), bits);
    expect(verifySignature({ ...ec, subjectPublicKeyInfo: missing })).toBe('key-of-another-algorithm');
  });

  it('a key of another kind is told from a mismatch', () => {
    const rsa = makeRsa();
    const ec = makeEc();
    expect(verifySignature({ ...rsa, subjectPublicKeyInfo: ec.subjectPublicKeyInfo })).toBe(
      'key-of-another-algorithm',
    );
    expect(verifySignature({ ...ec, subjectPublicKeyInfo: rsa.subjectPublicKeyInfo })).toBe(
      'key-of-another-algorithm',
    );
  });

  it('algorithms that are unknown, obsolete or malformed have verdicts of their own', () => {
    const rsa = makeRsa();
    const withOid = (oid: string) => ({ ...rsa, signatureAlgorithm: encodeSequence(encodeOid(oid)) });
    expect(verifySignature(withOid('1.2.3.4'))).toBe('unsupported-algorithm');
    expect(describeSignatureAlgorithm(withOid('1.2.3.4').signatureAlgorithm)).toEqual({
      name: '1.2.3.4',
      strength: 'unknown',
    });
    expect(verifySignature(withOid('1.2.643.2.2.3'))).toBe('unsupported-algorithm');
    expect(describeSignatureAlgorithm(withOid('1.2.643.2.2.3').signatureAlgorithm)).toEqual({
      name: 'GOST R 34.10-2001 with GOST R 34.11-94',
      strength: 'obsolete',
    });
    expect(verifySignature({ ...rsa, signatureAlgorithm: randomBytes(10) })).toBe('malformed-algorithm');
    const withParameters = encodeSequence(encodeOid('1.2.840.113549.1.1.11'), encodeInteger(5));
    expect(verifySignature({ ...rsa, signatureAlgorithm: withParameters })).toBe('malformed-algorithm');
  });

  it('RSASSA-PSS: parameters that differ from the signature or are out of range', () => {
    const input = certificateOf(RSA, ['-sha256', ...pss('rsa_pss_saltlen:32')]);
    const sha256 = encodeSequence(encodeOid('2.16.840.1.101.3.4.2.1'));
    const mgf = encodeSequence(encodeOid('1.2.840.113549.1.1.8'), sha256);
    const explicit = (tag: number, value: Uint8Array) => encodeElement(contextTag(tag, 'constructed'), value);
    const withFields = (...fields: Uint8Array[]) => ({
      ...input,
      signatureAlgorithm: encodeSequence(encodeOid('1.2.840.113549.1.1.10'), encodeSequence(...fields)),
    });
    const salt = (length: number) => explicit(2, encodeInteger(length));
    expect(verifySignature(withFields(explicit(0, sha256), explicit(1, mgf), salt(32)))).toBe('verified');
    expect(verifySignature(withFields(explicit(0, sha256), explicit(1, mgf), salt(31)))).toBe('mismatch');
    expect(verifySignature(withFields(explicit(0, sha256), explicit(1, mgf), salt(33)))).toBe('mismatch');
    expect(verifySignature(withFields(explicit(0, sha256), explicit(1, mgf), salt(2000)))).toBe('mismatch');
    expect(verifySignature(withFields(explicit(0, sha256), salt(32)))).toBe('mismatch');
    expect(verifySignature(withFields())).toBe('mismatch');
    expect(verifySignature(withFields(explicit(0, sha256), explicit(1, mgf), salt(3000)))).toBe(
      'malformed-algorithm',
    );
    expect(
      verifySignature(
        withFields(explicit(0, sha256), explicit(1, mgf), salt(32), explicit(3, encodeInteger(2))),
      ),
    ).toBe('malformed-algorithm');
    const bare = encodeSequence(encodeOid('1.2.840.113549.1.1.10'));
    expect(verifySignature({ ...input, signatureAlgorithm: bare })).toBe('malformed-algorithm');
    expect(
      verifySignature(
        withFields(explicit(0, encodeSequence(encodeOid('1.2.3.4'))), explicit(1, mgf), salt(32)),
      ),
    ).toBe('unsupported-algorithm');
  });

  it('a key that is for RSASSA-PSS with its own parameters is not used with others', () => {
    const rsa = makeRsa();
    const input = certificateOf(
      [
        '-algorithm',
        'RSA-PSS',
        '-pkeyopt',
        'rsa_keygen_bits:2048',
        '-pkeyopt',
        'rsa_pss_keygen_md:sha256',
        '-pkeyopt',
        'rsa_pss_keygen_mgf1_md:sha256',
        '-pkeyopt',
        'rsa_pss_keygen_saltlen:32',
      ],
      ['-sha256', ...pss('rsa_pss_saltlen:48')],
    );
    expect(verifySignature(input)).toBe('verified');
    const bare = encodeSequence(encodeOid('1.2.840.113549.1.1.10'), encodeSequence());
    expect(verifySignature({ ...input, signatureAlgorithm: bare })).toBe('key-of-another-algorithm');
    expect(verifySignature({ ...input, signatureAlgorithm: rsa.signatureAlgorithm })).toBe(
      'key-of-another-algorithm',
    );
  });

  it('random changes of any part give a verdict and never an exception', () => {
    const rsa = makeRsa();
    const ec = makeEc();
    const gost = certificateOf(
      ['-engine', 'gost', '-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:TCA'],
      ['-engine', 'gost'],
    );
    const started = performance.now();
    let tried = 0;
    for (let round = 0; round < 1500 && performance.now() - started < 4000; round += 1) {
      const input = [rsa, ec, gost][round % 3] ?? rsa;
      const field =
        (['signatureAlgorithm', 'subjectPublicKeyInfo', 'signature'] as const)[(round % 4) % 3] ??
        'signature';
      const bytes = Uint8Array.from(input[field]);
      const at = Math.floor(Math.random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
      const verdict = verifySignature({ ...input, [field]: bytes });
      // A NULL or an absent digest in the identifier may be read either way; the numbers of a signature may not.
      if (field === 'signature') expect(verdict).toBe('mismatch');
      tried += 1;
    }
    expect(tried).toBeGreaterThan(20);
  });
});
