import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDemoServerCertificate } from '../issuance/server-certificate.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { depsAt, NOW } from '../testing/test-authorities.ts';
import { readServerCertificate, toPem } from './read-server-certificate.ts';

let demo: Awaited<ReturnType<typeof createDemoServerCertificate>>;
beforeAll(async () => {
  demo = await createDemoServerCertificate(
    { commonName: 'Demo', hostNames: ['crm.propusk.localhost'] },
    depsAt(NOW),
  );
});

const read = (key: string, passphrase?: string) =>
  readServerCertificate({
    kind: 'pem',
    certificates: demo.certificatesPem,
    key,
    ...(passphrase !== undefined && { passphrase }),
  });

function converted(...options: string[]): string {
  const directory = directoryWith({ 'key.txt': demo.privateKeyPem });
  run(directory, 'openssl', [...options, '-in', 'key.txt', '-out', 'new.txt']);
  return readFileSync(join(directory, 'new.txt'), 'utf8');
}

describe('the key', () => {
  test('in every form that OpenSSL writes', () => {
    const { privateKeyPkcs8 } = read(demo.privateKeyPem);
    const traditional = converted('ec');
    expect(traditional).toContain('BEGIN EC PRIVATE KEY');
    for (const [key, passphrase] of [
      [traditional],
      [`Bag Attributes\n  friendlyName: x\n\n${demo.privateKeyPem.replaceAll('\n', '\r\n')}`],
      [converted('pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:secret phrase'), 'secret phrase'],
    ] as [string, string?][]) {
      expect(Buffer.from(read(key, passphrase).privateKeyPkcs8).toString('hex')).toContain(
        Buffer.from(privateKeyPkcs8.subarray(36, 68)).toString('hex'),
      );
    }
  });

  test('encrypted, with a wrong passphrase or none', () => {
    const key = converted('pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:secret');
    expect(problemOf(() => read(key, 'wrong')).code).toBe('sealed-data');
    expect(problemOf(() => read(key)).detail).toContain('no passphrase is given');
  });

  test('encrypted in OpenSSL’s old way is explained', () => {
    const key = converted('ec', '-aes256', '-passout', 'pass:secret');
    expect(problemOf(() => read(key, 'secret')).detail).toContain('openssl pkcs8 -topk8');
  });

  test('a certificate in its place', () => {
    expect(problemOf(() => read(demo.authorityPem)).detail).toBe('there is no PRIVATE KEY block');
  });

  test('bytes that are no key', () => {
    expect(problemOf(() => read('-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----')).code).toBe(
      'pem-invalid',
    );
  });
});

test('a key in the place of the certificates', () => {
  const { privateKeyPem } = demo;
  expect(
    problemOf(() => readServerCertificate({ kind: 'pem', certificates: privateKeyPem, key: privateKeyPem }))
      .detail,
  ).toBe('there is no CERTIFICATE block');
});

test('a PFX with its chain, and without its key', () => {
  const directory = directoryWith({ 'key.txt': demo.privateKeyPem, 'chain.txt': demo.certificatesPem });
  const make = ['pkcs12', '-export', '-in', 'chain.txt', '-passout', 'pass:x', '-out'];
  run(directory, 'openssl', [...make, 'server.pfx', '-inkey', 'key.txt']);
  run(directory, 'openssl', [...make, 'no-key.pfx', '-nokeys']);
  const file = (name: string) =>
    ({ kind: 'pkcs12', file: readFileSync(join(directory, name)), password: 'x' }) as const;
  const server = readServerCertificate(file('server.pfx'));
  expect(server.certificates.map(({ subject }) => subject.text)).toEqual([
    'CN=crm.propusk.localhost',
    'CN=Demo',
  ]);
  expect(problemOf(() => readServerCertificate(file('no-key.pfx'))).detail).toContain('no private key');
});

test('what was read can be served', () => {
  const { certificatesPem, privateKeyPem } = toPem(read(demo.privateKeyPem));
  expect(certificatesPem).toBe(demo.certificatesPem);
  expect(() => createSecureContext({ cert: certificatesPem, key: privateKeyPem })).not.toThrow();
});
