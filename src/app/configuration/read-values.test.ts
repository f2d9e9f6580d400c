import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatFindings } from './finding.ts';
import { readConfigurationValues } from './read-values.ts';
import type { ConfigurationInput } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'propusk-configuration-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good: ConfigurationInput = {
  dataDirectory: '/var/lib/propusk',
  secretFile: '/etc/propusk/secret',
  tls: { certificateFile: '/etc/propusk/server.pem', keyFile: '/etc/propusk/server.key' },
  portal: { host: 'id.example.org' },
  applications: [{ id: 'crm', name: 'CRM', hosts: ['crm.example.org'], upstream: 'http://127.0.0.1:8080' }],
  administratorContact: 'Анна Смирнова, тел. 12-34',
  sms: { kind: 'none' },
};

function read(content: unknown, environment: Record<string, string> = {}) {
  const path = join(folder, 'propusk.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readConfigurationValues(path, environment);
}

function findings(content: unknown, environment: Record<string, string> = {}): string[] {
  const result = read(content, environment);
  return result.kind === 'refused'
    ? formatFindings(result.findings)
        .split('\n')
        .map((line) => line.trim())
    : [];
}

describe('the configuration file', () => {
  test('is accepted with its defaults filled in', () => {
    const result = read(good);
    expect(result).toMatchObject({
      kind: 'accepted',
      value: {
        listen: { port: 443 },
        certificates: { validityDays: 365, fileMinutes: 10, passwordHours: 24 },
      },
    });
  });

  test('may begin with a byte order mark', () => {
    expect(read(`\uFEFF${JSON.stringify(good)}`).kind).toBe('accepted');
  });

  test.each<[string, unknown, string]>([
    ['is not JSON', '{"a": ', 'this is not JSON'],
    ['is a list', [], 'has to be a JSON object; found []'],
    [
      'has a port out of range',
      { ...good, listen: { port: 70_000 } },
      'listen.port: has to be a whole number from 0 to 65535; found 70000',
    ],
    [
      'has a port as text',
      { ...good, listen: { port: '443' } },
      'listen.port: has to be a whole number from 0 to 65535; found "443"',
    ],
    [
      'has a level out of the list',
      { ...good, logLevel: 'loud' },
      'logLevel: has to be one of "debug", "info", "warn", "error"; found "loud"',
    ],
    ['has no portal', { ...good, portal: undefined }, 'portal: is missing; it has to be an object'],
    [
      'has a host name in capitals',
      { ...good, portal: { host: 'ID.example.org' } },
      'portal.host: has to be a host name in lower case, for example id.example.org; found "ID.example.org"',
    ],
    [
      'has an upstream without http',
      { ...good, applications: [{ ...good.applications[0], upstream: 'localhost:8080' }] },
      'applications[0].upstream: has to be an address that begins with http:// or https://; found "localhost:8080"',
    ],
    [
      'has no application',
      { ...good, applications: [] },
      'applications: has to be a list of 1 to 200 entries; found []',
    ],
    [
      'has an unknown kind of SMS',
      { ...good, sms: { kind: 'pigeon' } },
      'sms.kind: has to be "http" or "smsc" or "none"; found "pigeon"',
    ],
  ])('that %s is refused with what to mend', (_, content, line) => {
    expect(findings(content).join('\n')).toContain(line);
  });

  test('tells every mistake at once', () => {
    const lines = findings({ ...good, logLevel: 'loud', listen: { port: -1 }, dataDirectory: '' });
    expect(lines).toHaveLength(3);
  });

  test('does not show the value of an option it does not know', () => {
    const [line] = findings({ ...good, listen: { port: 1, password: 'hunter2' } });
    expect(line).toBe('listen.password: there is no such option here; known are host, port');
  });

  test('that is missing is told with what to do', () => {
    const result = readConfigurationValues(join(folder, 'none.json'), {});
    expect(result).toMatchObject({
      kind: 'refused',
      findings: [{ message: expect.stringContaining('propusk init') }],
    });
  });
});

describe('environment variables', () => {
  test('win over the file', () => {
    const result = read(good, { PROPUSK_LISTEN_PORT: '8443', PROPUSK_PORTAL_HOST: 'door.example.org' });
    expect(result).toMatchObject({ value: { listen: { port: 8443 }, portal: { host: 'door.example.org' } } });
  });

  test('take JSON for lists', () => {
    const applications = [
      { id: 'wiki', name: 'Wiki', hosts: ['wiki.example.org'], upstream: 'http://127.0.0.1:1' },
    ];
    const result = read(good, { PROPUSK_APPLICATIONS: JSON.stringify(applications) });
    expect(result).toMatchObject({ value: { applications: [{ id: 'wiki' }] } });
  });

  test('that are unknown or broken are told', () => {
    expect(findings(good, { PROPUSK_PORT: '1', PROPUSK_LISTEN_PORT: 'many' })).toEqual([
      'PROPUSK_PORT: there is no such variable; docs/configuration.md lists them',
      'PROPUSK_LISTEN_PORT: has to be a whole number from 0 to 65535, written as JSON; found "many"',
    ]);
  });
});
