import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDer } from '../der/der-element.ts';
import { readSignatureBytes } from '../der/der-values.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { verifySignature } from './verify-signature.ts';

/** The example of a certificate in TC26's specification of GOST R 34.10-2012 in X.509; CryptoPro-XchA, 256 bits. */
const EXAMPLE = `
MIICYjCCAg+gAwIBAgIBATAKBggqhQMHAQEDAjBWMSkwJwYJKoZIhvcNAQkBFhpH
b3N0UjM0MTAtMjAxMkBleGFtcGxlLmNvbTEpMCcGA1UEAxMgR29zdFIzNDEwLTIw
MTIgKDI1NiBiaXQpIGV4YW1wbGUwHhcNMTMxMTA1MTQwMjM3WhcNMzAxMTAxMTQw
MjM3WjBWMSkwJwYJKoZIhvcNAQkBFhpHb3N0UjM0MTAtMjAxMkBleGFtcGxlLmNv
bTEpMCcGA1UEAxMgR29zdFIzNDEwLTIwMTIgKDI1NiBiaXQpIGV4YW1wbGUwZjAf
BggqhQMHAQEBATATBgcqhQMCAiQABggqhQMHAQECAgNDAARAut/Qw1MUq9KPqkdH
C2xAF3K7TugHfo9n525D2s5mFZdD5pwf90/i4vF0mFmr9nfRwMYP4o0Pg1mOn5Rl
aXNYraOBwDCBvTAdBgNVHQ4EFgQU1fIeN1HaPbw+XWUzbkJ+kHJUT0AwCwYDVR0P
BAQDAgHGMA8GA1UdEwQIMAYBAf8CAQEwfgYDVR0BBHcwdYAU1fIeN1HaPbw+XWUz
bkJ+kHJUT0ChWqRYMFYxKTAnBgkqhkiG9w0BCQEWGkdvc3RSMzQxMC0yMDEyQGV4
YW1wbGUuY29tMSkwJwYDVQQDEyBHb3N0UjM0MTAtMjAxMiAoMjU2IGJpdCkgZXhh
bXBsZYIBATAKBggqhQMHAQEDAgNBAF5bm4BbARR6hJLEoWJkOsYV3Hd7kXQQjz3C
dqQfmHrz6TI6Xojdh/t8ckODv/587NS5/6KsM77vc6Wh90NAT2s=`;

it('the example certificate of TC26 is verified', () => {
  const { tbsDer, publicKeySpki, signature } = parseCertificate(Buffer.from(EXAMPLE, 'base64'));
  const input = {
    signatureAlgorithm: signature.algorithmDer,
    subjectPublicKeyInfo: publicKeySpki,
    signedBytes: tbsDer,
    signature: signature.value,
  };
  expect(verifySignature(input)).toBe('verified');
  expect(verifySignature({ ...input, signedBytes: tbsDer.subarray(1) })).toBe('mismatch');
});

describe('what the GOST engine of OpenSSL signs besides certificates', () => {
  for (const [algorithm, set] of [
    ['gost2012_256', 'TCB'],
    ['gost2012_512', 'B'],
  ] as const) {
    it(`is verified: a revocation list and a request, ${algorithm}`, () => {
      const directory = directoryWith({
        'ca.cnf': `[ca]\ndefault_ca=d\n[d]\ndatabase=index\ncrlnumber=number\ndefault_md=md_gost12_${algorithm.slice(-3)}\n`,
        index: 'R\t291231235959Z\t251231235959Z,keyCompromise\t0A\tunknown\t/CN=petrov\n',
        number: '01\n',
      });
      const engine = ['-engine', 'gost'];
      const openssl = (...args: string[]) => run(directory, 'openssl', args);
      openssl('genpkey', ...engine, '-algorithm', algorithm, '-pkeyopt', `paramset:${set}`, '-out', 'key');
      openssl('pkey', ...engine, '-in', 'key', '-pubout', '-outform', 'DER', '-out', 'public');
      openssl('req', ...engine, '-x509', '-new', '-key', 'key', '-subj', '/CN=root', '-out', 'certificate');
      openssl(
        'req',
        ...engine,
        '-new',
        '-key',
        'key',
        '-subj',
        '/CN=ivanov',
        '-outform',
        'DER',
        '-out',
        'request',
      );
      openssl(
        'ca',
        ...engine,
        '-config',
        'ca.cnf',
        '-gencrl',
        '-crldays',
        '1',
        '-keyfile',
        'key',
        '-cert',
        'certificate',
        '-out',
        'list.pem',
      );
      openssl('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list');
      const subjectPublicKeyInfo = readFileSync(join(directory, 'public'));
      for (const name of ['request', 'list']) {
        const [signed, signatureAlgorithm, signature] = readDer(readFileSync(join(directory, name)), name)
          .reader()
          .rest();
        if (!signed || !signatureAlgorithm || !signature) throw new Error(name);
        const input = {
          signatureAlgorithm: signatureAlgorithm.der,
          subjectPublicKeyInfo,
          signedBytes: signed.der,
          signature: readSignatureBytes(signature, 'signature'),
        };
        expect([name, verifySignature(input)]).toEqual([name, 'verified']);
        expect(verifySignature({ ...input, signedBytes: signed.content })).toBe('mismatch');
      }
    });
  }
});
