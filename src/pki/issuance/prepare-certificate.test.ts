import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { IssuerId } from '../../kernel/brand.ts';
import { type Login, parseLogin } from '../../kernel/login.ts';
import { problemOf } from '../testing/problem-of.ts';
import {
  ADDRESSES,
  type Authorities,
  depsAt,
  issueFor,
  makeAuthorities,
  NOW,
} from '../testing/test-authorities.ts';
import { generateKeyPair } from '../x509/key-pair.ts';
import { openIssuer } from './issuer.ts';
import { type CertificateInput, prepareCertificate } from './prepare-certificate.ts';

let authorities: Authorities;
let publicKeySpki: Uint8Array;
beforeAll(async () => {
  authorities = await makeAuthorities();
  publicKeySpki = (await generateKeyPair()).publicKeySpki;
});

function prepare(change: Partial<CertificateInput>, now = NOW) {
  const { issuer } = authorities.issuing;
  return prepareCertificate(
    { issuer, login: parseLogin('ivanov'), publicKeySpki, timeZone: 'UTC', ...ADDRESSES, ...change },
    depsAt(now),
  );
}

const spkiOf = (type: 'ec' | 'rsa' | 'ed25519', options: object) =>
  new Uint8Array(
    (generateKeyPairSync as (type: string, options: object) => ReturnType<typeof generateKeyPairSync>)(
      type,
      options,
    ).publicKey.export({ format: 'der', type: 'spki' }),
  );

describe('what is refused before anything is signed', () => {
  test('a login that only claims to be one', () => {
    expect(problemOf(() => prepare({ login: 'ivanov,O=Evil' as Login })).code).toBe('login-invalid');
    expect(problemOf(() => prepare({ login: ' ivanov' as Login })).code).toBe('login-invalid');
  });

  test.each<[string, () => Uint8Array, string]>([
    ['an RSA key of 1024 bits', () => spkiOf('rsa', { modulusLength: 1024 }), '2048 to 4096'],
    [
      'an RSA key with exponent 3',
      () => spkiOf('rsa', { modulusLength: 2048, publicExponent: 3 }),
      'exponent',
    ],
    ['a key on secp256k1', () => spkiOf('ec', { namedCurve: 'secp256k1' }), 'neither P-256 nor P-384'],
    ['an Ed25519 key, which old clients do not know', () => spkiOf('ed25519', {}), 'neither EC nor RSA'],
    ['bytes that are no key', () => Uint8Array.of(1, 2, 3), 'cannot be read'],
    ['a key with something after it', () => Uint8Array.from([...publicKeySpki, 0]), 'canonical'],
    [
      'the key of the authority',
      () => authorities.issuing.issuer.certificate.publicKeySpki,
      'key of the authority',
    ],
  ])('%s', (_, makeKey, detail) => {
    const problem = problemOf(() => prepare({ publicKeySpki: makeKey() }));
    expect(problem.code).toBe('certificate-unusable');
    expect(problem.detail).toContain(detail);
  });

  test.each([0, -1, 1.5, 3651, Number.NaN])('a validity of %s days', (validityDays) => {
    expect(problemOf(() => prepare({ validityDays })).detail).toContain('a whole number from 1 to 3650');
  });

  test.each([
    ['ftp://pki.example/x.crl'],
    ['/issuing.crl'],
    ['http://пример.рф/x.crl'],
    ['http://user:secret@pki.example/x.crl'],
    ['http://pki.example/x crl'],
  ])('the address %s', (revocationListUrl) => {
    expect(problemOf(() => prepare({ revocationListUrl })).detail).toContain('revocationListUrl');
  });

  test('an issuer that is not valid yet or any more', () => {
    expect(problemOf(() => prepare({}, new Date('2026-11-22T11:00:00Z'))).detail).toContain(
      'check the clock',
    );
    expect(problemOf(() => prepare({}, new Date('2036-11-22T12:00:01Z'))).detail).toContain('renew it');
  });

  test('a certificate of less than a day, because the issuer ends', () => {
    expect(problemOf(() => prepare({}, new Date('2036-11-21T12:00:01Z')))).toMatchObject({
      code: 'issuer-unavailable',
      detail: expect.stringContaining('propusk ca rotate'),
    });
    expect(prepare({ validityDays: 300 }, new Date('2036-01-01T12:00:00Z')).notAfter).toEqual(
      new Date('2036-10-27T12:00:00Z'),
    );
  });

  test('the root as issuer of people’s certificates', () => {
    expect(problemOf(() => prepare({ issuer: authorities.root.issuer })).code).toBe('issuer-unavailable');
  });

  test('a time zone that does not exist', () => {
    expect(problemOf(() => prepare({ timeZone: 'Mars/Olympus' })).detail).toContain('Mars/Olympus');
  });
});

test('near the end of its issuer a certificate is shorter than asked for', () => {
  const end = new Date('2036-11-22T12:00:00Z');
  expect(prepare({ validityDays: 365 }, new Date('2036-01-01T00:00:00Z')).notAfter).toEqual(end);
  expect(prepare({ validityDays: 365 }, new Date('2036-11-21T12:00:00Z')).notAfter).toEqual(end);
});

describe('opening an issuer', () => {
  const id = 'issuing' as IssuerId;

  test('a key of another certificate is refused', () => {
    const { root, issuing } = authorities;
    const input = { id, certificateDer: issuing.certificateDer, privateKeyPkcs8: root.privateKeyPkcs8 };
    expect(problemOf(() => openIssuer(input))).toEqual({
      code: 'issuer-unavailable',
      detail: 'the private key does not belong to the certificate of the authority',
    });
  });

  test('a person’s certificate is no authority', async () => {
    const { certificateDer, keyPair } = await issueFor('ivanov', authorities);
    const input = { id, certificateDer, privateKeyPkcs8: keyPair.privateKeyPkcs8 };
    expect(problemOf(() => openIssuer(input)).detail).toBe(
      'the certificate is not a certification authority',
    );
  });

  test('the key cannot be read from an issuer', () => {
    const { issuer, privateKeyPkcs8 } = authorities.issuing;
    expect(Object.keys(issuer)).toEqual(['id', 'certificate', 'keyIdentifier']);
    expect(JSON.stringify(issuer)).not.toContain(
      Buffer.from(privateKeyPkcs8).toString('base64').slice(50, 90),
    );
  });
});
