import { beforeAll, describe, expect, test } from 'vitest';
import type { IssuerId } from '../../kernel/brand.ts';
import { createRootCa } from '../issuance/authority.ts';
import { createDemoServerCertificate } from '../issuance/server-certificate.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { type Authorities, depsAt, issueFor, makeAuthorities, NOW } from '../testing/test-authorities.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { checkServerCertificate, type ServerCertificateCheck } from './check-server-certificate.ts';
import { readServerCertificate, type ServerCertificate } from './read-server-certificate.ts';

const HOSTS = ['crm.propusk.localhost', '*.apps.propusk.localhost'];

let demo: Awaited<ReturnType<typeof createDemoServerCertificate>>;
let server: ServerCertificate;
let leaf: Certificate;
let authority: Certificate;
let authorities: Authorities;
beforeAll(async () => {
  demo = await createDemoServerCertificate({ commonName: 'Demo Server CA', hostNames: HOSTS }, depsAt(NOW));
  server = readServerCertificate({
    kind: 'pem',
    certificates: demo.certificatesPem,
    key: demo.privateKeyPem,
  });
  [leaf, authority] = server.certificates as [Certificate, Certificate];
  authorities = await makeAuthorities();
});

function check(change: Partial<ServerCertificateCheck> = {}): string[] {
  const findings = checkServerCertificate({
    ...server,
    hostNames: ['crm.propusk.localhost', 'one.apps.propusk.localhost'],
    now: NOW,
    ...change,
  });
  for (const { text } of findings) expect(text.length).toBeGreaterThan(30);
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

describe('a demonstration’s server certificate', () => {
  test('has nothing against it', () => {
    expect(check()).toEqual([]);
  });

  test('is accepted by OpenSSL for its host names and its purpose', () => {
    const directory = directoryWith({ 'authority.txt': demo.authorityPem, 'server.pem': leaf.der });
    const verify = [
      'verify',
      '-x509_strict',
      '-attime',
      `${NOW.getTime() / 1000}`,
      '-CAfile',
      'authority.txt',
    ];
    const named = (name: string) => [
      ...verify,
      '-purpose',
      'sslserver',
      '-verify_hostname',
      name,
      'server.pem',
    ];
    expect(run(directory, 'openssl', named('crm.propusk.localhost'))).toContain('OK');
    expect(run(directory, 'openssl', named('two.apps.propusk.localhost'))).toContain('OK');
    expect(run(directory, 'openssl', named('id.propusk.localhost'), 2)).toContain('hostname mismatch');
    expect(run(directory, 'openssl', [...verify, '-purpose', 'sslclient', 'server.pem'], 2)).toContain(
      'purpose',
    );
  });

  test('is valid for at most 397 days', () => {
    expect(leaf.notAfter.getTime() - NOW.getTime()).toBe(397 * 24 * 60 * 60 * 1000);
  });
});

describe('what is found', () => {
  test('the authority first', () => {
    expect(check({ certificates: [authority, leaf] })).toEqual(['error order-wrong']);
  });

  test('no certificate', () => {
    expect(check({ certificates: [] })).toEqual(['error certificate-none']);
  });

  test('the key of another certificate', () => {
    expect(check({ privateKeyPkcs8: authorities.issuing.privateKeyPkcs8 })).toEqual(['error key-mismatch']);
  });

  test('the authority is missing', () => {
    expect(check({ certificates: [leaf] })).toEqual(['warning chain-incomplete']);
  });

  test('a stranger in the chain', () => {
    const stranger = authorities.root.issuer.certificate;
    expect(check({ certificates: [leaf, authority, stranger] })).toEqual(['warning chain-unrelated']);
    expect(check({ certificates: [leaf, stranger, authority] })).toEqual([
      'warning order-wrong',
      'warning chain-unrelated',
    ]);
  });

  test('an authority of the same name with another key is a stranger', async () => {
    const namesake = await createRootCa({ id: 'x' as IssuerId, commonName: 'Demo Server CA' }, depsAt(NOW));
    expect(check({ certificates: [leaf, namesake.issuer.certificate] })).toEqual([
      'warning chain-incomplete',
      'warning chain-unrelated',
    ]);
  });

  test('hosts that are not covered, each by its name', () => {
    const hostNames = ['crm.propusk.localhost', 'id.propusk.localhost', 'a.b.apps.propusk.localhost'];
    const findings = checkServerCertificate({ ...server, hostNames, now: NOW });
    expect(findings.map(({ code, hostName }) => [code, hostName])).toEqual([
      ['host-not-covered', 'id.propusk.localhost'],
      ['host-not-covered', 'a.b.apps.propusk.localhost'],
    ]);
    expect(findings[0]?.text).toContain('is not for id.propusk.localhost but for crm.propusk.localhost');
  });

  const { notBefore, notAfter } = { notBefore: -11 * 60_000, notAfter: 397 * 24 * 3600_000 };
  test.each<[string, number, string[]]>([
    ['a second before it begins', notBefore, ['error not-yet-valid', 'error authority-not-valid']],
    ['two weeks and a second before it ends', notAfter - 14 * 24 * 3600_000 - 1000, []],
    ['less than two weeks before it ends', notAfter - 13 * 24 * 3600_000, ['warning expires-soon']],
    ['a second after it ended', notAfter + 1000, ['error expired']],
    ['after its authority ended', 3 * 366 * 24 * 3600_000, ['error expired', 'error authority-not-valid']],
  ])('%s', (_, offsetMs, expected) => {
    expect(check({ now: new Date(NOW.getTime() + offsetMs) })).toEqual(expected);
  });

  test('a person’s certificate is not for servers', async () => {
    const { certificate, keyPair } = await issueFor('ivanov', authorities);
    const certificates = [certificate, authorities.issuing.issuer.certificate];
    expect(check({ certificates, privateKeyPkcs8: keyPair.privateKeyPkcs8, hostNames: ['ivanov'] })).toEqual([
      'error host-not-covered',
      'error purpose-missing',
    ]);
  });

  test('an authority’s certificate is not for servers', () => {
    const { issuer, privateKeyPkcs8 } = authorities.root;
    expect(check({ certificates: [issuer.certificate], privateKeyPkcs8, hostNames: [] })).toEqual([
      'error purpose-missing',
      'warning is-authority',
    ]);
  });

  test('a key that browsers refuse', () => {
    const directory = directoryWith({});
    const name = ['-subj', '/CN=crm', '-addext', 'subjectAltName=DNS:crm.romashka.example'];
    const leafOnly = ['-addext', 'basicConstraints=critical,CA:FALSE', '-days', '30'];
    const files = ['-keyout', 'key.pem', '-out', 'cert.pem', ...name, ...leafOnly];
    run(directory, 'openssl', ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', ...files]);
    const pem = run(directory, 'cat', ['key.pem', 'cert.pem']);
    const read = readServerCertificate({ kind: 'pem', certificates: pem, key: pem });
    const findings = checkServerCertificate({ ...read, hostNames: [], now: new Date() });
    expect(findings.map(({ code }) => code)).toEqual(['key-weak']);
  });

  test('an RSA certificate of OpenSSL’s making passes', () => {
    const directory = directoryWith({});
    run(directory, 'openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
      '-days',
      '30',
      '-subj',
      '/CN=crm',
      '-addext',
      'subjectAltName=DNS:crm.romashka.example',
      '-addext',
      'basicConstraints=critical,CA:FALSE',
    ]);
    const der = run(directory, 'openssl', ['x509', '-in', 'cert.pem', '-noout', '-enddate']);
    expect(der).toContain('notAfter');
    const files = run(directory, 'cat', ['key.pem', 'cert.pem']);
    const read = readServerCertificate({ kind: 'pem', certificates: files, key: files });
    const findings = checkServerCertificate({
      ...read,
      hostNames: ['crm.romashka.example'],
      now: new Date(),
    });
    expect(findings).toEqual([]);
    expect(parseCertificate(read.certificates[0]?.der ?? new Uint8Array()).subject.text).toBe('CN=crm');
  });
});
