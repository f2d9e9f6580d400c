import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { encodePem } from '../pem/pem.ts';
import { run } from '../testing/run-program.ts';
import { makeAuthority, makeCertificate } from '../validation/testing/test-pki.ts';
import { buildOcspRequest } from './build-request.ts';
import { parseOcspRequest } from './parse-request.ts';

test('a question is octet for octet the one that OpenSSL asks', () => {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-ocsp-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const authority = makeAuthority('CN=Authority,O=Somebody');
  const { certificate } = makeCertificate('CN=Person', { issuer: authority });
  for (const [name, { der }] of [
    ['ca', authority.certificate],
    ['person', certificate],
  ] as const) {
    writeFileSync(join(directory, `${name}.pem`), encodePem('CERTIFICATE', der));
  }
  const about = ['-issuer', 'ca.pem', '-cert', 'person.pem'];
  run(directory, 'openssl', ['ocsp', ...about, '-no_nonce', '-reqout', 'request.der']);
  const request = buildOcspRequest(certificate, authority.certificate.publicKeySpki);
  expect(Buffer.from(request).equals(readFileSync(join(directory, 'request.der')))).toBe(true);
  expect(parseOcspRequest(request).certificates).toMatchObject([{ serialNumber: certificate.serialNumber }]);
});
