import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  basic,
  bearer,
  DesktopManager,
  get,
  startTestSimulator,
  type TestSimulator,
} from '../testing/client.ts';
import { authoritiesOf, openssl } from '../testing/openssl.ts';
import { readFixture } from './authorities.ts';

let simulator: TestSimulator;
let manager: DesktopManager;

beforeAll(async () => {
  simulator = await startTestSimulator();
  manager = new DesktopManager(simulator.url);
});

afterAll(() => simulator.close());

interface Entry {
  readonly ID: number;
  readonly DName: string;
  readonly CertificateBase64: string;
  readonly HasPin: boolean;
  readonly IsDefault: boolean;
  readonly HashAlgorithms: readonly string[];
  readonly Status: { readonly Value: string };
}

async function certificatesOf(login: string): Promise<readonly Entry[]> {
  const token = await manager.signIn(login);
  const response = await get(`${manager.signServer}/api/certificates`, bearer(token));
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  return (await response.json()) as Entry[];
}

const derOf = (entry: Entry | undefined) => Buffer.from(entry?.CertificateBase64 ?? '', 'base64');

function pem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

const isRsa = (entry: Entry) => entry.HashAlgorithms[0] === 'SHA-256';

async function published(name: string): Promise<Buffer> {
  const response = await fetch(`${simulator.url}/ca/${name}`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

/** `openssl verify` with the list of the issuing authority. */
async function verify(entry: Entry): Promise<string> {
  const algorithm = isRsa(entry) ? 'rsa' : 'gost';
  const list = openssl(['crl', '-inform', 'DER', '-in', 'l'], {
    l: await published(`${algorithm}.crl`),
  }).stdout;
  return openssl(
    [
      ...['verify', ...(algorithm === 'gost' ? ['-engine', 'gost'] : []), '-x509_strict'],
      ...['-crl_check', '-CRLfile', 'list', '-CAfile', 'authorities', 'certificate'],
    ],
    { list, authorities: authoritiesOf(algorithm), certificate: pem(derOf(entry)) },
  ).text;
}

test('the list is a bare array with everything that clients read', async () => {
  const [first, ...others] = await certificatesOf('states');
  expect(first).toMatchObject({
    ID: expect.any(Number),
    DName: expect.stringContaining('CN=Орлов Павел Ильич'),
    Status: { Value: 'ACTIVE', RevocationInfo: null, PinCode: null, ActiveCertId: 0 },
    IsDefault: true,
    HasPin: false,
    CertificateType: 'ServerSide',
    HashAlgorithms: ['GR 34.11-2012 256'],
  });
  expect(others.every(({ IsDefault }) => !IsDefault)).toBe(true);
  const ids = [first, ...others].map((entry) => entry?.ID);
  expect(new Set(ids).size).toBe(11);
});

test('OpenSSL finds each certificate in the state that it is shown in', async () => {
  const entries = await certificatesOf('states');
  for (const algorithm of ['gost', 'rsa']) {
    const own = entries.filter((entry) => isRsa(entry) === (algorithm === 'rsa'));
    for (const entry of own) {
      const said = await verify(entry);
      const expected = {
        ACTIVE: /: OK/,
        ON_HOLD: /certificate revoked/,
        REVOKED: /certificate revoked/,
        EXPIRED: /certificate has expired/,
        NOT_VALID_YET: /certificate is not yet valid/,
      }[entry.Status.Value];
      expect(said).toMatch(expected ?? /no such status/);
    }
  }
  expect(entries.map(({ Status }) => Status.Value).filter((value) => value !== 'ACTIVE')).toHaveLength(7);
  expect(entries.filter(({ HasPin }) => HasPin)).toHaveLength(2);
});

test.each(['rsa', 'gost'] as const)('the reasons are in the list of the %s authority', async (algorithm) => {
  const list = openssl(['crl', '-inform', 'DER', '-in', 'l', '-noout', '-text'], {
    l: await published(`${algorithm}.crl`),
  }).text;
  expect(list).toContain('Certificate Hold');
  expect(list).toContain('Key Compromise');
  expect(list.match(/Serial Number: /g)).toHaveLength(2);
  const root = openssl(['crl', '-inform', 'DER', '-in', 'l', '-noout', '-text'], {
    l: await published(`${algorithm}-root.crl`),
  }).text;
  expect(root).toContain('No Revoked Certificates');
});

test.each(['rsa', 'gost'] as const)(
  'OCSP of the %s authority answers what OpenSSL asks',
  async (algorithm) => {
    const entries = (await certificatesOf('states')).filter(
      (entry) => isRsa(entry) === (algorithm === 'rsa'),
    );
    const issuing = readFixture(`${algorithm}-issuing.pem`);
    const ask = async (entry: Entry | undefined, method: 'GET' | 'POST') => {
      const files = { issuing, certificate: pem(derOf(entry)) };
      const asked = ['ocsp', '-issuer', 'issuing', '-cert', 'certificate', '-no_nonce'];
      const request = openssl([...asked, '-reqout', 'output'], files).stdout;
      expect(request.length).toBeGreaterThan(0);
      const encoded = encodeURIComponent(request.toString('base64'));
      const response =
        method === 'POST'
          ? await fetch(`${simulator.url}/ca/${algorithm}-ocsp`, { method, body: request })
          : await fetch(`${simulator.url}/ca/${algorithm}-ocsp/${encoded}`);
      expect(response.headers.get('content-type')).toBe('application/ocsp-response');
      const answer = Buffer.from(await response.arrayBuffer());
      const read = [...asked, '-respin', 'answer', '-CAfile', 'authorities'];
      return openssl(read, { ...files, answer, authorities: authoritiesOf(algorithm) }).text;
    };
    const byStatus = (value: string) => entries.find(({ Status }) => Status.Value === value);
    const good = await ask(byStatus('ACTIVE'), 'POST');
    expect(good).toContain('Response verify OK');
    expect(good).toContain('certificate: good');
    const revoked = await ask(byStatus('REVOKED'), 'GET');
    expect(revoked).toContain('Response verify OK');
    expect(revoked).toContain('certificate: revoked');
    expect(revoked).toContain('Reason: keyCompromise');
    expect(await ask(byStatus('ON_HOLD'), 'POST')).toContain('Reason: certificateHold');
  },
);

test('a certificate names the addresses where its issuer and its list are', async () => {
  const [certificate] = (await certificatesOf('none')).concat(await certificatesOf('damaged'));
  const { infoAccess = '', ca } = new X509Certificate(derOf(certificate));
  expect(ca).toBe(false);
  const address = /CA Issuers - URI:(\S+)/.exec(infoAccess)?.[1] ?? '';
  expect(address.startsWith(simulator.url)).toBe(true);
  const issuer = new X509Certificate(Buffer.from(await (await fetch(address)).arrayBuffer()));
  expect(issuer.subject).toContain('Учебный УЦ (RSA)');
  expect(new X509Certificate(derOf(certificate)).verify(issuer.publicKey)).toBe(true);
});

describe('people with special certificates', () => {
  test('one of three cannot be parsed', async () => {
    const readable = (await certificatesOf('damaged')).map((entry) => {
      try {
        return new X509Certificate(derOf(entry)).serialNumber !== '';
      } catch {
        return false;
      }
    });
    expect(readable).toEqual([true, false, true]);
  });

  test('a thousand are different and quickly there the second time', async () => {
    const entries = await certificatesOf('many');
    expect(new Set(entries.map(({ CertificateBase64 }) => CertificateBase64)).size).toBe(1000);
    expect(await certificatesOf('many')).toEqual(entries);
  });

  test('nobody has none', async () => {
    expect(await certificatesOf('none')).toEqual([]);
  });

  test('a certificate that was withdrawn is shown no more', async () => {
    const before = await certificatesOf('open');
    simulator.service.certificates.withdraw(before[0]?.ID ?? 0);
    expect(await certificatesOf('open')).toHaveLength(before.length - 1);
    await fetch(`${simulator.url}/practice/reset`, { method: 'POST', body: '{}' });
    expect(await certificatesOf('open')).toEqual(before);
  });
});

test('the same certificates are made by every start at the same address', async () => {
  const { issueCertificate } = await import('./issue.ts');
  const { RSA_ISSUING, rsaKey } = await import('./authorities.ts');
  const { publicKeyOf } = await import('./issue.ts');
  const issue = () =>
    issueCertificate({
      issuer: RSA_ISSUING,
      serialNumber: Buffer.from('41', 'hex'),
      name: { surname: 'Иванов', givenName: 'Иван', organisation: 'О' },
      publicKey: publicKeyOf(rsaKey(0)),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2051-01-01T00:00:00Z'),
      addresses: { issuer: 'http://a/i', revocationList: 'http://a/l', ocsp: 'http://a/o' },
    });
  expect(issue().equals(issue())).toBe(true);
  expect(new X509Certificate(issue()).validTo).toBe('Jan  1 00:00:00 2051 GMT');
  expect(await manager.begin(basic('open'))).toMatchObject({ IsFinal: true });
});
