import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../kernel/random.ts';
import { encodePem } from '../pem/pem.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { type Authorities, issueFor, makeAuthorities } from '../testing/test-authorities.ts';
import { buildPkcs12, type Pkcs12Format } from './build-pkcs12.ts';
import { openPkcs12 } from './open-pkcs12.ts';

const PASSWORD = 'kx4mtw7habc98';

let authorities: Authorities;
let leaf: Awaited<ReturnType<typeof issueFor>>;
beforeAll(async () => {
  authorities = await makeAuthorities();
  leaf = await issueFor('ivanov', authorities);
});

/** A directory with what `openssl pkcs12 -export` takes. */
function inputs(): string {
  return directoryWith({
    'leaf.pem': leaf.certificateDer,
    'issuing.pem': authorities.issuing.certificateDer,
    'key.pem': encodePem('PRIVATE KEY', leaf.keyPair.privateKeyPkcs8),
  });
}

function exportWith(directory: string, options: readonly string[], password = PASSWORD): Uint8Array {
  const files = ['-in', 'leaf.pem', '-inkey', 'key.pem', '-certfile', 'issuing.pem', '-out', 'file.pfx'];
  run(directory, 'openssl', ['pkcs12', '-export', ...files, '-passout', `pass:${password}`, ...options]);
  return readFileSync(join(directory, 'file.pfx'));
}

function expectAll(contents: ReturnType<typeof openPkcs12>): void {
  expect(contents.certificates.map(({ subject }) => subject.commonName)).toEqual(['ivanov', 'Access 1']);
  expect(contents.certificates[0]?.sha256Fingerprint).toBe(leaf.certificate.sha256Fingerprint);
  expect(Buffer.from(contents.privateKeyPkcs8 ?? []).equals(leaf.keyPair.privateKeyPkcs8)).toBe(true);
  expect(contents.privateKey).toBe('read');
}

describe('files of other makers', () => {
  test.each<[string, string[]]>([
    ['OpenSSL 3 as it is', []],
    [
      'OpenSSL with triple DES and SHA-1',
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    [
      'AES-128 and a MAC with SHA-512',
      ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512'],
    ],
    ['100,000 iterations', ['-iter', '100000']],
    ['certificates that are not encrypted', ['-certpbe', 'NONE']],
    ['a key that is not encrypted', ['-keypbe', 'NONE']],
    ['no MAC', ['-nomac']],
    ['one iteration', ['-noiter', '-nomaciter']],
    ['RC2 with 40 bits for the certificates', ['-legacy']],
    ['RC2 with 128 bits', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'PBE-SHA1-RC2-128']],
  ])('%s', (_, options) => {
    expectAll(openPkcs12(exportWith(inputs(), options), PASSWORD));
  });

  test('a Cyrillic password', () => {
    expectAll(openPkcs12(exportWith(inputs(), [], 'пароль от файла'), 'пароль от файла'));
  });

  test('an empty password', () => {
    expectAll(openPkcs12(exportWith(inputs(), [], ''), ''));
  });

  test('NSS, which writes BER of indefinite length', () => {
    const directory = inputs();
    exportWith(directory, ['-name', 'ivanov']);
    run(directory, 'certutil', ['-N', '-d', 'sql:.', '--empty-password']);
    run(directory, 'pk12util', ['-i', 'file.pfx', '-d', 'sql:.', '-W', PASSWORD]);
    run(directory, 'pk12util', ['-o', 'nss.p12', '-n', 'ivanov', '-d', 'sql:.', '-W', PASSWORD]);
    const file = readFileSync(join(directory, 'nss.p12'));
    expect([...file.subarray(0, 2)]).toEqual([0x30, 0x80]);
    expectAll(openPkcs12(file, PASSWORD));
    expect(problemOf(() => openPkcs12(file, PASSWORD, { maxRounds: 1_000_000 }))).toMatchObject({
      code: 'pkcs12-invalid',
      detail: expect.stringContaining('more key derivation than is allowed'),
    });
  });

  test('GnuTLS', () => {
    const directory = inputs();
    const load = [
      '--load-certificate',
      'leaf.pem',
      '--load-privkey',
      'key.pem',
      '--load-ca-certificate',
      'issuing.pem',
    ];
    const make = [
      '--to-p12',
      '--p12-name',
      'ivanov',
      '--password',
      PASSWORD,
      '--outder',
      '--outfile',
      'gnutls.p12',
    ];
    run(directory, 'certtool', [...load, ...make]);
    expectAll(openPkcs12(readFileSync(join(directory, 'gnutls.p12')), PASSWORD));
  });

  test.each<Pkcs12Format>(['compatible', 'modern'])('our own, %s', (format) => {
    const file = buildPkcs12(
      {
        format,
        certificateDer: leaf.certificateDer,
        privateKeyPkcs8: leaf.keyPair.privateKeyPkcs8,
        authoritiesDer: [authorities.issuing.certificateDer],
        friendlyName: 'ivanov',
        password: PASSWORD,
      },
      { random: systemRandom },
    );
    expectAll(openPkcs12(file, PASSWORD));
  });

  test('certificates without a key', () => {
    const directory = inputs();
    run(directory, 'openssl', [
      'pkcs12',
      '-export',
      '-nokeys',
      '-in',
      'leaf.pem',
      '-out',
      'file.pfx',
      '-passout',
      'pass:x',
    ]);
    const contents = openPkcs12(readFileSync(join(directory, 'file.pfx')), 'x');
    expect(contents).toMatchObject({ privateKey: 'none' });
    expect(contents.certificates).toHaveLength(1);
  });
});

describe('what cannot be opened is explained', () => {
  test.each<[string, string[]]>([
    ['with a MAC', []],
    ['without a MAC', ['-nomac']],
  ])('a wrong password of a file %s', (_, options) => {
    const file = exportWith(inputs(), options);
    expect(problemOf(() => openPkcs12(file, 'wrong')).code).toBe('pkcs12-password');
    expect(problemOf(() => openPkcs12(file, '')).code).toBe('pkcs12-password');
  });

  test('a key in an unknown scheme leaves the certificates readable', () => {
    const directory = inputs();
    const cipher = ['-engine', 'gost', '-keypbe', 'kuznyechik-ctr-acpkm', '-certpbe', 'AES-256-CBC'];
    const contents = openPkcs12(exportWith(directory, cipher), PASSWORD);
    expect(contents.privateKey).toBe('unsupported');
    expect(contents.certificates.map(({ subject }) => subject.commonName)).toEqual(['ivanov', 'Access 1']);
  });

  test('an unknown scheme is named, with the way out', () => {
    const file = exportWith(inputs(), ['-engine', 'gost', '-certpbe', 'kuznyechik-ctr-acpkm']);
    expect(problemOf(() => openPkcs12(file, PASSWORD))).toMatchObject({
      code: 'pkcs12-invalid',
      detail: expect.stringMatching(/Kuznyechik.*openssl pkcs12 -legacy/),
    });
  });

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'ends early'],
    ['text in PEM', Buffer.from('-----BEGIN CERTIFICATE-----\n'), 'PEM file'],
    ['rubbish', Buffer.from('rubbish'), ''],
    ['a file that is too long', new Uint8Array(1024 * 1024 + 1), 'longer than'],
  ])('%s', (_, file, detail) => {
    const problem = problemOf(() => openPkcs12(file, PASSWORD));
    expect(problem.code).toBe('pkcs12-invalid');
    expect(problem.detail).toContain(detail);
  });

  test('a certificate instead of a PFX', () => {
    expect(problemOf(() => openPkcs12(leaf.certificateDer, PASSWORD)).code).toBe('pkcs12-invalid');
  });

  test('a file that was cut off', () => {
    const file = exportWith(inputs(), []);
    expect(problemOf(() => openPkcs12(file.subarray(0, -1), PASSWORD)).code).toBe('pkcs12-invalid');
  });
});
