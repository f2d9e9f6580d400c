import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadJournalReceivers } from './load-journal-receivers.ts';
import { type ConfigurationInput, configurationSchema } from './schema.ts';
import { SecretFiles } from './secret-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'propusk-receivers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
const secretFile = write('secret', `${'s'.repeat(32)}\n`);

function load(journalDelivery: NonNullable<ConfigurationInput['journalDelivery']>) {
  const values = configurationSchema.parse({
    dataDirectory: folder,
    secretFile,
    tls: { certificateFile: secretFile, keyFile: secretFile },
    portal: { host: 'id.example.org' },
    applications: [{ id: 'crm', name: 'CRM', hosts: ['crm.example.org'], upstream: 'http://127.0.0.1:8080' }],
    administratorContact: 'Анна Смирнова, тел. 12-34',
    sms: { kind: 'none' },
    journalDelivery,
  });
  const files = new SecretFiles();
  const { receivers, findings } = loadJournalReceivers(values, files);
  return { receivers, findings: [...findings, ...files.findings].map(({ option }) => option) };
}

test('secrets come from their files, and the gate is named by the portal’s host', () => {
  const { receivers, findings } = load({
    syslog: [{ name: 'siem', host: 'siem.example.org' }],
    webhooks: [{ name: 'hook', url: 'https://hook.example.org/in', secretFile }],
  });
  expect(findings).toEqual([]);
  expect(receivers.syslog).toMatchObject([
    {
      transport: 'tls',
      port: 6_514,
      hostName: 'id.example.org',
      facility: 'audit',
      enterpriseNumber: 32_473,
    },
  ]);
  expect(receivers.webhooks).toMatchObject([{ secret: 's'.repeat(32), authorization: undefined }]);
});

test('what is not safe or cannot work is refused at the start', () => {
  const webhook = { name: 'hook', url: 'https://hook.example.org/in', secretFile } as const;
  const option = 'journalDelivery.webhooks[0]';
  expect(load({ webhooks: [{ ...webhook, url: 'http://hook.example.org/in' }] }).findings).toEqual([
    `${option}.url`,
  ]);
  expect(load({ webhooks: [{ ...webhook, url: 'http://127.0.0.1:8088/in' }] }).findings).toEqual([]);
  expect(load({ webhooks: [{ ...webhook, url: 'https://u:p@hook.example.org/' }] }).findings).toEqual([
    `${option}.url`,
  ]);
  expect(load({ webhooks: [{ ...webhook, secretFile: write('short', 'short') }] }).findings).toEqual([
    `${option}.secretFile`,
  ]);
  const authorizationFile = write('two-lines', 'Splunk 1\nx: y');
  expect(load({ webhooks: [{ ...webhook, authorizationFile }] }).findings).toEqual([
    `${option}.authorizationFile`,
  ]);
  expect(load({ webhooks: [webhook, webhook] }).findings).toEqual(['journalDelivery.webhooks[1].name']);
  const siem = { name: 'siem', host: 'siem.example.org' } as const;
  expect(load({ syslog: [{ ...siem, certificateFile: secretFile }] }).findings).toEqual([
    'journalDelivery.syslog[0]',
  ]);
  expect(load({ syslog: [{ ...siem, transport: 'tcp', caFile: secretFile }] }).findings).toContain(
    'journalDelivery.syslog[0]',
  );
  expect(load({ syslog: [{ ...siem, caFile: join(folder, 'none.pem') }] }).findings).toEqual([
    'journalDelivery.syslog[0].caFile',
  ]);
});
