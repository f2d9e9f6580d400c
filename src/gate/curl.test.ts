import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CRM, type GateLab, openGateLab } from './testing/gate-lab.ts';

let lab: GateLab;
let directory: string;
beforeAll(async () => {
  lab = await openGateLab();
  directory = mkdtempSync(join(tmpdir(), 'propusk-curl-'));
  writeFileSync(join(directory, 'ca.pem'), lab.cast.server.authorityPem);
  writeFileSync(join(directory, 'ivanov.pem'), lab.cast.ivanov.certificatePem + lab.cast.ivanov.keyPem);
});
afterAll(async () => {
  await lab.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The public port of the lab is 8443, the real one any. */
async function curl(...args: string[]): Promise<{ status: string; version: string; body: string }> {
  const { stdout } = await promisify(execFile)(
    'curl',
    [
      ...['--silent', '--show-error', '--cacert', 'ca.pem', '--max-time', '20'],
      ...[
        '--connect-to',
        `${CRM}:8443:127.0.0.1:${lab.port}`,
        '--write-out',
        '\n%{http_code} %{http_version}',
      ],
      ...args,
    ],
    { cwd: directory, encoding: 'utf8' },
  );
  const lines = stdout.split('\n');
  const [status = '', version = ''] = (lines.pop() ?? '').split(' ');
  return { status, version, body: lines.join('\n') };
}

const signedIn = (): string[] => ['--cookie', `__Host-propusk-session=${lab.cast.ivanov.token}`];
const withCertificate = ['--cert', 'ivanov.pem', '--key', 'ivanov.pem'];

test.each([
  ['1.1', '--http1.1', '--tls-max', '1.2'],
  ['1.1', '--http1.1', '--tlsv1.3'],
  ['2', '--http2', '--tls-max', '1.2'],
  ['2', '--http2', '--tlsv1.3'],
])('curl enters over HTTP/%s with %s %s', async (version, ...options) => {
  const answer = await curl(...options, ...signedIn(), ...withCertificate, `https://${CRM}:8443/tickets`);
  expect(answer).toMatchObject({ status: '200', version, body: '{"seen":"/tickets"}' });
});

test.each(['--http1.1', '--http2'])('curl uploads with %s, announced and in chunks', async (version) => {
  lab.upstream.clear();
  const file = join(directory, 'upload.bin');
  writeFileSync(file, 'x'.repeat(300_000));
  for (const header of ['Expect: 100-continue', 'Transfer-Encoding: chunked']) {
    const answer = await curl(
      version,
      ...signedIn(),
      ...withCertificate,
      '--header',
      header,
      '--data-binary',
      `@${file}`,
      `https://${CRM}:8443/upload`,
    );
    expect(answer.status).toBe('200');
    expect(lab.upstream.requests.at(-1)?.body.length).toBe(300_000);
  }
});

test('curl without a certificate reads why it may not enter', async () => {
  const answer = await curl(...signedIn(), `https://${CRM}:8443/tickets`);
  expect(answer.status).toBe('403');
  expect(JSON.parse(answer.body).code).toBe('certificate-not-presented');
});

test('curl with raw dots and backslashes in its path is refused', async () => {
  for (const path of ['/x/../.propusk/callback', '/.propusk\\callback', '/./.propusk/x']) {
    const answer = await curl(
      '--path-as-is',
      ...signedIn(),
      ...withCertificate,
      `https://${CRM}:8443${path}`,
    );
    expect(answer.status, path).toBe('400');
  }
});
