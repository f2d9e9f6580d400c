import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../kernel/random.ts';
import { normaliseBer } from '../der/normalise-ber.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { type Authorities, issueFor, makeAuthorities } from '../testing/test-authorities.ts';
import type { KeyAlgorithm } from '../x509/key-pair.ts';
import { buildPkcs12, type Pkcs12Format, type Pkcs12Input } from './build-pkcs12.ts';

const PASSWORD = 'kx4mtw7habc98';
const FRIENDLY_NAME = 'ivanov 2026-11-22';

let authorities: Authorities;
let leaf: Awaited<ReturnType<typeof issueFor>>;
beforeAll(async () => {
  authorities = await makeAuthorities();
  leaf = await issueFor('ivanov', authorities);
});

function build(change: Partial<Pkcs12Input> = {}): Uint8Array {
  return buildPkcs12(
    {
      format: 'compatible',
      certificateDer: leaf.certificateDer,
      privateKeyPkcs8: leaf.keyPair.privateKeyPkcs8,
      authoritiesDer: [authorities.issuing.certificateDer],
      friendlyName: FRIENDLY_NAME,
      password: PASSWORD,
      ...change,
    },
    { random: systemRandom },
  );
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.each<Pkcs12Format>(['compatible', 'modern'])('the %s format', (format) => {
  test('OpenSSL reads the key, the certificate and the authority, and each once', () => {
    const directory = directoryWith({ 'file.pfx': build({ format }) });
    const pkcs12 = ['pkcs12', '-in', 'file.pfx', '-passin', `pass:${PASSWORD}`];
    const all = run(directory, 'openssl', [...pkcs12, '-nodes']);
    expect(all.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(2);
    expect(all.match(/-----BEGIN PRIVATE KEY-----/g)).toHaveLength(1);
    expect(all).toContain('subject=CN = ivanov');
    expect(all).toContain('subject=O = Romashka, CN = Access 1');
    expect(all.match(new RegExp(`friendlyName: ${FRIENDLY_NAME}`, 'g'))).toHaveLength(2);
    const keyIds = all.match(/localKeyID: [0-9A-F ]+/g);
    expect(keyIds).toHaveLength(2);
    expect(new Set(keyIds).size).toBe(1);
    run(directory, 'openssl', [...pkcs12, '-clcerts', '-nokeys', '-out', 'leaf.pem']);
    run(directory, 'openssl', [...pkcs12, '-nocerts', '-nodes', '-out', 'key.pem']);
    const certificate = run(directory, 'openssl', ['x509', '-in', 'leaf.pem', '-pubkey', '-noout']);
    expect(run(directory, 'openssl', ['pkey', '-in', 'key.pem', '-pubout'])).toBe(certificate);
    run(directory, 'openssl', ['x509', '-in', 'leaf.pem', '-outform', 'DER', '-out', 'leaf.der']);
    expect(sha256(readFileSync(join(directory, 'leaf.der')))).toBe(leaf.certificate.sha256Fingerprint);
  });

  test('OpenSSL names the algorithms, and refuses a wrong password', () => {
    const directory = directoryWith({ 'file.pfx': build({ format }) });
    const info = run(directory, 'openssl', [
      'pkcs12',
      '-in',
      'file.pfx',
      '-info',
      '-noout',
      '-passin',
      `pass:${PASSWORD}`,
    ]);
    if (format === 'compatible') {
      expect(info).toContain('MAC: sha1, Iteration 2048');
      expect(info).toContain('PKCS7 Encrypted data: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048');
      expect(info).toContain('Shrouded Keybag: pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048');
    } else {
      const scheme = 'PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256';
      expect(info).toContain('MAC: sha256, Iteration 10000');
      expect(info).toContain(`PKCS7 Encrypted data: ${scheme}`);
      expect(info).toContain(`Shrouded Keybag: ${scheme}`);
    }
    expect(info).toContain('salt length: 8');
    expect(info.match(/Certificate bag/g)).toHaveLength(2);
    const wrong = run(
      directory,
      'openssl',
      ['pkcs12', '-in', 'file.pfx', '-noout', '-passin', 'pass:wrong'],
      1,
    );
    expect(wrong).toContain('invalid password');
  });

  test('NSS imports it into an empty database under its friendly name', () => {
    const directory = directoryWith({
      'file.pfx': build({ format }),
      'root.pem': authorities.root.certificateDer,
    });
    run(directory, 'certutil', ['-N', '-d', 'sql:.', '--empty-password']);
    expect(run(directory, 'pk12util', ['-i', 'file.pfx', '-d', 'sql:.', '-W', PASSWORD])).toContain(
      'IMPORT SUCCESSFUL',
    );
    expect(run(directory, 'certutil', ['-L', '-d', 'sql:.'])).toMatch(
      new RegExp(`${FRIENDLY_NAME}\\s+u,u,u`),
    );
    expect(run(directory, 'certutil', ['-K', '-d', 'sql:.'])).toContain(FRIENDLY_NAME);
    // The path as NSS validates it for TLS clients at noon, once the root is trusted.
    const trust = ['-A', '-d', 'sql:.', '-n', 'root', '-t', 'T,,', '-a', '-i', 'root.pem'];
    run(directory, 'certutil', trust);
    const validate = ['-V', '-d', 'sql:.', '-n', FRIENDLY_NAME, '-u', 'C', '-b', '2611221200Z'];
    expect(run(directory, 'certutil', validate)).toContain('certificate is valid');
    const imported = run(directory, 'certutil', ['-L', '-d', 'sql:.', '-n', FRIENDLY_NAME, '-a']);
    expect(imported.replaceAll(/-----[A-Z ]+-----|\s/g, '')).toBe(
      Buffer.from(leaf.certificateDer).toString('base64'),
    );
  });

  test('GnuTLS lists both certificates and the encrypted key', () => {
    const directory = directoryWith({ 'file.pfx': build({ format }) });
    const info = run(directory, 'certtool', [
      '--p12-info',
      '--inder',
      '--infile',
      'file.pfx',
      '--password',
      PASSWORD,
    ]);
    expect(info.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(2);
    expect(info).toContain(`Friendly name: ${FRIENDLY_NAME}`);
    expect(info).toMatch(/-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/);
    expect(info).toMatch(/iteration count|Iteration count/i);
  });

  test('Node takes it as a client’s identity', () => {
    const pfx = Buffer.from(build({ format }));
    expect(() => createSecureContext({ pfx, passphrase: PASSWORD })).not.toThrow();
    expect(() => createSecureContext({ pfx, passphrase: 'wrong' })).toThrow('mac verify failure');
  });

  test('the file is DER', () => {
    const file = build({ format });
    const directory = directoryWith({ 'file.pfx': file });
    const parsed = run(directory, 'openssl', ['asn1parse', '-inform', 'DER', '-in', 'file.pfx']);
    expect(parsed).not.toContain('l=inf');
    expect(Buffer.from(normaliseBer(file, 'file')).equals(file)).toBe(true);
  });

  test.each<KeyAlgorithm>(['rsa-2048'])('a key of %s is carried as well', async (keyAlgorithm) => {
    const { certificateDer, keyPair } = await issueFor('petrov', authorities, { keyAlgorithm });
    const file = build({ format, certificateDer, privateKeyPkcs8: keyPair.privateKeyPkcs8 });
    const directory = directoryWith({ 'file.pfx': file });
    const all = run(directory, 'openssl', [
      'pkcs12',
      '-in',
      'file.pfx',
      '-nodes',
      '-passin',
      `pass:${PASSWORD}`,
    ]);
    expect(all).toContain('subject=CN = petrov');
  });

  test('a Cyrillic friendly name is kept', () => {
    const directory = directoryWith({ 'file.pfx': build({ format, friendlyName: 'иванов 2026-11-22' }) });
    run(directory, 'certutil', ['-N', '-d', 'sql:.', '--empty-password']);
    run(directory, 'pk12util', ['-i', 'file.pfx', '-d', 'sql:.', '-W', PASSWORD]);
    expect(run(directory, 'certutil', ['-L', '-d', 'sql:.'])).toContain('иванов 2026-11-22');
  });
});

describe('what is refused', () => {
  test.each(['', 'пароль', 'tab\there'])('the password "%s"', (password) => {
    expect(problemOf(() => build({ password })).code).toBe('password-invalid');
  });

  test('a key that is not the certificate’s', () => {
    const { privateKeyPkcs8 } = authorities.issuing;
    expect(problemOf(() => build({ privateKeyPkcs8 })).code).toBe('certificate-unusable');
  });

  test('the certificate a second time among the authorities', () => {
    expect(problemOf(() => build({ authoritiesDer: [leaf.certificateDer] })).code).toBe(
      'certificate-unusable',
    );
  });
});
