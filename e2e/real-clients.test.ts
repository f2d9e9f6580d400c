import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificateAuthority, type KeyPairFiles } from './harness/certificate-authority.ts';
import type { CurlRequest } from './harness/curl.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { opensslClient } from './harness/openssl-client.ts';
import { readCookies } from './product/cookie-jar.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { certificateField, forgeLookAlike } from './product/look-alike.ts';
import { createVisitor, type IssuedFile, toPem, type Visitor } from './product/visitor.ts';

const VERSIONS = [
  ['1.2', '1.1'],
  ['1.2', '2'],
  ['1.3', '1.1'],
  ['1.3', '2'],
] as const satisfies readonly (readonly [CurlRequest['tls'], CurlRequest['http']])[];
const WEBSOCKET = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

let lab: Lab;
let demo: Demo;
let ivanov: Visitor;
let ivanovFile: IssuedFile;
let petrovFile: IssuedFile;

beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
  ivanov = await createVisitor(lab, demo, 'ivanov');
  ivanovFile = await ivanov.download();
  petrovFile = await (await createVisitor(lab, demo, 'petrov')).download();
  expect((await ivanov.enter(ivanovFile.pem)).status).toBe(200);
});
afterAll(() => lab.close());

/** What a script of the CRM would ask; the answer says whom the CRM sees, or why nobody is let in. */
function whoami(visitor: Visitor, certificate: KeyPairFiles | undefined, more: Partial<CurlRequest> = {}) {
  return visitor.request({
    url: `${demo.crmUrl}/whoami.json`,
    ...(certificate === undefined ? {} : { certificate }),
    ...more,
  });
}

function codeOf(answer: { readonly text: string; readonly headers: ReadonlyMap<string, readonly string[]> }) {
  expect(answer.headers.get('content-type')).toEqual([expect.stringContaining('application/problem+json')]);
  return (JSON.parse(answer.text) as { code: string }).code;
}

describe.each(VERSIONS)('over TLS %s and HTTP/%s', (tls, http) => {
  test('the right certificate opens the CRM under the right login', async () => {
    const answer = await whoami(ivanov, ivanovFile.pem, { tls, http });
    expect([answer.status, answer.httpVersion]).toEqual([200, http]);
    expect(JSON.parse(answer.text)).toMatchObject({ identity: { login: 'ivanov', name: 'Иванов Иван' } });
  });

  test('no certificate and another’s are refused with their codes', async () => {
    const without = await whoami(ivanov, undefined, { tls, http });
    expect([without.status, codeOf(without)]).toEqual([403, 'certificate-not-presented']);
    const others = await whoami(ivanov, petrovFile.pem, { tls, http });
    expect([others.status, codeOf(others)]).toEqual([403, 'certificate-mismatch']);
  });

  test('a certificate without a session is asked to sign in, not let in', async () => {
    const stranger = await createVisitor(lab, demo, 'ivanov');
    const answer = await whoami(stranger, ivanovFile.pem, { tls, http });
    expect([answer.status, codeOf(answer)]).toEqual([401, 'sign-in-required']);
  });
});

describe.each(['1.2', '1.3'] as const)('a resumed session of TLS %s', (tls) => {
  const ask = async (given: { certificate?: KeyPairFiles; sessionIn?: string; sessionOut?: string }) =>
    opensslClient({
      port: demo.port,
      serverName: demo.crmHost,
      tls,
      input: [
        'GET /whoami.json HTTP/1.1',
        `Host: ${demo.crmHost}:${demo.port}`,
        `Cookie: ${await readCookies(ivanov.cookieJar, demo.crmHost)}`,
        'Connection: close',
        '\r\n',
      ].join('\r\n'),
      ...given,
    });

  test('that began with the certificate opens the CRM again', async () => {
    const sessionOut = join(lab.directory, `with-${tls}`);
    const first = await ask({ certificate: ivanovFile.pem, sessionOut });
    expect([first.handshake, first.certificateRequested, first.status]).toEqual(['full', true, 200]);
    const again = await ask({ sessionIn: sessionOut });
    expect([again.handshake, again.status]).toEqual(['resumed', 200]);
    expect(again.text).toContain('"login":"ivanov"');
  });

  test('that began without one stays without, whatever is at hand now', async () => {
    const sessionOut = join(lab.directory, `without-${tls}`);
    const first = await ask({ sessionOut });
    expect([first.handshake, first.status]).toEqual(['full', 403]);
    const again = await ask({ sessionIn: sessionOut, certificate: ivanovFile.pem });
    expect([again.handshake, again.status]).toEqual(['resumed', 403]);
    expect(again.text).toContain('certificate-not-presented');
  });
});

describe('a certificate that only looks right', () => {
  test('a foreign authority’s with the same CN is refused', async () => {
    const foreign = await createCertificateAuthority(join(lab.directory, 'foreign'), 'Propusk Access CA');
    const answer = await whoami(ivanov, await foreign.issueClient('ivanov'));
    expect([answer.status, codeOf(answer)]).toEqual([403, 'certificate-mismatch']);
  });

  test('one with equal subject, issuer and serial number but other bytes is refused', async () => {
    const genuine = ivanovFile.pem.certificatePem;
    const forged = await forgeLookAlike(join(lab.directory, 'look-alike'), genuine);
    for (const field of ['subject', 'issuer', 'serial'] as const) {
      expect(await certificateField(forged.certificatePem, field)).toBe(
        await certificateField(genuine, field),
      );
    }
    expect(await certificateField(forged.certificatePem, 'fingerprint')).not.toBe(
      await certificateField(genuine, 'fingerprint'),
    );
    const answer = await whoami(ivanov, forged);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'certificate-mismatch']);
  });

  test('a superseded one is refused, and the new one opens', async () => {
    const admin = await createVisitor(lab, demo, 'admin');
    const former = await admin.download();
    expect((await admin.enter(former.pem)).status).toBe(200);
    const out = join(lab.directory, 'recovered.pfx');
    const { password } = await demo.propuskJson<{ password: string }>(
      'account',
      'recover',
      'admin',
      '--out',
      out,
    );
    const answer = await whoami(admin, former.pem);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'certificate-mismatch']);
    const recovered = await toPem(out, password, join(lab.directory, 'recovered'));
    expect((await whoami(admin, recovered)).status).toBe(200);
  });
});

describe('what is no navigation is refused as problem+json', () => {
  test.each([
    ['a script of a page', ['Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty', 'Accept: text/html, */*']],
    ['an old client', ['X-Requested-With: XMLHttpRequest', 'Accept: application/json']],
    ['a WebSocket', WEBSOCKET],
  ])('%s: 401 without a session, 403 without the certificate', async (_who, headers) => {
    const stranger = await createVisitor(lab, demo, 'ivanov');
    const url = `${demo.crmUrl}/live`;
    const unknown = await stranger.request({ url, headers, http: '1.1', certificate: ivanovFile.pem });
    expect([unknown.status, codeOf(unknown)]).toEqual([401, 'sign-in-required']);
    const without = await ivanov.request({ url, headers, http: '1.1' });
    expect([without.status, codeOf(without)]).toEqual([403, 'certificate-not-presented']);
  });

  test('a navigation is led to the page that explains', async () => {
    const headers = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document', 'Accept: text/html'];
    const answer = await ivanov.request({ url: `${demo.crmUrl}/?status=open`, headers });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')?.[0]).toMatch(`${demo.portalUrl}/refused?decision=`);
  });
});

test('a blocked account loses its session, and is told why at the next one', async () => {
  await demo.addAccount('orlov', '+79161110002');
  const orlov = await createVisitor(lab, demo, 'orlov');
  const file = await orlov.download();
  expect((await orlov.enter(file.pem)).status).toBe(200);
  await demo.propuskJson('account', 'block', 'orlov');
  const ended = await whoami(orlov, file.pem);
  expect([ended.status, codeOf(ended)]).toEqual([401, 'sign-in-required']);
  // Signed in anew and handed over: led to the refusal, whose reason the portal tells.
  await orlov.enter(file.pem);
  const refused = await whoami(orlov, file.pem);
  expect([refused.status, codeOf(refused)]).toEqual([403, 'account-blocked']);
  const told = await orlov.request({ url: `${demo.portalUrl}/api/refusal` });
  expect(JSON.parse(told.text)).toMatchObject({ reason: 'account-blocked' });
});
