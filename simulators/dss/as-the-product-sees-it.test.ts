import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSignedData } from '../../src/pki/cms/read-signed-data.ts';
import { verifySignedData } from '../../src/pki/cms/verify-signed-data.ts';
import { parseRevocationList } from '../../src/pki/crl/parse-revocation-list.ts';
import { parseCertificate } from '../../src/pki/x509/certificate.ts';
import { startTestSimulator, type TestSimulator } from './testing/client.ts';
import { SigningClient } from './testing/signing-client.ts';

let simulator: TestSimulator;
let client: SigningClient;

beforeAll(async () => {
  simulator = await startTestSimulator();
  client = new SigningClient(simulator);
});

afterAll(() => simulator.close());

const DOCUMENT = Buffer.from('случайный текст');

// mobile has a key of 512 bits, sms one of another curve of 256.
describe.each([
  ['mobile', 'dss-mobile', 'rsa'],
  ['mobile', 'dss-mobile', 'gost'],
  ['sim', '', 'gost'],
  ['sms', 'dss-sms', 'gost'],
] as const)('the signature of %s', (login, password, algorithm) => {
  test.each(['true', 'false'])(
    `in ${algorithm}, detached: %s, is verified by the product`,
    async (IsDetached) => {
      const token = await client.signInAs(login, password);
      const id = await client.idOf(token, algorithm);
      await fetch(`${simulator.url}/practice/policy`, {
        method: 'POST',
        body: JSON.stringify({ login, action: 'SignDocument', required: false }),
      });
      const response = await fetch(`${client.signServer}/api/documents`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({
          Content: DOCUMENT.toString('base64'),
          Name: 'a.txt',
          Signature: { CertificateId: id, Type: 5, Parameters: { IsDetached } },
        }),
      });
      const signedData = readSignedData(Buffer.from((await response.json()) as string, 'base64'));
      const certificates = signedData.certificatesDer.map((one) => parseCertificate(one));
      const detached = IsDetached === 'true' ? DOCUMENT : undefined;
      expect(verifySignedData(signedData, certificates, detached)).toMatchObject([{ kind: 'verified' }]);
    },
  );
});

test('its certificates are parsed, all but the damaged one', async () => {
  const states = await client.certificates(await client.signInAs('states'));
  for (const { CertificateBase64 } of states) {
    expect(parseCertificate(Buffer.from(CertificateBase64, 'base64')).serialNumber).toMatch(/^[\da-f]+$/i);
  }
  const damaged = await client.certificates(await client.signInAs('damaged'));
  expect(() => parseCertificate(Buffer.from(damaged[1]?.CertificateBase64 ?? '', 'base64'))).toThrow();
});

test.each(['rsa', 'rsa-root', 'gost', 'gost-root'])('the list %s is parsed', async (name) => {
  const response = await fetch(`${simulator.url}/ca/${name}.crl`);
  const list = parseRevocationList(new Uint8Array(await response.arrayBuffer()));
  expect(list.nextUpdate?.getTime()).toBeGreaterThan(Date.now());
});
