import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeServerCertificate } from '../http/testing/server-certificate.ts';
import type { Person } from './testing/cast.ts';
import { CRM, DOCS, type GateLab, headOf, openGateLab, wait } from './testing/gate-lab.ts';

let lab: GateLab;
let directory: string;
beforeAll(async () => {
  lab = await openGateLab();
  directory = mkdtempSync(join(tmpdir(), 'propusk-gate-'));
  writeFileSync(join(directory, 'server-ca.pem'), lab.cast.server.authorityPem);
  for (const person of [lab.cast.ivanov, lab.cast.petrov]) {
    writeFileSync(join(directory, `${person.login}.pem`), person.certificatePem + person.keyPem);
  }
  // Somebody else's authority, the same subject: only the octets tell them apart.
  const forged = makeServerCertificate('ivanov');
  writeFileSync(join(directory, 'forged.pem'), forged.cert + forged.key);
});
afterAll(async () => {
  await lab.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A request by `openssl s_client`; the session can be written to a file and taken from one. */
function sClient(
  request: string,
  options: { version: string; certificate?: string; out?: string; in?: string; host?: string },
): Promise<{ output: string; reused: boolean; body: string }> {
  const { version, certificate, out, in: input, host = CRM } = options;
  const args = [
    ...['s_client', '-connect', `127.0.0.1:${lab.port}`, '-servername', host, `-${version}`],
    ...['-CAfile', 'server-ca.pem', '-verify_hostname', host, '-verify_return_error', '-ign_eof'],
    ...(certificate ? ['-cert', certificate, '-key', certificate] : []),
    ...(out ? ['-sess_out', out] : []),
    ...(input ? ['-sess_in', input] : []),
  ];
  return new Promise((resolve) => {
    const child = spawn('openssl', args, { cwd: directory });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdin.write(request);
    child.on('close', () => {
      resolve({ output, reused: /^Reused, /m.test(output), body: output.split('HTTP/1.1 ')[1] ?? '' });
    });
  });
}

const get = (person: Person): string => `${headOf(person, 'GET / HTTP/1.1', 'Connection: close')}\r\n`;

describe.each(['tls1_2', 'tls1_3'])('a session of %s', (version) => {
  test('that began with the certificate shows it again when it is resumed', async () => {
    const out = `${version}-with.pem`;
    const first = await sClient(get(lab.cast.ivanov), { version, certificate: 'ivanov.pem', out });
    expect(first.body).toMatch(/^200 /);
    const resumed = await sClient(get(lab.cast.ivanov), { version, in: out });
    expect(resumed.reused).toBe(true);
    expect(resumed.body).toMatch(/^200 /);
    // The same session, another person's token: what the connection shows is still ivanov's.
    const petrovs = await sClient(get(lab.cast.petrov), { version, in: out });
    expect(petrovs.body).toMatch(/^403 /);
    expect(petrovs.body).toContain('certificate-mismatch');
  });

  test('that began without a certificate is nobody’s when it is resumed', async () => {
    const out = `${version}-without.pem`;
    const first = await sClient(get(lab.cast.ivanov), { version, out });
    expect(first.body).toContain('certificate-not-presented');
    const resumed = await sClient(get(lab.cast.ivanov), { version, certificate: 'ivanov.pem', in: out });
    expect(resumed.reused).toBe(true);
    expect(resumed.body).toContain('certificate-not-presented');
  });

  test('that was refused as a page is not resumed: the browser asks again', async () => {
    const page = `${headOf(lab.cast.ivanov, 'GET / HTTP/1.1', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document', 'Connection: close')}\r\n`;
    for (const round of [1, 2]) {
      const out = `${version}-refused-${round}.pem`;
      const first = await sClient(page, { version, out });
      expect(first.body).toMatch(/^303 /);
      // The second one comes within a second of the first: its sessions end a second later.
      await wait(1_100);
      const again = await sClient(get(lab.cast.ivanov), { version, certificate: 'ivanov.pem', in: out });
      expect(again.reused).toBe(false);
      expect(again.body).toMatch(/^200 /);
    }
  });

  test('that was made at another application is decided about like every other', async () => {
    const out = `${version}-docs.pem`;
    await sClient(get(lab.cast.ivanov).replace(CRM, DOCS), {
      version,
      certificate: 'ivanov.pem',
      out,
      host: DOCS,
    });
    const crossed = await sClient(get(lab.cast.petrov), { version, in: out });
    expect(crossed.body).toMatch(/^403 /);
  });

  test('after its certificate was revoked is refused when it is resumed', async () => {
    const { ivanov } = lab.cast;
    const out = `${version}-revoked.pem`;
    await sClient(get(ivanov), { version, certificate: 'ivanov.pem', out });
    if (ivanov.entry.current.kind !== 'issued') throw new Error();
    lab.database.sign(ivanov.token, {
      ...ivanov.entry,
      current: { ...ivanov.entry.current, status: 'revoked' },
    });
    const resumed = await sClient(get(ivanov), { version, in: out });
    lab.database.sign(ivanov.token, ivanov.entry);
    expect(resumed.reused).toBe(true);
    expect(resumed.body).toContain('certificate-revoked');
  });

  test('with a certificate of the same name from a foreign authority is refused with its reason', async () => {
    const answer = await sClient(get(lab.cast.ivanov), { version, certificate: 'forged.pem' });
    expect(answer.body).toMatch(/^403 /);
    expect(answer.body).toContain('certificate-mismatch');
  });
});

test('the picker is told our authorities and no others', async () => {
  const { output } = await sClient(get(lab.cast.ivanov), { version: 'tls1_2' });
  const names =
    /Acceptable client certificate CA names\n([\s\S]*?)\n(?:Client Certificate Types|Requested)/.exec(output);
  expect(names?.[1]?.split('\n').map((line) => line.trim())).toEqual(['CN = Access 1', 'CN = Access Root']);
});

test('renegotiation, by which another certificate could be shown, is refused', async () => {
  const socket = tls.connect({ ...lab.connectOptions(lab.cast.ivanov), maxVersion: 'TLSv1.2' });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  const error = await new Promise<Error | null>((resolve) => {
    socket.renegotiate({ rejectUnauthorized: false }, resolve);
    socket.once('close', () => resolve(new Error('closed')));
  });
  expect(error?.message).toMatch(/no renegotiation|closed/i);
  socket.destroy();
});

test('versions before TLS 1.2 are not spoken', async () => {
  const { output } = await sClient(get(lab.cast.ivanov), { version: 'tls1_1' });
  expect(output).not.toContain('HTTP/1.1');
});
