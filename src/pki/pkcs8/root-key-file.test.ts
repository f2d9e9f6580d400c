import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../kernel/random.ts';
import { encodePem } from '../pem/pem.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { generateKeyPair, type KeyPair } from '../x509/key-pair.ts';
import { openRootKeyFile, sealRootKeyFile } from './root-key-file.ts';

const PASSPHRASE = 'correct horse battery staple';

let keyPair: KeyPair;
beforeAll(async () => {
  keyPair = await generateKeyPair();
});

const seal = (passphrase = PASSPHRASE) =>
  sealRootKeyFile(keyPair.privateKeyPkcs8, passphrase, { random: systemRandom });
const isSameKey = (privateKeyPkcs8: Uint8Array) =>
  createPrivateKey({ key: Buffer.from(privateKeyPkcs8), format: 'der', type: 'pkcs8' }).equals(
    createPrivateKey({ key: Buffer.from(keyPair.privateKeyPkcs8), format: 'der', type: 'pkcs8' }),
  );

describe('the file of the root’s key', () => {
  test('is opened with its passphrase', () => {
    expect(Buffer.from(openRootKeyFile(seal(), PASSPHRASE)).equals(keyPair.privateKeyPkcs8)).toBe(true);
  });

  test('is opened by OpenSSL, which finds the same key', () => {
    const directory = directoryWith({ 'root-key.txt': seal() });
    const open = ['-in', 'root-key.txt', '-passin', `pass:${PASSPHRASE}`];
    const publicKey = run(directory, 'openssl', ['pkey', ...open, '-pubout']);
    expect(publicKey).toBe(encodePem('PUBLIC KEY', keyPair.publicKeySpki));
    expect(run(directory, 'openssl', ['pkcs8', ...open, '-nocrypt'], 1)).toBeTruthy();
    expect(run(directory, 'openssl', ['pkcs8', ...open])).toContain('-----BEGIN PRIVATE KEY-----');
    expect(
      run(directory, 'openssl', ['pkey', '-in', 'root-key.txt', '-passin', 'pass:wrong'], 1),
    ).toBeTruthy();
  });

  test('is opened after OpenSSL has changed its passphrase', () => {
    const directory = directoryWith({ 'root-key.txt': seal() });
    for (const options of [
      ['-v2', 'aes-256-cbc'],
      ['-scrypt'],
      ['-v2', 'des3', '-v2prf', 'hmacWithSHA512'],
    ]) {
      run(directory, 'openssl', [
        'pkcs8',
        '-topk8',
        '-in',
        'root-key.txt',
        '-passin',
        `pass:${PASSPHRASE}`,
        '-passout',
        'pass:новая фраза',
        '-out',
        'new.txt',
        ...options,
      ]);
      const opened = openRootKeyFile(readFileSync(join(directory, 'new.txt')), 'новая фраза');
      expect(isSameKey(opened)).toBe(true);
    }
  });

  test('stays closed to another passphrase', () => {
    const file = seal();
    for (const passphrase of ['', 'wrong', `${PASSPHRASE} `]) {
      expect(problemOf(() => openRootKeyFile(file, passphrase)).code).toBe('sealed-data');
    }
  });

  test('two files of one key have nothing in common', () => {
    expect(seal().slice(200)).not.toBe(seal().slice(200));
  });

  test('a short passphrase is refused', () => {
    expect(problemOf(() => seal('elevenchars')).code).toBe('password-invalid');
  });

  test('another file is named as such', () => {
    expect(problemOf(() => openRootKeyFile('', PASSPHRASE)).code).toBe('pem-invalid');
    const plain = encodePem('PRIVATE KEY', keyPair.privateKeyPkcs8);
    expect(problemOf(() => openRootKeyFile(plain, PASSPHRASE)).detail).toContain(
      'no ENCRYPTED PRIVATE KEY block',
    );
    const old = directoryWith({ 'key.txt': plain });
    run(old, 'openssl', [
      'pkcs8',
      '-topk8',
      '-in',
      'key.txt',
      '-v1',
      'PBE-SHA1-3DES',
      '-passout',
      'pass:x',
      '-out',
      'old.txt',
    ]);
    expect(problemOf(() => openRootKeyFile(readFileSync(join(old, 'old.txt')), 'x')).detail).toContain(
      'not supported',
    );
  });
});
