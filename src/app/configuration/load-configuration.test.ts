import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { systemRandom } from '../../kernel/random.ts';
import { createDemoServerCertificate } from '../../pki/issuance/server-certificate.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { ConfigurationInput } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'propusk-load-'));
const file = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  for (const [name, hostNames] of [
    ['server', ['id.example.org', 'crm.example.org']],
    ['other', ['wiki.example.org']],
  ] as const) {
    const made = await createDemoServerCertificate(
      { commonName: 'Test CA', hostNames },
      { clock: systemClock, random: systemRandom },
    );
    writeFileSync(file(`${name}.pem`), made.certificatesPem);
    writeFileSync(file(`${name}.key`), made.privateKeyPem, { mode: 0o600 });
  }
  writeFileSync(file('secret'), `${'s'.repeat(40)}\n`, { mode: 0o600 });
  writeFileSync(file('short'), 'short\n', { mode: 0o600 });
  writeFileSync(file('empty'), '\n', { mode: 0o600 });
});

function good(): ConfigurationInput {
  return {
    dataDirectory: file('data'),
    secretFile: file('secret'),
    tls: { certificateFile: file('server.pem'), keyFile: file('server.key') },
    portal: { host: 'id.example.org' },
    applications: [{ id: 'crm', name: 'CRM', hosts: ['crm.example.org'], upstream: 'http://127.0.0.1:8080' }],
    administratorContact: 'Анна Смирнова, тел. 12-34',
    sms: { kind: 'none' },
  };
}

function load(content: unknown, environment: Record<string, string> = {}) {
  writeFileSync(file('propusk.json'), JSON.stringify(content));
  return loadConfiguration(file('propusk.json'), environment, systemClock);
}

function refusal(content: unknown, environment: Record<string, string> = {}): string {
  try {
    load(content, environment);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'configuration-invalid') return error.detail ?? '';
    throw error;
  }
  return 'accepted';
}

describe('a configuration with its files', () => {
  test('is accepted with its secret, its certificate and its origin', () => {
    const configuration = load({ ...good(), listen: { port: 8443 } });
    expect(configuration.portalOrigin).toBe('https://id.example.org:8443');
    expect(configuration.dataSecret).toBe('s'.repeat(40));
    expect(configuration.serverCertificate.certificates.length).toBeGreaterThan(0);
    expect(configuration.databaseUrl).toBeUndefined();
  });

  test('names the port that browsers see where ports are forwarded', () => {
    expect(load({ ...good(), listen: { port: 8443 }, publicPort: 443 }).portalOrigin).toBe(
      'https://id.example.org',
    );
  });

  test('takes the database from DATABASE_URL', () => {
    expect(load(good(), { DATABASE_URL: 'postgresql://u@127.0.0.1/p' }).databaseUrl).toBe(
      'postgresql://u@127.0.0.1/p',
    );
  });

  test('warns of a secret that everybody can read', () => {
    chmodSync(file('secret'), 0o644);
    expect(load(good()).warnings.join()).toContain('chmod 600');
    chmodSync(file('secret'), 0o600);
  });

  const crm = { id: 'crm', name: 'CRM', hosts: ['crm.example.org'], upstream: 'http://127.0.0.1:8080' };
  test.each<[string, () => unknown, string]>([
    ['whose secret is missing', () => ({ ...good(), secretFile: file('none') }), 'secretFile: the file'],
    [
      'whose secret is short',
      () => ({ ...good(), secretFile: file('short') }),
      'at least 32 characters; found 5',
    ],
    ['whose secret is empty', () => ({ ...good(), secretFile: file('empty') }), 'is empty'],
    ['whose secret is a folder', () => ({ ...good(), secretFile: folder }), 'is a folder'],
    [
      'without a server certificate',
      () => ({ ...good(), tls: {} }),
      'tls: needs certificateFile and keyFile (PEM), or pfxFile',
    ],
    [
      'whose key belongs to another certificate',
      () => ({ ...good(), tls: { certificateFile: file('server.pem'), keyFile: file('other.key') } }),
      'tls',
    ],
    [
      'whose certificate does not cover a host',
      () => ({ ...good(), tls: { certificateFile: file('other.pem'), keyFile: file('other.key') } }),
      'id.example.org',
    ],
    [
      'whose certificate file is no certificate',
      () => ({ ...good(), tls: { certificateFile: file('secret'), keyFile: file('server.key') } }),
      'tls.certificateFile',
    ],
    [
      'where two applications share a host',
      () => ({ ...good(), applications: [crm, { ...crm, id: 'crm2' }] }),
      'every host name belongs to one place',
    ],
    [
      'where two applications share an id',
      () => ({ ...good(), applications: [crm, { ...crm, hosts: ['b.example.org'] }] }),
      'applications[0] has "crm" too',
    ],
    [
      'where an application sits on the portal’s host',
      () => ({ ...good(), applications: [{ ...crm, hosts: ['id.example.org'] }] }),
      'portal.host has "id.example.org" too',
    ],
    [
      'whose application points back at the gate',
      () => ({ ...good(), applications: [{ ...crm, upstream: 'https://crm.example.org' }] }),
      'not a host of this gate',
    ],
    [
      'whose upstream has a path',
      () => ({ ...good(), applications: [{ ...crm, upstream: 'http://127.0.0.1:8080/crm' }] }),
      'scheme, host and port only',
    ],
    [
      'whose SMS body has no text',
      () => ({
        ...good(),
        sms: { kind: 'http', url: 'https://sms.example.org/send', body: { to: '{phone}' } },
      }),
      '{text}',
    ],
    [
      'whose SMS gateway is not on https',
      () => ({
        ...good(),
        sms: { kind: 'http', url: 'http://sms.example.org/', body: { to: '{phone}', t: '{text}' } },
      }),
      'https',
    ],
  ])('%s is refused with what to mend', (_, content, text) => {
    expect(refusal(content())).toContain(text);
  });

  test('does not show a database address, which holds a password', () => {
    const text = refusal(good(), { DATABASE_URL: 'mysql://user:hunter2@127.0.0.1/p' });
    expect(text).toContain('DATABASE_URL: has to be an address that begins with postgresql://');
    expect(text).not.toContain('hunter2');
  });

  test('tells mistakes of several files at once', () => {
    const text = refusal({ ...good(), secretFile: file('none'), tls: {}, applications: [crm, crm] });
    expect(text.trim().split('\n').length).toBeGreaterThanOrEqual(4);
  });
});
