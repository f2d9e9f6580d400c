import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contextTag, TAG } from '../der/der-element.ts';
import { encodeElement, encodeInteger, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { readSignedData, SIGNED_DATA } from './read-signed-data.ts';
import { verifySignedData } from './verify-signed-data.ts';

const CONTENT = 'Тестовая подпись\r\n';

function makeSigner(keyArguments: readonly string[], engine: readonly string[] = []): string {
  const directory = directoryWith({ content: CONTENT });
  run(directory, 'openssl', ['genpkey', ...engine, ...keyArguments, '-out', 'key']);
  run(directory, 'openssl', [
    'req',
    ...engine,
    '-x509',
    '-new',
    '-key',
    'key',
    '-subj',
    '/CN=ivanov',
    '-out',
    'certificate',
  ]);
  return directory;
}

function sign(directory: string, options: readonly string[]): Uint8Array {
  run(directory, 'openssl', [
    'cms',
    '-sign',
    '-binary',
    '-in',
    'content',
    '-signer',
    'certificate',
    '-inkey',
    'key',
    '-outform',
    'DER',
    '-out',
    'signed',
    ...options,
  ]);
  return readFileSync(join(directory, 'signed'));
}

const KEYS: Readonly<Record<string, readonly [key: readonly string[], engine?: readonly string[]]>> = {
  RSA: [['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
  ECDSA: [['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  'GOST, 256 bits': [
    ['-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:A'],
    ['-engine', 'gost'],
  ],
  'GOST, 512 bits': [
    ['-algorithm', 'gost2012_512', '-pkeyopt', 'paramset:A'],
    ['-engine', 'gost'],
  ],
};

const verify = (ber: Uint8Array, detached?: Uint8Array) => {
  const signedData = readSignedData(ber);
  return verifySignedData(signedData, signedData.certificatesDer.map(parseCertificate), detached).map(
    ({ kind }) => kind,
  );
};

describe('signatures that OpenSSL made', () => {
  for (const [name, [key, engine = []]] of Object.entries(KEYS)) {
    it(`are verified: ${name}`, () => {
      const directory = makeSigner(key, engine);
      const content = Buffer.from(CONTENT);
      const changed = Buffer.from(`${CONTENT} `);
      expect(verify(sign(directory, [...engine, '-nodetach']))).toEqual(['verified']);
      expect(verify(sign(directory, [...engine, '-nodetach', '-stream']))).toEqual(['verified']);
      expect(verify(sign(directory, [...engine, '-nodetach', '-noattr']))).toEqual(['verified']);
      expect(verify(sign(directory, [...engine, '-nodetach', '-keyid']))).toEqual(['verified']);
      const detached = sign(directory, engine);
      expect(verify(detached, content)).toEqual(['verified']);
      expect(verify(detached, changed)).toEqual(['content-changed']);
      expect(verify(detached)).toEqual(['content-missing']);
      expect(verify(sign(directory, [...engine, '-noattr']), changed)).toEqual(['not-verified']);
      expect(verify(sign(directory, [...engine, '-nocerts']), content)).toEqual(['certificate-missing']);
    });
  }

  it('say when they were made, and whose they are', () => {
    const directory = makeSigner(['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const signedData = readSignedData(sign(directory, ['-nodetach']));
    const [verdict] = verifySignedData(signedData, signedData.certificatesDer.map(parseCertificate));
    if (verdict?.kind !== 'verified') throw new Error(verdict?.kind);
    expect(verdict.certificate.subject.commonName).toBe('ivanov');
    expect(Math.abs((verdict.signingTime?.getTime() ?? 0) - Date.now())).toBeLessThan(600_000);
    expect(Buffer.from(signedData.content ?? []).toString()).toBe(CONTENT);
    expect(() => verifySignedData(signedData, [], Buffer.from('other'))).toThrow(TypeError);
  });

  it('are not good for content of another type than the attributes say', () => {
    const directory = makeSigner(['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
    const signedData = readSignedData(sign(directory, ['-nodetach']));
    const certificates = signedData.certificatesDer.map(parseCertificate);
    const kinds = (changed: typeof signedData) =>
      verifySignedData(changed, certificates).map(({ kind }) => kind);
    expect(kinds({ ...signedData, contentType: '1.2.3' })).toEqual(['malformed']);
    const bare = readSignedData(sign(directory, ['-nodetach', '-noattr']));
    expect(kinds({ ...bare, contentType: '1.2.3' })).toEqual(['malformed']);
    // Octets of the attributes presented as content without attributes: the signature holds over them.
    const attributes = signedData.signers.map(
      ({ signedAttributes }) => signedAttributes?.der ?? new Uint8Array(),
    );
    const forged = { ...signedData, content: attributes[0] ?? new Uint8Array(), contentType: SIGNED_DATA };
    expect(
      kinds({
        ...forged,
        signers: forged.signers.map((signer) => ({ ...signer, signedAttributes: undefined })),
      }),
    ).toEqual(['malformed']);
  });
});

describe('files with many certificates', () => {
  const directory = () => makeSigner(['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  const certsOnly = (certificates: Uint8Array) =>
    encodeSequence(
      encodeOid(SIGNED_DATA),
      encodeElement(
        contextTag(0, 'constructed'),
        encodeSequence(
          encodeInteger(1),
          encodeElement(TAG.set),
          encodeSequence(encodeOid(OID.data)),
          encodeElement(contextTag(0, 'constructed'), certificates),
          encodeElement(TAG.set),
        ),
      ),
    );

  it('are read with their revocation lists', () => {
    const folder = directory();
    run(folder, 'openssl', [
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'certificate',
      '-outform',
      'DER',
      '-out',
      'p7b',
    ]);
    const p7b = readSignedData(readFileSync(join(folder, 'p7b')));
    expect(p7b.certificatesDer.map((der) => parseCertificate(der).subject.commonName)).toEqual(['ivanov']);
    expect(p7b.signers).toEqual([]);
    run(folder, 'openssl', ['x509', '-in', 'certificate', '-outform', 'DER', '-out', 'der']);
    expect(Buffer.from(p7b.certificatesDer[0] ?? []).equals(readFileSync(join(folder, 'der')))).toBe(true);
  });

  it('may have 10,000 certificates and not one more', () => {
    const certificate = encodeSequence(
      encodeInteger(5),
      new Uint8Array(1500).fill(0x05).map((_, index) => (index % 2 ? 0 : 5)),
    );
    const many = (count: number) =>
      certsOnly(Buffer.concat(Array.from({ length: count }, () => certificate)));
    const started = performance.now();
    expect(readSignedData(many(10_000)).certificatesDer).toHaveLength(10_000);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(problemOf(() => readSignedData(many(10_001))).detail).toContain('more than 10000');
  });

  it('may be BER: indefinite lengths at every level, certificates stay as they are', () => {
    const folder = directory();
    run(folder, 'openssl', ['x509', '-in', 'certificate', '-outform', 'DER', '-out', 'der']);
    const der = readFileSync(join(folder, 'der'));
    const indefinite = (tag: number, ...parts: Uint8Array[]) =>
      Buffer.concat([Uint8Array.of(tag, 0x80), ...parts, new Uint8Array(2)]);
    const ber = indefinite(
      0x30,
      encodeOid(SIGNED_DATA),
      indefinite(
        0xa0,
        indefinite(
          0x30,
          encodeInteger(1),
          indefinite(0x31),
          indefinite(
            0x30,
            encodeOid(OID.data),
            indefinite(
              0xa0,
              indefinite(0x24, encodeElement(4, Buffer.from('one ')), encodeElement(4, Buffer.from('two'))),
            ),
          ),
          indefinite(0xa0, der, der),
          indefinite(0x31),
        ),
      ),
    );
    const read = readSignedData(ber);
    expect(read.certificatesDer).toHaveLength(2);
    expect(Buffer.from(read.certificatesDer[1] ?? []).equals(der)).toBe(true);
    expect(Buffer.from(read.content ?? []).toString()).toBe('one two');
    for (let length = 0; length < ber.length; length += 7) {
      expect(problemOf(() => readSignedData(ber.subarray(0, length))).code).toBe('der-invalid');
    }
  });

  it('are refused when they nest without end, or are something else', () => {
    const deep = Buffer.concat([Buffer.alloc(200_000, Uint8Array.of(0x30, 0x80)), Buffer.alloc(200_000)]);
    expect(problemOf(() => readSignedData(deep)).code).toBe('der-invalid');
    expect(problemOf(() => readSignedData(encodeSequence(encodeOid(OID.data)))).detail).toContain(OID.data);
    expect(problemOf(() => readSignedData(new Uint8Array())).code).toBe('der-invalid');
  });
});
