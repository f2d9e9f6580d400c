import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGostOnlyServer } from './gost-only-tls.ts';
import { basic, bearer, DesktopManager, post } from './testing/client.ts';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));

let folder: string;
let child: ChildProcess;
const said: string[] = [];
let url = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dss-program-'));
  // No program is found on this path: neither OpenSSL nor its engine.
  child = spawn(
    process.execPath,
    [PROGRAM, '--port', '0', '--tls-port', '0', '--authority-out', join(folder, 'authority.pem')],
    { env: { PATH: folder }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    url = /^Telephones: (\S+)\/$/.exec(line)?.[1] ?? '';
    if (url !== '') break;
  }
});

afterAll(async () => {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await rm(folder, { recursive: true });
});

test('prints both addresses and a login of each kind', () => {
  expect(said[0]).toMatch(/^Authorization server {2}https:\/\/dss\.propusk\.localhost:\d+\/STS\/oauth$/);
  expect(said[1]).toMatch(/^DSS server {12}https:\/\/dss\.propusk\.localhost:\d+\/SignServer\/rest$/);
  expect(said.find((line) => line.startsWith('  mobile '))).toContain('dss-mobile');
});

test('writes the authority of the certificate that it made', async () => {
  const ca = await readFile(join(folder, 'authority.pem'), 'utf8');
  const address = new URL(said[0]?.split(/\s+/).at(-1) ?? '');
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  request(
    { host: '127.0.0.1', port: address.port, servername: address.hostname, path: '/', ca },
    (response) => {
      response.resume();
      resolve(response.statusCode);
    },
  )
    .on('error', reject)
    .end();
  expect(await promise).toBe(200);
});

test('without OpenSSL’s engine it signs in RSA and says what is missing for GOST', async () => {
  const manager = new DesktopManager(url);
  const token = (await manager.begin(basic('open'))).AccessToken ?? '';
  const sign = (CertificateId: number) =>
    post(`${manager.signServer}/api/documents`, bearer(token), {
      Content: 'SGVsbG8=',
      Name: 'a',
      Signature: { CertificateId, Type: 5, Parameters: {} },
    });
  expect((await sign(2)).status).toBe(200);
  const refused = await sign(1);
  expect(refused.status).toBe(500);
  expect(await refused.json()).toEqual({
    Message: 'gost_not_available',
    MessageDetail: expect.stringContaining('libengine-gost-openssl'),
  });
});

test('a server with GOST cipher suites only ends the handshake', async () => {
  const server = await startGostOnlyServer({ host: '127.0.0.1', port: 0 });
  const failed = fetch(`https://127.0.0.1:${server.port}/`).catch((error: Error) => error.cause);
  expect(await failed).toMatchObject({ code: expect.stringContaining('HANDSHAKE_FAILURE') });
  await server.close();
});
