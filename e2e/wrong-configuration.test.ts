import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCertificateAuthority } from './harness/certificate-authority.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { runCommand } from './harness/run-command.ts';
import { type Demo, startDemo } from './product/demo.ts';
import { findFreePorts } from './product/free-ports.ts';

const PROGRAM = resolve(import.meta.dirname, '../dist/app/main.js');
/** "The configuration, a secret or the data directory cannot be used." */
const CONFIGURATION = 3;

interface Settings {
  [option: string]: unknown;
  listen: { host: string; port: number };
  tls: Record<string, string>;
  applications: Record<string, unknown>[];
}

let lab: Lab;
let demo: Demo;

beforeAll(async () => {
  lab = await openLab();
  demo = await startDemo(lab);
});
afterAll(() => lab.close());

/** The demo's configuration with a folder and ports of its own, so that only what a test breaks is in its way. */
async function settings(): Promise<Settings & { folder: string }> {
  const written = JSON.parse(await readFile(join(demo.folder, 'propusk.json'), 'utf8')) as Settings;
  const folder = await mkdtemp(join(lab.directory, 'installation-'));
  const [port = 0] = await findFreePorts(1);
  delete written.plainHttp;
  return { ...written, folder, dataDirectory: join(folder, 'data'), listen: { ...written.listen, port } };
}

async function serve(
  { folder, ...written }: { folder: string } | (Settings & { folder: string }),
  options: { text?: string; env?: Record<string, string> } = {},
) {
  const config = join(folder, 'propusk.json');
  await writeFile(config, options.text ?? JSON.stringify(written));
  const { exitCode, stderr, stdout } = await runCommand(
    process.execPath,
    [PROGRAM, '--config', config, 'serve'],
    { env: options.env ?? {}, timeoutMs: 60_000 },
  );
  expect(stdout.toString()).toBe('');
  return { exitCode, stderr };
}

describe('a broken configuration stops the program before it listens, and says what to mend', () => {
  test('a file that is not there', async () => {
    const { exitCode, stderr } = await runCommand(process.execPath, [
      PROGRAM,
      '--config',
      join(lab.directory, 'nowhere.json'),
      'serve',
    ]);
    expect([exitCode, stderr]).toEqual([CONFIGURATION, expect.stringContaining('there is no such file')]);
    expect(stderr).toContain('propusk init');
  });

  test.each([
    ['half a file', '{"dataDirectory": "/tmp', 'this is not JSON'],
    ['nothing', '', 'this is not JSON'],
    ['a list', '[]', 'has to be a JSON object'],
    ['octets', '\u0000\u0001\ufffd', 'this is not JSON'],
  ])('%s', async (_name, text, said) => {
    const { exitCode, stderr } = await serve(await settings(), { text });
    expect([exitCode, stderr]).toEqual([CONFIGURATION, expect.stringContaining(said)]);
    expect(stderr).toContain('[configuration-invalid]');
  });

  test('many mistakes are told at once, each with option, allowed values and what was found', async () => {
    const given = await settings();
    given.listen.port = 70_000;
    given.colour = 'blue';
    given.defaultLocale = 'fr';
    given.portal = { host: 'ID.Example' };
    given.tls.minVersion = 'TLSv1.0';
    given.applications[0] = { ...given.applications[0], upstream: 'ftp://127.0.0.1' };
    const { exitCode, stderr } = await serve(given);
    expect(exitCode).toBe(CONFIGURATION);
    for (const part of [
      /listen\.port: has to be a whole number from 0 to 65535; found 70000/,
      /colour: there is no such option/,
      /defaultLocale: has to be one of "ru", "en"; found "fr"/,
      /portal\.host: .*found "ID\.Example"/,
      /tls\.minVersion: .*"TLSv1\.2".*found "TLSv1\.0"/,
      /applications\[0\]\.upstream: .*http/,
    ]) {
      expect(stderr).toMatch(part);
    }
  });

  test('hosts that collide and an upstream with a path', async () => {
    const given = await settings();
    const [crm = {}] = given.applications;
    given.applications = [
      { ...crm, upstream: 'http://127.0.0.1:9/path' },
      { ...crm, hosts: ['id.propusk.localhost'] },
    ];
    const { exitCode, stderr } = await serve(given);
    expect(exitCode).toBe(CONFIGURATION);
    expect(stderr).toMatch(/applications\[1\]\.id: every application needs its own/);
    expect(stderr).toMatch(/applications\[1\]\.hosts\[0\]: .*portal\.host/);
    expect(stderr).toMatch(/applications\[0\]\.upstream: has to be scheme, host and port only/);
  });

  test('variables of the environment, without showing what may be a secret', async () => {
    const { exitCode, stderr } = await serve(await settings(), {
      env: {
        PROPUSK_LISTEN_PORT: 'many',
        PROPUSK_COLOUR: 'blue',
        DATABASE_URL: 'mysql://propusk:hunter2@127.0.0.1/propusk',
      },
    });
    expect(exitCode).toBe(CONFIGURATION);
    expect(stderr).toMatch(/PROPUSK_LISTEN_PORT: has to be a whole number/);
    expect(stderr).toMatch(/PROPUSK_COLOUR: there is no such variable/);
    expect(stderr).not.toContain('hunter2');
  });

  test('a server certificate for other hosts, and a key that is not its own', async () => {
    const given = await settings();
    const authority = await createCertificateAuthority(join(given.folder, 'ca'), 'Some CA');
    const other = await authority.issueServer(['other.example']);
    const wrongHosts = await serve({
      ...given,
      tls: { certificateFile: other.certificatePem, keyFile: other.keyPem },
    });
    expect(wrongHosts.exitCode).toBe(CONFIGURATION);
    expect(wrongHosts.stderr).toMatch(
      /tls: the certificate is not for crm\.propusk\.localhost but for other\.example/,
    );
    const wrongKey = await serve({ ...given, tls: { ...given.tls, keyFile: other.keyPem } });
    expect(wrongKey.exitCode).toBe(CONFIGURATION);
    expect(wrongKey.stderr).toMatch(/tls(\.\w+)?: .*key/);
  });

  test('secrets that are missing, short, or of another installation', async () => {
    const given = await settings();
    const secretFile = join(given.folder, 'secret');
    expect((await serve({ ...given, secretFile })).stderr).toContain('secretFile: ');
    await writeFile(secretFile, 'short\n', { mode: 0o600 });
    const short = await serve({ ...given, secretFile });
    expect([short.exitCode, short.stderr]).toEqual([
      CONFIGURATION,
      expect.stringContaining('at least 32 characters'),
    ]);
    await writeFile(secretFile, `${'another secret '.repeat(4)}\n`, { mode: 0o600 });
    const other = await serve({ ...given, secretFile, dataDirectory: join(demo.folder, 'data') });
    expect([other.exitCode, other.stderr]).toEqual([CONFIGURATION, expect.stringContaining('[sealed-data]')]);
    expect(other.stderr).not.toContain('another secret');
  });
});

describe('a place that cannot be used', () => {
  test('a file where the data directory should be, or above it', async () => {
    const given = await settings();
    const file = join(given.folder, 'file');
    await writeFile(file, 'I was here first');
    for (const dataDirectory of [file, join(file, 'data')]) {
      const { exitCode, stderr } = await serve({ ...given, dataDirectory });
      expect([exitCode, stderr]).toEqual([
        CONFIGURATION,
        expect.stringMatching(/is not a folder.*\(option dataDirectory\).*\[data-directory\]/),
      ]);
    }
    expect(await readFile(file, 'utf8')).toBe('I was here first');
  });

  test('a database that is none is left as it is', async () => {
    const given = await settings();
    const file = join(given.folder, 'data', 'propusk.sqlite');
    await mkdir(join(given.folder, 'data'));
    const rubbish = randomBytes(50_000);
    await writeFile(file, rubbish);
    const { exitCode, stderr } = await serve(given);
    expect([exitCode, stderr]).toEqual([CONFIGURATION, expect.stringContaining('file is not a database')]);
    expect(await readFile(file)).toEqual(rubbish);
  });

  test('a PostgreSQL that does not answer', async () => {
    const [port = 0] = await findFreePorts(1);
    const { exitCode, stderr } = await serve(await settings(), {
      env: { DATABASE_URL: `postgresql://propusk:hunter2@127.0.0.1:${port}/propusk` },
    });
    expect([exitCode, stderr]).toEqual([CONFIGURATION, expect.stringContaining('[database-unavailable]')]);
    expect(stderr).not.toContain('hunter2');
  });

  test('a port in use, with TLS and without', async () => {
    const given = await settings();
    const tls = await serve({ ...given, listen: { host: '127.0.0.1', port: demo.port } });
    expect([tls.exitCode, tls.stderr]).toEqual([
      CONFIGURATION,
      expect.stringMatching(new RegExp(`${demo.port}[\\s\\S]*\\[port-in-use\\]`)),
    ]);
    const plain = await serve({ ...given, plainHttp: { host: '127.0.0.1', port: demo.httpPort } });
    expect([plain.exitCode, plain.stderr]).toEqual([
      CONFIGURATION,
      expect.stringMatching(new RegExp(`${demo.httpPort}.*plainHttp[\\s\\S]*\\[port-in-use\\]`)),
    ]);
  });
});
