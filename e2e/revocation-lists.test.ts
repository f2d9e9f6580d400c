import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CurlResponse, curl } from './harness/curl.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { runCommand, runToSuccess } from './harness/run-command.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { createVisitor, type IssuedFile } from './product/visitor.ts';

let lab: Lab;
let demo: Demo;
let ivanov: IssuedFile;
let petrov: IssuedFile;

beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
  ivanov = await (await createVisitor(lab, demo, 'ivanov')).download();
  petrov = await (await createVisitor(lab, demo, 'petrov')).download();
});
afterAll(() => lab.close());

/** The address exactly as it stands in a certificate, fetched as any program that checks it would. */
const fetchPlain = (url: string): Promise<CurlResponse> => curl({ url });

async function addressesIn(certificatePem: string, scheme: RegExp): Promise<string> {
  const text = await runToSuccess('openssl', ['x509', '-in', certificatePem, '-noout', '-text']);
  const [address] = scheme.exec(text)?.slice(1) ?? [];
  if (address === undefined) throw new Error(`no address of that kind in ${certificatePem}`);
  return address;
}
const LIST = /CRL Distribution Points[\s\S]*?URI:(http:\S+)/;
const ISSUER = /CA Issuers - URI:(http:\S+)/;

async function toPem(kind: 'x509' | 'crl', der: Buffer, name: string): Promise<string> {
  const file = join(lab.directory, name);
  await writeFile(`${file}.der`, der);
  await runToSuccess('openssl', [kind, '-inform', 'DER', '-in', `${file}.der`, '-out', file]);
  return file;
}

/** Everything that a checker finds by following the addresses from a leaf: authorities and their lists. */
async function collectPath(leaf: string, name: string) {
  const issuerAnswer = await fetchPlain(await addressesIn(leaf, ISSUER));
  expect([issuerAnswer.status, issuerAnswer.headers.get('content-type')]).toEqual([
    200,
    ['application/pkix-cert'],
  ]);
  const issuer = await toPem('x509', issuerAnswer.body, `${name}-issuer.pem`);
  const rootAnswer = await fetchPlain(await addressesIn(issuer, ISSUER));
  const root = await toPem('x509', rootAnswer.body, `${name}-root.pem`);
  const lists: string[] = [];
  for (const [index, certificate] of [leaf, issuer].entries()) {
    const answer = await fetchPlain(await addressesIn(certificate, LIST));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, ['application/pkix-crl']]);
    lists.push(await toPem('crl', answer.body, `${name}-${index}.crl`));
  }
  return { issuer, root, lists };
}

async function verify(leaf: string, name: string) {
  const { issuer, root, lists } = await collectPath(leaf, name);
  const { exitCode, stdout, stderr } = await runCommand('openssl', [
    ...['verify', '-x509_strict', '-purpose', 'sslclient', '-crl_check_all'],
    ...['-CAfile', root, '-untrusted', issuer, ...lists.flatMap((list) => ['-CRLfile', list]), leaf],
  ]);
  return { exitCode, said: `${stdout}${stderr}` };
}

describe('the listener without TLS', () => {
  test('has all that openssl verify -crl_check_all needs, and the list tells a revocation at once', async () => {
    const good = await verify(ivanov.pem.certificatePem, 'before');
    expect(good).toMatchObject({ exitCode: 0, said: expect.stringContaining('OK') });

    const [certificate] = await demo.propuskJson<{ serialNumber: string }[]>('certificate', 'list', 'ivanov');
    const serialNumber = certificate?.serialNumber ?? '';
    await demo.propuskJson('certificate', 'revoke', serialNumber, '--reason', 'keyCompromise');

    // A list is renewed by the server's next look at what changed, not by the command.
    await expect
      .poll(async () => (await verify(ivanov.pem.certificatePem, 'after')).said)
      .toContain('certificate revoked');
    const { exitCode } = await verify(ivanov.pem.certificatePem, 'after');
    expect(exitCode).not.toBe(0);
    expect(await verify(petrov.pem.certificatePem, 'other')).toMatchObject({ exitCode: 0 });

    const { lists } = await collectPath(ivanov.pem.certificatePem, 'list');
    const text = await runToSuccess('openssl', ['crl', '-in', lists[0] ?? '', '-noout', '-text']);
    // As a number: without the zero octet that DER puts before a set first bit.
    expect(text.toLowerCase()).toContain(`serial number: ${serialNumber.replace(/^00/, '').toLowerCase()}`);
    expect(text).toContain('Key Compromise');
    expect(text).toContain('X509v3 CRL Number');
  });

  test.each(['/', '/tickets/1?x=1', '/pki/', '/pki/../x', '/.propusk/jwks.json'])(
    'redirects %s to https, nothing lost of the path',
    async (path) => {
      for (const host of ['crm.propusk.localhost', 'id.propusk.localhost']) {
        const answer = await curl({ url: `http://${host}:${demo.httpPort}${path}` });
        expect([answer.status, answer.headers.get('location')]).toEqual([
          308,
          [`https://${host}:${demo.port}${path}`],
        ]);
      }
    },
  );

  test('is no open redirect, and takes no forms', async () => {
    const url = `http://crm.propusk.localhost:${demo.httpPort}/`;
    const foreign = await curl({ url, headers: ['Host: evil.example'] });
    expect([foreign.status, foreign.headers.get('location')]).toEqual([404, undefined]);
    const form = await curl({ url, method: 'POST', body: 'password=x' });
    expect(form.status).toBe(405);
    const twoSlashes = await curl({ url: `${url}/evil.example/` });
    expect(twoSlashes.headers.get('location')).toBeUndefined();
  });
});

test('the keys of the assertions need neither a session nor a certificate', async () => {
  for (const http of ['1.1', '2'] as const) {
    const answer = await curl({
      url: `${demo.crmUrl}/.propusk/jwks.json`,
      caPem: demo.serverCaPem,
      http,
    });
    expect(answer.status).toBe(200);
    const { keys } = JSON.parse(answer.text) as { keys: Record<string, unknown>[] };
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
      expect(key).not.toHaveProperty('d');
    }
  }
});
