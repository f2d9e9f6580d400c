import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { REVOCATION_REASONS, type RevocationReason } from '../../kernel/audit-event.ts';
import type { SerialNumber } from '../../kernel/brand.ts';
import { systemRandom } from '../../kernel/random.ts';
import { createDemoServerCertificate } from '../issuance/server-certificate.ts';
import { encodePem } from '../pem/pem.ts';
import { problemOf } from '../testing/problem-of.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import {
  ADDRESSES,
  type Authorities,
  depsAt,
  issueFor,
  makeAuthorities,
} from '../testing/test-authorities.ts';
import { makeSerialNumber } from '../x509/serial-number.ts';
import { issueRevocationList, type RevocationListInput } from './issue-revocation-list.ts';
import { isRevocationListSignedBy, parseRevocationList } from './parse-revocation-list.ts';

const ROOT_LIST = 'http://pki.propusk.example/root.crl';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Now and not a frozen time: OpenSSL inside of Node looks at the real clock. */
const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);
const TOMORROW = new Date(NOW.getTime() + DAY_MS);

let authorities: Authorities;
let ivanov: Awaited<ReturnType<typeof issueFor>>;
let petrov: Awaited<ReturnType<typeof issueFor>>;
beforeAll(async () => {
  authorities = await makeAuthorities('p-256', NOW);
  ivanov = await issueFor('ivanov', authorities, { now: NOW });
  petrov = await issueFor('petrov', authorities, { now: NOW });
});

function issue(change: Partial<RevocationListInput> = {}): Uint8Array {
  return issueRevocationList({
    issuer: authorities.issuing.issuer,
    number: 7,
    thisUpdate: NOW,
    nextUpdate: TOMORROW,
    entries: [{ serialNumber: petrov.certificate.serialNumber, revokedAt: NOW, reason: 'keyCompromise' }],
    distributionPointUrl: ADDRESSES.revocationListUrl,
    covers: 'user-certificates',
    ...change,
  });
}

function issueRootList(): Uint8Array {
  return issue({
    issuer: authorities.root.issuer,
    entries: [],
    distributionPointUrl: ROOT_LIST,
    covers: 'ca-certificates',
  });
}

describe('a list, as OpenSSL reads it', () => {
  test('version, number, dates, entries, extensions and signature', () => {
    const directory = directoryWith({
      'list.crl': issue(),
      'issuing.pem': authorities.issuing.certificateDer,
    });
    const list = ['crl', '-inform', 'DER', '-in', 'list.crl', '-noout'];
    const text = run(directory, 'openssl', [...list, '-text', '-CAfile', 'issuing.pem']);
    expect(text).toContain('verify OK');
    expect(text).toContain('Version 2 (0x1)');
    expect(text).toContain('Signature Algorithm: ecdsa-with-SHA256');
    expect(text).toMatch(/X509v3 CRL Number: ?\n\s+7\n/);
    expect(text).toContain('X509v3 Authority Key Identifier');
    expect(text).toMatch(
      /X509v3 Issuing Distribution Point: critical\n\s+Full Name:\n\s+URI:http:\/\/pki.propusk.example\/issuing.crl\s+Only User Certificates/,
    );
    const serial = petrov.certificate.serialNumber.replace(/^00/, '').toUpperCase();
    expect(text).toMatch(
      new RegExp(
        `Serial Number: ${serial}\\n\\s+Revocation Date: .*\\n\\s+CRL entry extensions:\\n\\s+X509v3 CRL Reason Code: ?\\n\\s+Key Compromise`,
      ),
    );
  });

  test('a list without entries has no field for them', () => {
    const directory = directoryWith({ 'list.crl': issue({ entries: [] }) });
    expect(
      run(directory, 'openssl', ['crl', '-inform', 'DER', '-in', 'list.crl', '-noout', '-text']),
    ).toContain('No Revoked Certificates');
  });

  test('the whole path is verified with both lists, and the revoked certificate is refused', () => {
    const directory = directoryWith({
      'root.pem': authorities.root.certificateDer,
      'issuing.pem': authorities.issuing.certificateDer,
      'ivanov.pem': ivanov.certificateDer,
      'petrov.pem': petrov.certificateDer,
      'lists.txt': encodePem('X509 CRL', issueRootList()) + encodePem('X509 CRL', issue()),
      'root-list-only.txt': encodePem('X509 CRL', issueRootList()),
    });
    const verify = [
      'verify',
      '-x509_strict',
      '-crl_check_all',
      '-extended_crl',
      '-CAfile',
      'root.pem',
      '-untrusted',
      'issuing.pem',
    ];
    expect(run(directory, 'openssl', [...verify, '-CRLfile', 'lists.txt', 'ivanov.pem'])).toContain(
      'ivanov.pem: OK',
    );
    expect(run(directory, 'openssl', [...verify, '-CRLfile', 'lists.txt', 'petrov.pem'], 2)).toContain(
      'certificate revoked',
    );
    expect(
      run(directory, 'openssl', [...verify, '-CRLfile', 'root-list-only.txt', 'ivanov.pem'], 2),
    ).toContain('unable to get certificate CRL');
  });

  test('GnuTLS verifies the signature and shows the same entry', () => {
    const directory = directoryWith({
      'list.crl': issue(),
      'issuing.der': authorities.issuing.certificateDer,
    });
    const info = run(directory, 'certtool', ['--crl-info', '--inder', '--infile', 'list.crl']);
    expect(info).toContain('Version: 2');
    expect(info).toContain('Revoked certificates (1)');
    const verified = run(directory, 'certtool', [
      '--verify-crl',
      '--inder',
      '--infile',
      'list.crl',
      '--load-ca-certificate',
      'issuing.der',
    ]);
    expect(verified).toContain('Verification output: Verified');
  });
});

describe('a TLS server of Node that uses the list', () => {
  async function authorizationOf(client: Awaited<ReturnType<typeof issueFor>>): Promise<string> {
    const server = await createDemoServerCertificate(
      { commonName: 'Demo', hostNames: ['crm.propusk.localhost'] },
      depsAt(NOW),
    );
    const { root, issuing } = authorities;
    const tlsServer = createServer({
      cert: server.certificatesPem,
      key: server.privateKeyPem,
      ca: [encodePem('CERTIFICATE', root.certificateDer), encodePem('CERTIFICATE', issuing.certificateDer)],
      crl: [encodePem('X509 CRL', issueRootList()), encodePem('X509 CRL', issue())],
      requestCert: true,
      rejectUnauthorized: false,
    });
    tlsServer.listen(0, '127.0.0.1');
    onTestFinished(() => void tlsServer.close());
    await once(tlsServer, 'listening');
    const socket = connect({
      port: (tlsServer.address() as AddressInfo).port,
      host: '127.0.0.1',
      servername: 'crm.propusk.localhost',
      ca: server.authorityPem,
      cert: encodePem('CERTIFICATE', client.certificateDer),
      key: encodePem('PRIVATE KEY', client.keyPair.privateKeyPkcs8),
    });
    onTestFinished(() => void socket.destroy());
    const [[serverSocket]] = (await Promise.all([
      once(tlsServer, 'secureConnection'),
      once(socket, 'secureConnect'),
    ])) as [[TLSSocket], unknown];
    // The client trusted the demonstration server by its authority alone.
    expect(socket.authorized).toBe(true);
    const error = serverSocket.authorizationError as unknown;
    serverSocket.destroy();
    return error === null || error === undefined ? 'authorized' : String(error);
  }

  test('lets the good certificate pass', async () => {
    expect(await authorizationOf(ivanov)).toBe('authorized');
  });

  test('refuses the revoked one', async () => {
    expect(await authorizationOf(petrov)).toBe('CERT_REVOKED');
  });
});

describe('reading a list back', () => {
  test('gives what was written, for every reason', () => {
    const entries = REVOCATION_REASONS.map((reason) => ({
      serialNumber: makeSerialNumber(systemRandom),
      revokedAt: NOW,
      reason,
    }));
    const unspecified = { serialNumber: '00ff' as SerialNumber, revokedAt: new Date('2051-01-01T00:00:00Z') };
    const list = parseRevocationList(issue({ number: 2n ** 100n, entries: [...entries, unspecified] }));
    expect(list).toMatchObject({
      number: 2n ** 100n,
      thisUpdate: NOW,
      nextUpdate: TOMORROW,
      covers: 'user-certificates',
      distributionPointUrls: [ADDRESSES.revocationListUrl],
      authorityKeyIdentifier: authorities.issuing.issuer.keyIdentifier,
      criticalExtensions: ['2.5.29.28'],
      entries: [...entries, unspecified],
    });
    expect(isRevocationListSignedBy(list, authorities.issuing.issuer.certificate)).toBe(true);
    expect(isRevocationListSignedBy(list, authorities.root.issuer.certificate)).toBe(false);
  });

  test('one changed bit of an entry is noticed', () => {
    const der = issue();
    const position = Buffer.from(der).indexOf(Buffer.from(petrov.certificate.serialNumber, 'hex')) + 3;
    der[position] = (der[position] ?? 0) ^ 1;
    expect(isRevocationListSignedBy(parseRevocationList(der), authorities.issuing.issuer.certificate)).toBe(
      false,
    );
  });

  test('100,000 entries are written and read, and OpenSSL verifies them', () => {
    const reasons: (RevocationReason | undefined)[] = ['superseded', 'keyCompromise', undefined];
    const entries = Array.from({ length: 100_000 }, (_, index) => {
      const reason = reasons[index % 3];
      return { serialNumber: makeSerialNumber(systemRandom), revokedAt: NOW, ...(reason && { reason }) };
    });
    const der = issue({ entries });
    const list = parseRevocationList(der);
    expect(list.entries).toHaveLength(100_000);
    expect(list.entries[99_999]).toEqual(entries[99_999]);
    const directory = directoryWith({ 'list.crl': der, 'issuing.pem': authorities.issuing.certificateDer });
    const options = [
      'crl',
      '-inform',
      'DER',
      '-in',
      'list.crl',
      '-noout',
      '-crlnumber',
      '-CAfile',
      'issuing.pem',
    ];
    expect(run(directory, 'openssl', options)).toContain('verify OK');
  });
});

describe('what a list cannot have', () => {
  const serialNumber = '01' as SerialNumber;
  test.each<[string, Partial<RevocationListInput>]>([
    ['an end before its beginning', { nextUpdate: NOW }],
    ['a negative number', { number: -1 }],
    ['a number of 21 octets', { number: 2n ** 160n }],
    ['a serial number twice', { entries: [1, 2].map(() => ({ serialNumber, revokedAt: NOW })) }],
    ['a serial number that is none', { entries: [{ serialNumber: '1' as SerialNumber, revokedAt: NOW }] }],
    ['an address that is none', { distributionPointUrl: 'issuing.crl' }],
  ])('%s', (_, change) => {
    expect(problemOf(() => issue(change)).code).toBe('certificate-unusable');
  });
});
