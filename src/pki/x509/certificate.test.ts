import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../kernel/random.ts';
import { decodePem } from '../pem/pem.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { ADDRESSES, type Authorities, issueFor, makeAuthorities, NOW } from '../testing/test-authorities.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { fingerprintOf } from './fingerprint.ts';
import { makeSerialNumber, serialNumberTail } from './serial-number.ts';
import { isSignedBy, verifyCertificateSignature } from './verify-certificate-signature.ts';

let authorities: Authorities;
let leaf: Certificate;
beforeAll(async () => {
  authorities = await makeAuthorities();
  leaf = (await issueFor('ivanov', authorities, { ocspUrl: 'http://pki.propusk.example/ocsp' })).certificate;
});

function certificateOf(...options: string[]): Certificate {
  const directory = directoryWith({});
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'k',
    '-utf8',
  ];
  run(directory, 'openssl', [...request, '-out', 'c', ...options]);
  const [block] = decodePem(readFileSync(join(directory, 'c')));
  return parseCertificate(block?.bytes ?? new Uint8Array());
}

describe('a certificate as a value', () => {
  test('says what Node reads in it', () => {
    const node = new X509Certificate(leaf.der);
    expect(leaf.sha256Fingerprint).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(leaf.sha256Fingerprint).toBe(fingerprintOf(leaf.der));
    expect(leaf.serialNumber.replace(/^00/, '')).toBe(node.serialNumber.toLowerCase());
    expect(leaf.notBefore).toEqual(node.validFromDate);
    expect(leaf.notAfter).toEqual(node.validToDate);
    expect(Buffer.from(leaf.publicKeySpki)).toEqual(node.publicKey.export({ format: 'der', type: 'spki' }));
    expect(leaf.extendedKeyUsage).toEqual(node.keyUsage);
  });

  test('has the extensions decoded', () => {
    expect(leaf).toMatchObject({
      keyUsage: ['digitalSignature'],
      revocationListUrls: [ADDRESSES.revocationListUrl],
      caIssuersUrls: [ADDRESSES.caIssuersUrl],
      ocspUrls: ['http://pki.propusk.example/ocsp'],
      authorityKeyIdentifier: authorities.issuing.issuer.keyIdentifier,
      criticalExtensions: ['2.5.29.15'],
    });
    expect(leaf.basicConstraints).toBeUndefined();
    expect(authorities.root.issuer.certificate.basicConstraints).toEqual({ ca: true });
    expect(authorities.issuing.issuer.certificate).toMatchObject({
      basicConstraints: { ca: true, pathLength: 0 },
      keyUsage: ['keyCertSign', 'cRLSign'],
      criticalExtensions: ['2.5.29.19', '2.5.29.15'],
      notBefore: new Date('2026-11-22T11:50:00Z'),
      notAfter: new Date('2036-11-22T12:00:00Z'),
    });
    expect(authorities.root.issuer.certificate.notAfter).toEqual(new Date('2046-11-22T12:00:00Z'));
  });

  test('cannot be changed, neither by its dates nor through the bytes that it was read from', () => {
    const bytes = Uint8Array.from(leaf.der);
    const certificate = parseCertificate(bytes);
    bytes.fill(0);
    certificate.notAfter.setTime(0);
    expect(certificate.notAfter).toEqual(leaf.notAfter);
    expect(certificate.der).toEqual(leaf.der);
    expect(() => Object.assign(certificate, { notAfter: NOW })).toThrow(TypeError);
  });

  test('subject alternative names of every kind', () => {
    const altName =
      'subjectAltName=DNS:crm.example,IP:192.0.2.1,IP:2001:db8::1,email:a@b.example,URI:http://x.example/';
    expect(certificateOf('-subj', '/CN=x', '-addext', altName).subjectAltName).toEqual({
      dnsNames: ['crm.example'],
      ipAddresses: ['192.0.2.1', '2001:db8::1'],
      emailAddresses: ['a@b.example'],
      uris: ['http://x.example/'],
    });
  });
});

test('a NUL in a DNS name takes the name out, and nothing before it is left', () => {
  const certificate = certificateOf(
    '-subj',
    '/CN=x',
    '-addext',
    'subjectAltName=DNS:a.example,DNS:bank.exampleQ.evil',
  );
  const der = Buffer.from(certificate.der);
  der[der.indexOf('Q.evil')] = 0;
  expect(parseCertificate(der).subjectAltName?.dnsNames).toEqual(['a.example']);
});

describe('names', () => {
  test.each<[string, string]>([
    ['/C=RU/O=Ромашка/CN=Иванов', 'CN=Иванов,O=Ромашка,C=RU'],
    ['/CN=a\\+b\\, c', 'CN=a\\+b\\, c'],
    ['/CN=#1 "<x>"', 'CN=\\#1 \\"\\<x\\>\\"'],
    ['/CN=a/CN=b', 'CN=b,CN=a'],
    ['/CN=a+UID=b', 'CN=a+UID=b'],
    ['/CN=x/emailAddress=a@b.example', 'emailAddress=a@b.example,CN=x'],
    ['/CN=left\u202eright', 'CN=left\\E2\\80\\AEright'],
    ['/CN=x/postalCode=1', '2.5.4.17=#0c0131,CN=x'],
  ])('%s', (subject, text) => {
    const args = subject.includes('+UID') ? ['-multivalue-rdn'] : [];
    expect(certificateOf('-subj', subject.replace('a\\+b\\, c', 'a\\+b, c'), ...args).subject.text).toBe(
      text.replace('a\\+b\\, c', 'a\\+b\\, c'),
    );
  });

  test('the most specific CN is the common name', () => {
    expect(certificateOf('-subj', '/CN=a/CN=b').subject.commonName).toBe('b');
    expect(certificateOf('-subj', '/O=a').subject.commonName).toBeUndefined();
  });
});

describe('signatures', () => {
  test('the issuer’s name and key, nobody else’s', () => {
    const { root, issuing } = authorities;
    expect(isSignedBy(leaf, issuing.issuer.certificate)).toBe(true);
    expect(isSignedBy(issuing.issuer.certificate, root.issuer.certificate)).toBe(true);
    expect(isSignedBy(root.issuer.certificate, root.issuer.certificate)).toBe(true);
    expect(isSignedBy(leaf, root.issuer.certificate)).toBe(false);
    expect(verifyCertificateSignature(leaf, root.issuer.certificate)).toBe('mismatch');
  });

  test('a namesake of the issuer did not sign', async () => {
    const namesakes = await makeAuthorities();
    expect(isSignedBy(leaf, namesakes.issuing.issuer.certificate)).toBe(false);
  });

  test('a signature of broken octets leaves the certificate readable and is not verified', () => {
    const der = Uint8Array.from(leaf.der);
    der[leaf.der.length - leaf.signature.value.length - 1] = 3;
    const certificate = parseCertificate(der);
    expect(certificate.subject.text).toBe('CN=ivanov');
    expect(verifyCertificateSignature(certificate, authorities.issuing.issuer.certificate)).toBe('mismatch');
  });

  test('SHA-1 proves nothing', () => {
    const old = certificateOf('-subj', '/CN=old', '-sha1');
    expect(verifyCertificateSignature(old, old)).toBe('weak-algorithm');
  });
});

describe('serial numbers', () => {
  test('are positive, random and canonical', () => {
    const bytes = (hex: string) => ({
      ...systemRandom,
      bytes: () => Uint8Array.from(Buffer.from(hex, 'hex')),
    });
    expect(makeSerialNumber(bytes('ff'.repeat(16)))).toBe(`00${'ff'.repeat(16)}`);
    expect(makeSerialNumber(bytes('7f'.repeat(16)))).toBe('7f'.repeat(16));
    expect(makeSerialNumber(bytes(`0000${'01'.repeat(14)}`))).toBe('01'.repeat(14));
    expect(makeSerialNumber(bytes(`0080${'01'.repeat(14)}`))).toBe(`0080${'01'.repeat(14)}`);
  });

  test('show their last eight digits', () => {
    expect(serialNumberTail(makeSerialNumber(systemRandom))).toMatch(/^[0-9A-F]{8}$/);
  });
});

describe('what is no certificate', () => {
  test.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array(0)],
    ['something after its end', () => Uint8Array.from([...leaf.der, 0])],
    ['its beginning', () => leaf.der.slice(0, -1)],
    ['its inner part alone', () => leaf.tbsDer],
    ['a key', () => leaf.publicKeySpki],
    ['more than 128 kB', () => new Uint8Array(128 * 1024 + 1)],
  ])('%s', (_, make) => {
    expect(problemOf(() => parseCertificate(make())).code).toBe('der-invalid');
  });

  test('one whose two signature algorithms differ', () => {
    const der = Uint8Array.from(leaf.der);
    // The last octet of ecdsa-with-SHA256 in the outer field: SHA-384 instead.
    const position = leaf.der.byteLength - leaf.signature.value.length - 4;
    expect(der[position]).toBe(2);
    der[position] = 3;
    expect(problemOf(() => parseCertificate(der)).detail).toContain('algorithms of the certificate differ');
  });
});
