import { beforeAll, describe, expect, test } from 'vitest';
import type { IssuerId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { ADDRESSES, type Authorities, depsAt, makeAuthorities, NOW } from '../testing/test-authorities.ts';
import type { KeyAlgorithm } from '../x509/key-pair.ts';
import { createIssuingCa, createRootCa, type IssuingCaInput } from './authority.ts';
import { openIssuer } from './issuer.ts';

const id = 'other' as IssuerId;
let authorities: Authorities;
beforeAll(async () => {
  authorities = await makeAuthorities();
});

function textOf(certificateDer: Uint8Array): string {
  const directory = directoryWith({ 'authority.pem': certificateDer });
  return run(directory, 'openssl', [
    'x509',
    '-in',
    'authority.pem',
    '-noout',
    '-text',
    '-nameopt',
    'RFC2253',
  ]);
}

const createIssuing = (change: Partial<IssuingCaInput> = {}, now = NOW) =>
  createIssuingCa(
    { id, root: authorities.root.issuer, commonName: 'Access 2', ...ADDRESSES, ...change },
    depsAt(now),
  );

async function detailOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw new Error('no problem was thrown', { cause: error });
  return `${error.code}: ${error.detail}`;
}

describe('the authorities, as OpenSSL reads them', () => {
  test('the root signs itself, for 20 years, and limits no path', () => {
    const text = textOf(authorities.root.certificateDer);
    expect(text).toContain('Issuer: CN=Access Root,O=Romashka\n');
    expect(text).toContain('Subject: CN=Access Root,O=Romashka\n');
    expect(text).toContain('Not Before: Nov 22 11:50:00 2026 GMT');
    expect(text).toContain('Not After : Nov 22 12:00:00 2046 GMT');
    expect(text).toMatch(/X509v3 Basic Constraints: critical\n\s+CA:TRUE\n/);
    expect(text).toMatch(/X509v3 Key Usage: critical\n\s+Certificate Sign, CRL Sign\n/);
    expect(text).not.toContain('Extended Key Usage');
  });

  test('the issuing authority may sign people only, for 10 years, and says where the root’s list is', () => {
    const text = textOf(authorities.issuing.certificateDer);
    expect(text).toContain('Issuer: CN=Access Root,O=Romashka\n');
    expect(text).toContain('Subject: CN=Access 1,O=Romashka\n');
    expect(text).toContain('Not After : Nov 22 12:00:00 2036 GMT');
    expect(text).toMatch(/X509v3 Basic Constraints: critical\n\s+CA:TRUE, pathlen:0\n/);
    expect(text).toMatch(/X509v3 Key Usage: critical\n\s+Certificate Sign, CRL Sign\n/);
    expect(text).toContain('URI:http://pki.propusk.example/root.crl');
    expect(text).toContain('CA Issuers - URI:http://pki.propusk.example/root.cer');
  });

  test.each<[KeyAlgorithm, string, string]>([
    ['p-256', 'ecdsa-with-SHA256', 'NIST CURVE: P-256'],
    ['rsa-2048', 'sha256WithRSAEncryption', 'Public-Key: (2048 bit)'],
  ])('%s', async (keyAlgorithm, signature, key) => {
    const { certificateDer } = await createRootCa({ id, commonName: 'Корень', keyAlgorithm }, depsAt(NOW));
    const text = textOf(certificateDer);
    expect(text).toContain(`Signature Algorithm: ${signature}`);
    expect(text).toContain(key);
  });
});

test('an authority can be opened again from what is stored', () => {
  const { issuer, certificateDer, privateKeyPkcs8 } = authorities.issuing;
  expect(openIssuer({ id: issuer.id, certificateDer, privateKeyPkcs8 })).toMatchObject({
    id: issuer.id,
    keyIdentifier: issuer.keyIdentifier,
  });
});

describe('what is refused', () => {
  test.each(['', ' x', 'x'.repeat(65), 'a\u202eb', 'line\nbreak'])(
    'the common name "%s"',
    async (commonName) => {
      expect(await detailOf(createRootCa({ id, commonName }, depsAt(NOW)))).toContain(
        'commonName: 1 to 64 visible',
      );
    },
  );

  test('the name of the root for the issuing authority', async () => {
    const name = { commonName: 'Access Root', organisation: 'Romashka' };
    expect(await detailOf(createIssuing(name))).toContain('needs another name than the root');
  });

  test('an issuing authority that would outlive the root', async () => {
    expect(await detailOf(createIssuing({}, new Date('2037-01-01T00:00:00Z')))).toContain(
      'would outlive its authority',
    );
  });

  test('an issuing authority under an issuing authority', async () => {
    expect(await detailOf(createIssuing({ root: authorities.issuing.issuer }))).toContain('path length is 0');
  });

  test.each([0, 51, 1.5])('a validity of %s years', async (validityYears) => {
    expect(await detailOf(createIssuing({ validityYears }))).toContain('a whole number from 1 to 50');
  });

  test('an address that is none', async () => {
    expect(await detailOf(createIssuing({ caIssuersUrl: 'root.cer' }))).toContain('caIssuersUrl');
  });
});
