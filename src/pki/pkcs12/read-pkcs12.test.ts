import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { contextTag } from '../der/der-element.ts';
import {
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { decodePem, encodePem } from '../pem/pem.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { type Authorities, issueFor, makeAuthorities } from '../testing/test-authorities.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { type Pkcs12Reading, readPkcs12 } from './read-pkcs12.ts';

const PASSWORD = 'пароль Ёлки-1';

let authorities: Authorities;
let leaf: Awaited<ReturnType<typeof issueFor>>;
beforeAll(async () => {
  authorities = await makeAuthorities();
  leaf = await issueFor('ivanov', authorities);
});

/** @param settings of the environment, `NAME=value` */
function exportWith(
  options: readonly string[],
  password = PASSWORD,
  settings: readonly string[] = [],
): Uint8Array {
  const directory = directoryWith({
    'leaf.pem': leaf.certificateDer,
    // Enough octets for GOST 28147-89 to change its key.
    'authorities.pem': Buffer.from(
      [authorities.issuing.certificateDer, authorities.root.certificateDer]
        .map((der) => encodePem('CERTIFICATE', der))
        .join(''),
    ).toString(),
    'key.pem': encodePem('PRIVATE KEY', leaf.keyPair.privateKeyPkcs8),
  });
  const files = ['-in', 'leaf.pem', '-inkey', 'key.pem', '-certfile', 'authorities.pem', '-out', 'file.pfx'];
  run(directory, 'env', [
    ...settings,
    'openssl',
    'pkcs12',
    '-export',
    ...files,
    '-name',
    'Иванов И. И.',
    '-passout',
    `pass:${password}`,
    ...options,
  ]);
  return readFileSync(join(directory, 'file.pfx'));
}

function namesOf(reading: Pkcs12Reading): readonly (string | undefined)[] {
  if (reading.kind === 'refused') throw new Error(`${reading.reason}: ${reading.detail}`);
  return reading.certificates.map(
    ({ certificateDer }) => parseCertificate(certificateDer).subject.commonName,
  );
}

const ENGINE = ['-engine', 'gost'];

const READABLE: Readonly<Record<string, readonly string[]>> = {
  'OpenSSL 3 as it is': [],
  'triple DES and SHA-1': ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  'RC2-40': ['-legacy'],
  'RC2-128': ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128'],
  'AES-128 and SHA-512': ['-certpbe', 'AES-128-CBC', '-macalg', 'sha512'],
  'AES-192 and SHA-384': ['-certpbe', 'AES-192-CBC', '-macalg', 'sha384'],
  'triple DES in PBES2': ['-certpbe', 'DES-EDE3-CBC'],
  'certificates that are not encrypted': ['-certpbe', 'NONE'],
  'no MAC': ['-nomac', '-certpbe', 'AES-256-CBC'],
  'a MAC with Streebog-256': [...ENGINE, '-macalg', 'md_gost12_256'],
  'a MAC with Streebog-512': [...ENGINE, '-macalg', 'md_gost12_512'],
  'GOST 28147-89 and a MAC with Streebog': [
    ...ENGINE,
    '-keypbe',
    'gost89',
    '-certpbe',
    'gost89',
    '-macalg',
    'md_gost12_512',
  ],
};

describe('files that people import', () => {
  for (const [name, options] of Object.entries(READABLE)) {
    it(`are read: ${name}`, () => {
      const file = exportWith(options);
      const reading = readPkcs12(file, PASSWORD);
      expect(namesOf(reading)).toEqual(['ivanov', 'Access 1', 'Access Root']);
      if (reading.kind !== 'read') throw new Error('refused');
      expect(reading.certificates.map(({ hasKey }) => hasKey)).toEqual([true, false, false]);
      expect(reading.certificates[0]?.friendlyName).toBe('Иванов И. И.');
      expect(reading.keyCount).toBe(1);
      expect(reading.integrity).toBe(name === 'no MAC' ? 'none' : 'verified');
      expect(JSON.stringify(reading)).not.toContain('ivateKey');
      if (name !== 'certificates that are not encrypted') {
        expect(readPkcs12(file, 'Пароль Ёлки-1')).toMatchObject({
          kind: 'refused',
          reason: 'password-wrong',
        });
        expect(readPkcs12(file, '')).toMatchObject({ kind: 'refused', reason: 'password-wrong' });
      }
    });
  }

  it('are read with GOST 28147-89 and the substitution of CryptoPro', () => {
    const file = exportWith([...ENGINE, '-keypbe', 'gost89', '-certpbe', 'gost89'], PASSWORD, [
      'CRYPT_PARAMS=id-Gost28147-89-CryptoPro-A-ParamSet',
    ]);
    expect(Buffer.from(file).includes(Buffer.from('06072a850302021f01', 'hex'))).toBe(true);
    expect(namesOf(readPkcs12(file, PASSWORD))).toEqual(['ivanov', 'Access 1', 'Access Root']);
  });

  it('are read with a GOST key, which is counted and left alone', () => {
    const directory = directoryWith({});
    run(directory, 'openssl', [
      'genpkey',
      ...ENGINE,
      '-algorithm',
      'gost2012_256',
      '-pkeyopt',
      'paramset:A',
      '-out',
      'key',
    ]);
    run(directory, 'openssl', [
      'req',
      ...ENGINE,
      '-x509',
      '-new',
      '-key',
      'key',
      '-subj',
      '/CN=petrov',
      '-out',
      'cert',
    ]);
    run(directory, 'openssl', [
      'pkcs12',
      '-export',
      ...ENGINE,
      '-inkey',
      'key',
      '-in',
      'cert',
      '-out',
      'file',
      '-passout',
      'pass:1',
      '-keypbe',
      'kuznyechik-ctr-acpkm',
      '-certpbe',
      'gost89',
      '-macalg',
      'md_gost12_512',
    ]);
    const reading = readPkcs12(readFileSync(join(directory, 'file')), '1');
    expect(namesOf(reading)).toEqual(['petrov']);
    expect(reading).toMatchObject({ keyCount: 1, certificates: [{ hasKey: true }] });
  });

  it('are read with an empty password', () => {
    expect(namesOf(readPkcs12(exportWith([], ''), ''))).toHaveLength(3);
    expect(readPkcs12(exportWith([], ''), 'x')).toMatchObject({ reason: 'password-wrong' });
  });

  // NSS, whose files take a million rounds to open: see open-pkcs12.test.ts.
  it('are read when GnuTLS wrote them', () => {
    const inputs = directoryWith({
      'leaf.pem': leaf.certificateDer,
      'key.pem': encodePem('PRIVATE KEY', leaf.keyPair.privateKeyPkcs8),
    });
    for (const cipher of ['3des-pkcs12', 'aes-256', 'rc2-40']) {
      run(inputs, 'certtool', [
        '--load-certificate',
        'leaf.pem',
        '--load-privkey',
        'key.pem',
        '--to-p12',
        '--p12-name',
        'ivanov',
        '--password',
        '1234',
        '--pkcs-cipher',
        cipher,
        '--outder',
        '--outfile',
        'gnutls.p12',
      ]);
      expect(namesOf(readPkcs12(readFileSync(join(inputs, 'gnutls.p12')), '1234'))).toEqual(['ivanov']);
    }
  });

  it('are read with PBMAC1: the example of RFC 9579', () => {
    const vector = join(import.meta.dirname, '../../../test/vectors/pkcs12/rfc9579-example.pem');
    const file = decodePem(readFileSync(vector))[0]?.bytes ?? new Uint8Array();
    expect(namesOf(readPkcs12(file, '1234'))).toHaveLength(1);
    expect(readPkcs12(file, '1234')).toMatchObject({ integrity: 'verified' });
    expect(readPkcs12(file, '12345')).toMatchObject({ reason: 'password-wrong' });
  });
});

describe('files that are refused', () => {
  it('say which cipher is not supported', () => {
    for (const [cipher, name] of [
      ['kuznyechik-ctr-acpkm', 'Kuznyechik'],
      ['magma-ctr-acpkm', 'Magma'],
    ]) {
      const file = exportWith([...ENGINE, '-keypbe', cipher ?? '', '-certpbe', cipher ?? '']);
      expect(readPkcs12(file, PASSWORD)).toMatchObject({
        reason: 'scheme-unsupported',
        detail: expect.stringContaining(name ?? ''),
      });
    }
  });

  it('ask for a billion rounds of key derivation', () => {
    const count = encodeInteger(1_000_000_000);
    const salt = encodeOctetString(new Uint8Array(8));
    const explicit = (value: Uint8Array) => encodeElement(contextTag(0, 'constructed'), value);
    const data = (content: Uint8Array) =>
      encodeSequence(encodeOid(OID.data), explicit(encodeOctetString(content)));
    const mac = (digest: string, ...parameters: Uint8Array[]) =>
      encodeSequence(
        encodeSequence(
          encodeSequence(encodeOid(digest), ...parameters),
          encodeOctetString(new Uint8Array(32)),
        ),
        salt,
        count,
      );
    const pfx = (safes: Uint8Array, ...rest: Uint8Array[]) =>
      encodeSequence(encodeInteger(3), data(safes), ...rest);
    const pbkdf2 = (prf: string) =>
      encodeSequence(
        encodeOid(OID.pbkdf2),
        encodeSequence(salt, count, encodeInteger(32), encodeSequence(encodeOid(prf))),
      );
    const encrypted = (algorithm: Uint8Array) =>
      encodeSequence(
        encodeSequence(
          encodeOid(OID.encryptedData),
          explicit(
            encodeSequence(
              encodeInteger(0),
              encodeSequence(
                encodeOid(OID.data),
                algorithm,
                encodeElement(contextTag(0, 'primitive'), new Uint8Array(16)),
              ),
            ),
          ),
        ),
      );
    const aes = encodeSequence(encodeOid(OID.aes256CBC), encodeOctetString(new Uint8Array(16)));
    const files = [
      pfx(encodeSequence(), mac(OID.sha1)),
      pfx(encodeSequence(), mac(OID.streebog512)),
      pfx(
        encodeSequence(),
        mac(
          OID.pbmac1,
          encodeSequence(pbkdf2(OID.hmacWithSHA256), encodeSequence(encodeOid(OID.hmacWithSHA256))),
        ),
      ),
      pfx(encrypted(encodeSequence(encodeOid(OID.pbes2), encodeSequence(pbkdf2(OID.hmacWithSHA512), aes)))),
      pfx(
        encrypted(encodeSequence(encodeOid(OID.pbes2), encodeSequence(pbkdf2(OID.hmacWithStreebog512), aes))),
      ),
      pfx(encrypted(encodeSequence(encodeOid(OID.pbeWithSHAAnd40BitRC2CBC), encodeSequence(salt, count)))),
      pfx(
        encrypted(encodeSequence(encodeOid(OID.pbeWithSHAAnd3KeyTripleDESCBC), encodeSequence(salt, count))),
      ),
    ];
    const started = performance.now();
    for (const file of files) expect(readPkcs12(file, PASSWORD)).toMatchObject({ reason: 'too-much-work' });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('are damaged, and the password is right', () => {
    const file = exportWith([]);
    expect(readPkcs12(file.subarray(0, -1), PASSWORD)).toMatchObject({ reason: 'damaged' });
    expect(readPkcs12(Uint8Array.of(...file, 0), PASSWORD)).toMatchObject({ reason: 'damaged' });
  });

  it('are no PKCS#12 files, or too large', () => {
    expect(readPkcs12(new Uint8Array(), '')).toMatchObject({ reason: 'not-pkcs12' });
    expect(readPkcs12(leaf.certificateDer, '')).toMatchObject({ reason: 'not-pkcs12' });
    expect(readPkcs12(new Uint8Array(1024 * 1024 + 1), '')).toMatchObject({ reason: 'too-large' });
  });
});
