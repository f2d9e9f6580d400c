import { beforeAll, describe, expect, test } from 'vitest';
import { parseLogin } from '../../kernel/login.ts';
import { OID } from '../der/oid.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import {
  ADDRESSES,
  type Authorities,
  depsAt,
  issueFor,
  makeAuthorities,
  NOW,
} from '../testing/test-authorities.ts';
import { generateKeyPair, type KeyAlgorithm } from '../x509/key-pair.ts';
import { issueCertificate } from './issue-certificate.ts';
import { type IssuanceToken, prepareCertificate } from './prepare-certificate.ts';

let authorities: Authorities;
beforeAll(async () => {
  authorities = await makeAuthorities();
});

async function prepareFor(login: string): Promise<IssuanceToken> {
  const { publicKeySpki } = await generateKeyPair();
  return prepareCertificate(
    {
      issuer: authorities.issuing.issuer,
      login: parseLogin(login),
      publicKeySpki,
      timeZone: 'UTC',
      ...ADDRESSES,
    },
    depsAt(NOW),
  );
}

describe('the profile of a person’s certificate, as OpenSSL reads it', () => {
  test('every property of the profile stands in the text', async () => {
    const { certificateDer, certificate } = await issueFor('ivanov', authorities, {
      ocspUrl: 'http://pki.propusk.example/ocsp',
    });
    const directory = directoryWith({ 'leaf.pem': certificateDer });
    const text = run(directory, 'openssl', [
      'x509',
      '-in',
      'leaf.pem',
      '-noout',
      '-text',
      '-nameopt',
      'RFC2253',
    ]);
    const serial = certificate.serialNumber.replace(/^00/, '').match(/../g)?.join(':') ?? '';
    const ski = authorities.issuing.issuer.keyIdentifier.toUpperCase().match(/../g)?.join(':') ?? '';
    expect(text).toContain('Version: 3 (0x2)');
    expect(text.replaceAll(/\s+/g, '')).toContain(`SerialNumber:${serial}Signature`);
    expect(text).toContain('Signature Algorithm: ecdsa-with-SHA256');
    expect(text).toContain('Issuer: CN=Access 1,O=Romashka\n');
    expect(text).toContain('Subject: CN=ivanov\n');
    expect(text).toContain('Not Before: Nov 22 11:50:00 2026 GMT');
    expect(text).toContain('Not After : Nov 22 12:00:00 2027 GMT');
    expect(text).toContain('ASN1 OID: prime256v1');
    expect(text).toMatch(/X509v3 Key Usage: critical\s+Digital Signature\n/);
    expect(text).toMatch(/X509v3 Extended Key Usage: ?\n\s+TLS Web Client Authentication\n/);
    expect(text).toMatch(/X509v3 Subject Key Identifier: ?\n\s+(?:[0-9A-F]{2}:){19}[0-9A-F]{2}\n/);
    expect(text).toMatch(new RegExp(`X509v3 Authority Key Identifier: ?\\n\\s+(?:keyid:)?${ski}`));
    expect(text).toMatch(
      /X509v3 CRL Distribution Points: ?\s+Full Name:\s+URI:http:\/\/pki.propusk.example\/issuing.crl\n/,
    );
    expect(text).toContain('CA Issuers - URI:http://pki.propusk.example/issuing.cer');
    expect(text).toContain('OCSP - URI:http://pki.propusk.example/ocsp');
    expect(text).not.toContain('Basic Constraints');
    expect(text).not.toContain('Subject Alternative Name');
  });

  test.each<KeyAlgorithm>(['p-256', 'rsa-2048'])(
    'a path of %s keys is verified for TLS clients',
    async (keyAlgorithm) => {
      const pair = await makeAuthorities(keyAlgorithm);
      const { certificateDer } = await issueFor('petrov', pair, { keyAlgorithm });
      const directory = directoryWith({
        'root.pem': pair.root.certificateDer,
        'issuing.pem': pair.issuing.certificateDer,
        'leaf.pem': certificateDer,
      });
      const verify = ['verify', '-x509_strict', '-attime', `${NOW.getTime() / 1000}`, '-CAfile', 'root.pem'];
      const leaf = ['-untrusted', 'issuing.pem', 'leaf.pem'];
      expect(run(directory, 'openssl', [...verify, '-purpose', 'sslclient', ...leaf])).toContain(
        'leaf.pem: OK',
      );
      expect(run(directory, 'openssl', [...verify, '-purpose', 'sslserver', ...leaf], 2)).toContain(
        'unsuitable certificate purpose',
      );
      expect(
        run(directory, 'certtool', ['--verify-profile=medium', '--infile', 'root.pem', '-i', '--text']),
      ).toContain('Certificate Authority (CA): TRUE');
    },
  );

  test('a Cyrillic login is its CN in UTF8String', async () => {
    const { certificateDer, certificate } = await issueFor('иванов', authorities);
    expect(certificate.subject).toMatchObject({ commonName: 'иванов', text: 'CN=иванов' });
    const directory = directoryWith({ 'leaf.pem': certificateDer });
    const shown = run(directory, 'openssl', [
      'x509',
      '-in',
      'leaf.pem',
      '-noout',
      '-subject',
      '-nameopt',
      'oneline,utf8,-esc_msb,show_type',
    ]);
    expect(shown).toContain('CN = UTF8STRING:иванов');
  });

  test('times from 2050 on are GeneralizedTime', async () => {
    const now = new Date('2049-06-01T12:00:00Z');
    const late = await makeAuthorities('p-256', now);
    const { certificateDer, certificate } = await issueFor('ivanov', late, { now });
    expect(certificate.notAfter).toEqual(new Date('2050-06-01T12:00:00Z'));
    const directory = directoryWith({ 'leaf.der': certificateDer });
    const parsed = run(directory, 'openssl', ['asn1parse', '-inform', 'DER', '-in', 'leaf.der']);
    expect(parsed).toMatch(/UTCTIME\s+:490601115000Z/);
    expect(parsed).toMatch(/GENERALIZEDTIME\s+:20500601120000Z/);
  });
});

describe('the token between preparing and issuing', () => {
  test('shows the serial number and the dates that the certificate will have', async () => {
    const token = await prepareFor('ivanov');
    const { issuerId, serialNumber, login, notBefore, notAfter } = token;
    const { certificate } = issueCertificate(token);
    expect({ issuerId, login }).toEqual({ issuerId: 'issuing', login: 'ivanov' });
    expect(certificate).toMatchObject({ serialNumber, notBefore, notAfter });
    expect(certificate.extendedKeyUsage).toEqual([OID.clientAuth]);
  });

  test('is redeemed once', async () => {
    const token = await prepareFor('ivanov');
    issueCertificate(token);
    expect(problemOf(() => issueCertificate(token)).code).toBe('issuance-token-used');
  });

  test('cannot be made elsewhere', async () => {
    const token = await prepareFor('ivanov');
    const { issuerId, serialNumber, login, notBefore, notAfter } = token;
    // @ts-expect-error an object with the same fields is no token
    expect(() => issueCertificate({ issuerId, serialNumber, login, notBefore, notAfter })).toThrow(TypeError);
    // @ts-expect-error neither is a copy
    expect(() => issueCertificate({ ...token })).toThrow(TypeError);
    expect(() => issueCertificate(Object.create(token) as IssuanceToken)).toThrow(TypeError);
  });

  test('cannot be changed', async () => {
    const token = await prepareFor('ivanov');
    expect(() => Object.assign(token, { serialNumber: '01' })).toThrow(TypeError);
    token.notAfter.setUTCFullYear(2100);
    expect(issueCertificate(token).certificate.notAfter).toEqual(new Date('2027-11-22T12:00:00Z'));
  });

  test('two tokens for one login have different serial numbers of up to 17 octets', async () => {
    const serials = [(await prepareFor('ivanov')).serialNumber, (await prepareFor('ivanov')).serialNumber];
    expect(new Set(serials).size).toBe(2);
    for (const serial of serials) expect(serial).toMatch(/^(?:00[89a-f]|[1-7]|0[1-9a-f])[0-9a-f]{26,}$/);
  });
});
