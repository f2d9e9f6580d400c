import { expect, test } from 'vitest';
import { problemOf } from '../testing/problem-of.ts';
import { depsAt, makeAuthorities, NOW } from '../testing/test-authorities.ts';
import { generateKeyPair } from '../x509/key-pair.ts';
import { createServerCertificate } from './server-certificate.ts';

const authorities = await makeAuthorities();
const { publicKeySpki } = await generateKeyPair();

const create = (hostNames: string[], validityDays?: number) =>
  createServerCertificate(
    {
      issuer: authorities.root.issuer,
      hostNames,
      publicKeySpki,
      ...(validityDays !== undefined && { validityDays }),
    },
    depsAt(NOW),
  );

test('every host name stands in the certificate, wildcards too', () => {
  const hostNames = ['crm.propusk.localhost', '*.propusk.localhost', 'localhost'];
  const { certificate } = create(hostNames, 30);
  expect(certificate).toMatchObject({
    subject: { commonName: 'crm.propusk.localhost' },
    subjectAltName: { dnsNames: hostNames },
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    notAfter: new Date('2026-12-22T12:00:00Z'),
  });
});

test.each([
  '',
  'пример.рф',
  'a b',
  '-a.example',
  'a..example',
  'a.*.example',
  '192.0.2.1:443',
  `${'a'.repeat(64)}.x`,
])('the host name "%s" is refused', (hostName) => {
  expect(problemOf(() => create(['crm.example', hostName])).detail).toContain('is not a host name');
});

test('no host name, and more than 397 days, are refused', () => {
  expect(problemOf(() => create([])).detail).toContain('at least one host name');
  expect(problemOf(() => create(['crm.example'], 398)).detail).toContain('from 1 to 397');
});
