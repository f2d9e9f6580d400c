import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { systemRandom } from '../../kernel/random.ts';
import { createDemoServerCertificate } from '../../pki/issuance/server-certificate.ts';
import { runCommandLine } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'propusk-cli-'));
const file = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(args, {
    environment: {},
    workingDirectory: folder,
    clock: systemClock,
    random: systemRandom,
    interactive: false,
    print: (line) => out.push(line),
    tell: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const INIT = [
  'init',
  ...['--portal-host', 'id.example.org'],
  ...['--application-name', 'CRM', '--application-host', 'crm.example.org'],
  ...['--upstream', 'http://127.0.0.1:9'],
  ...['--contact', 'Анна Смирнова, тел. 12-34'],
  ...['--administrator', 'admin', '--administrator-name', 'Смирнова Анна'],
];
/** Told once, by `init`. */
let rootPassphrase: string;

const withCertificate = () => [
  '--certificate',
  file('server.pem'),
  '--key',
  file('server.key'),
  '--data-directory',
  file('data'),
];

beforeAll(async () => {
  const made = await createDemoServerCertificate(
    { commonName: 'Test CA', hostNames: ['id.example.org', 'crm.example.org'] },
    { clock: systemClock, random: systemRandom },
  );
  writeFileSync(file('server.pem'), made.certificatesPem);
  writeFileSync(file('server.key'), made.privateKeyPem, { mode: 0o600 });
  writeFileSync(file('not-a-certificate.pem'), 'hello');
});

describe('propusk init', () => {
  test('names every flag that is missing where nobody can be asked', async () => {
    const { code, err } = await run('init');
    expect(code).toBe(3);
    for (const flag of ['--portal-host', '--application-host', '--upstream', '--contact', '--pfx'])
      expect(err).toContain(flag);
  });

  test('leaves nothing behind when the server certificate cannot be used', async () => {
    const { code, err } = await run(
      ...INIT,
      '--certificate',
      file('not-a-certificate.pem'),
      '--key',
      file('server.key'),
      '--data-directory',
      file('data'),
    );
    expect(code).toBe(3);
    expect(err).toContain('tls.certificateFile');
    expect(existsSync(file('propusk.json'))).toBe(false);
    expect(existsSync(file('propusk-secret'))).toBe(false);
  });

  test('sets an installation up that its other commands can use', async () => {
    const { code, out, err } = await run(...INIT, ...withCertificate(), '--json');
    expect({ code, err }).toMatchObject({ code: 0 });
    const result = JSON.parse(out) as {
      secretFile: string;
      rootKeyFile: string;
      rootKeyPassword: string;
      administrator: { certificateFile: string; certificatePassword: string };
    };
    expect(statSync(result.secretFile).mode & 0o777).toBe(0o600);
    expect(statSync(result.administrator.certificateFile).mode & 0o777).toBe(0o600);
    // Readers that nobody here wrote: the certificate opens with its password, the root's key with its own.
    const certificate = execFileSync('openssl', [
      'pkcs12',
      '-in',
      result.administrator.certificateFile,
      '-passin',
      `pass:${result.administrator.certificatePassword}`,
      '-nokeys',
      '-clcerts',
    ]).toString();
    expect(certificate).toMatch(/subject=.*CN\s?=\s?admin/);
    const key = execFileSync('openssl', [
      'pkey',
      '-in',
      result.rootKeyFile,
      '-passin',
      `pass:${result.rootKeyPassword}`,
      '-noout',
      '-text',
    ]).toString();
    expect(key).toContain('prime256v1');
    rootPassphrase = result.rootKeyPassword;
  });

  test('does not touch an installation that is there', async () => {
    const before = readFileSync(file('propusk.json'), 'utf8');
    const { code, err } = await run(...INIT, ...withCertificate());
    expect(code).toBe(3);
    expect(err).toContain('is there already');
    expect(readFileSync(file('propusk.json'), 'utf8')).toBe(before);
  });
});

describe('accounts', () => {
  test('are added with a first password, listed, blocked and let in again', async () => {
    const added = await run(
      'account',
      'add',
      'ivanov',
      '--name',
      'Иванов Иван',
      '--phone',
      '8 (916) 123-47-12',
      '--json',
    );
    expect(JSON.parse(added.out)).toMatchObject({
      login: 'ivanov',
      phone: '+79161234712',
      role: 'user',
      status: 'active',
    });
    expect((JSON.parse(added.out) as { password: string }).password.length).toBeGreaterThanOrEqual(10);
    expect((await run('account', 'list')).out).toContain('Иванов Иван');
    expect((await run('account', 'block', 'IVANOV')).out).toBe('ivanov is blocked');
    expect((await run('account', 'unblock', 'ivanov')).out).toBe('ivanov is active');
  });

  test.each<[string, string[], number, string]>([
    ['that exist already', ['account', 'add', 'Ivanov'], 4, 'exists already'],
    ['with a line break in the login', ['account', 'add', 'iva\nnov'], 2, 'a login has letters and digits'],
    ['with letters of two alphabets', ['account', 'add', 'ivаnov'], 2, 'one alphabet'],
    ['with an impossible number', ['account', 'add', 'sidorov', '--phone', '123'], 2, 'telephone number'],
    [
      'with an unknown role',
      ['account', 'add', 'sidorov', '--role', 'king'],
      2,
      'one of user, operator, administrator',
    ],
    ['that are not there', ['account', 'block', 'nobody'], 4, 'account list'],
    ['that are the last administrator', ['account', 'block', 'admin'], 4, 'last administrator'],
  ])('%s are refused', async (_, args, code, text) => {
    const result = await run(...args);
    expect(result.err).toContain(text);
    expect(result.code).toBe(code);
  });

  test('wait for a changed number, whose owner is told', async () => {
    const { out } = await run('account', 'phone', 'ivanov', '+79160000001', '--json');
    expect(JSON.parse(out)).toMatchObject({
      phone: '+79160000001',
      phoneHeldUntil: expect.stringMatching(/^\d{4}-/),
    });
    const back = await run('account', 'phone', 'ivanov', '+79161234712');
    expect(back.out).toContain('Nothing is issued to the new one before');
  });

  test('get a new password, which is told once', async () => {
    const { code, out } = await run('account', 'password', 'ivanov', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ login: 'ivanov', password: expect.stringMatching(/^\S{10,}$/) });
  });
});

describe('certificates', () => {
  const serialOf = async () =>
    (JSON.parse((await run('certificate', 'list', 'admin', '--json')).out) as { serialNumber: string }[])[0]
      ?.serialNumber ?? '';

  test('are listed and shown, also by the end of the serial number', async () => {
    const serial = await serialOf();
    const shown = await run('certificate', 'show', `…${serial.slice(-6).toUpperCase()}`, '--pem');
    writeFileSync(file('shown.pem'), shown.out);
    expect(
      execFileSync('openssl', ['x509', '-in', file('shown.pem'), '-noout', '-subject']).toString(),
    ).toContain('admin');
  });

  test('are replaced by "account recover", once and into a new file', async () => {
    const before = await serialOf();
    const recovered = await run('account', 'recover', 'admin', '--out', file('back.pfx'), '--json');
    expect(recovered.code).toBe(0);
    expect(await serialOf()).not.toBe(before);
    const again = await run('account', 'recover', 'admin', '--out', file('back.pfx'));
    expect(again.err).toContain('is there already');
    expect((await run('account', 'recover', 'ivanov')).err).toContain('is no administrator');
  });

  test('are revoked once; then a download is allowed again', async () => {
    const serial = await serialOf();
    const revoked = await run(
      'certificate',
      'revoke',
      serial,
      '--reason',
      'keyCompromise',
      '--comment',
      'laptop stolen',
    );
    expect(revoked.out).toContain('revoked');
    expect(await run('certificate', 'revoke', serial)).toMatchObject({ code: 4 });
    expect((await run('certificate', 'allow', 'admin')).code).toBe(0);
    expect(await run('certificate', 'allow', 'admin')).toMatchObject({ code: 4 });
    expect(await run('certificate', 'show', '00ff00ff')).toMatchObject({ code: 4 });
  });
});

describe('the authority and the journal', () => {
  test('the exported chain verifies', async () => {
    expect((await run('ca', 'export', '--what', 'issuing', '--out', file('issuing.pem'))).code).toBe(0);
    expect((await run('ca', 'export', '--what', 'root', '--out', file('root.pem'))).code).toBe(0);
    const verified = execFileSync('openssl', [
      'verify',
      '-CAfile',
      file('root.pem'),
      file('issuing.pem'),
    ]).toString();
    expect(verified).toContain('OK');
  });

  test('the journal is whole', async () => {
    const { code, out } = await run('audit', 'verify');
    expect(out).toContain('whole');
    expect(code).toBe(0);
  });

  test('doctor says that the application does not answer, and what to do', async () => {
    const { code, out } = await run('doctor');
    expect(code).toBe(5);
    expect(out).toContain('http://127.0.0.1:9 does not answer');
    expect(out).toContain('-> start the application');
  });

  test('doctor explains a configuration that cannot be read', async () => {
    const { code, out } = await run('--config', file('none.json'), 'doctor');
    expect(code).toBe(5);
    expect(out).toContain('there is no such file');
  });
});

describe('propusk ca', () => {
  const passphraseFile = file('root-passphrase');

  test('rotate asks for the file of the root’s key, and then another authority issues', async () => {
    const without = await run('ca', 'rotate');
    expect(without.code).not.toBe(0);
    expect(without.err).toContain('the root’s key is not on this server');
    const missing = await run('ca', 'rotate', '--root-key', 'none.pem', '--passphrase-file', passphraseFile);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('none.pem does not exist');
    const key = ['--root-key', file('propusk-root-key.pem')];
    writeFileSync(passphraseFile, 'not the passphrase\n', { mode: 0o600 });
    expect((await run('ca', 'rotate', ...key, '--passphrase-file', passphraseFile)).err).toContain(
      'the passphrase does not open',
    );
    writeFileSync(passphraseFile, `${rootPassphrase}\n`, { mode: 0o600 });
    const rotated = await run('ca', 'rotate', ...key, '--passphrase-file', passphraseFile, '--json');
    expect(rotated.code).toBe(0);
    expect(JSON.parse(rotated.out)).toMatchObject({ current: 'CN=Propusk Access CA 2,O=Propusk' });
    const list = await run('ca', 'list');
    expect(list.out).toMatch(/CN=Propusk Access CA,O=Propusk +issuing +retired/);
    expect(list.out).toMatch(/CN=Propusk Access CA 2,O=Propusk +issuing +active/);
    expect((await run('ca', 'export')).out.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  test('request writes what a company’s root can sign; install refuses what it did not ask for', async () => {
    expect((await run('ca', 'request', '--out', file('request.pem'), '--name', 'Company Access')).code).toBe(
      0,
    );
    const text = execFileSync('openssl', ['req', '-in', file('request.pem'), '-noout', '-subject']);
    expect(text.toString()).toContain('Company Access');
    const foreign = await run('ca', 'install', '--certificate', file('server.pem'));
    expect(foreign.code).toBe(3);
    expect(foreign.err).toContain('its key is another one');
  });
});

describe('the command line', () => {
  test('explains itself and its exit codes', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('Exit codes:');
    for (const command of ['init', 'serve', 'demo', 'account', 'certificate', 'ca', 'audit', 'doctor'])
      expect(out).toContain(command);
  });

  test.each([[['fly']], [['account', 'add']], [['certificate', 'revoke']]])(
    '%j is a usage mistake',
    async (args) => {
      expect((await run(...args)).code).toBe(2);
    },
  );
});
