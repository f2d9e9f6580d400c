import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../pki/testing/run-program.ts';
import { readUpload } from '../importing/read-upload.ts';
import { makeTestCertificates } from '../testing/test-certificates.ts';
import { exportCertificates } from './certificate-files.ts';
import { fileNameOf } from './file-name.ts';

const made = makeTestCertificates();
const NOW = new Date('2026-11-22T12:00:00Z');
const leaf = { der: made.leafDer, owner: 'Иванов Иван Иванович', notAfter: new Date('2027-12-27T10:00:00Z') };
const root = { der: made.rootDer, owner: 'Корневой УЦ', notAfter: new Date('2036-11-19T10:00:00Z') };

test('files have the name of the owner and the last day', () => {
  expect(exportCertificates([leaf], 'der', NOW)).toEqual({
    name: 'Иванов Иван Иванович 2027-12-27.cer',
    mediaType: 'application/pkix-cert',
    bytes: made.leafDer,
  });
  expect(exportCertificates([leaf, root], 'chain', NOW).name).toBe('Иванов Иван Иванович 2027-12-27.pem');
  expect(exportCertificates([leaf, root], 'pem', NOW).name).toBe('certificates 2026-11-22.pem');
});

test.each([
  ['../../etc/passwd', 'etc passwd 2026-11-22.cer'],
  ['a\u202egpj:<x>|"?*', 'a gpj x 2026-11-22.cer'],
  ['CON', 'certificate CON 2026-11-22.cer'],
  ['...', 'certificate 2026-11-22.cer'],
  ['ООО «Ромашка».', 'ООО Ромашка 2026-11-22.cer'],
])('%s gives a name that every system takes', (owner, name) => {
  expect(fileNameOf(owner, NOW, 'cer')).toBe(name);
});

test('OpenSSL reads what is exported', () => {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-export-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const write = (format: 'pem' | 'p7b') => {
    writeFileSync(join(directory, format), exportCertificates([leaf, root], format, NOW).bytes);
  };
  write('p7b');
  const listed = run(directory, 'openssl', [
    'pkcs7',
    '-inform',
    'DER',
    '-in',
    'p7b',
    '-print_certs',
    '-noout',
  ]);
  expect(listed.match(/subject=/g)).toHaveLength(2);
  write('pem');
  expect(run(directory, 'openssl', ['x509', '-in', 'pem', '-noout', '-serial'])).toMatch(/^serial=/);
});

test('an archive has a file for each, also of one owner and day, and is imported again', () => {
  const { bytes } = exportCertificates([leaf, leaf, root], 'zip', NOW);
  expect(Object.keys(unzipSync(bytes))).toEqual([
    'Иванов Иван Иванович 2027-12-27.cer',
    'Иванов Иван Иванович 2027-12-27 (2).cer',
    'Корневой УЦ 2036-11-19.cer',
  ]);
  const items = readUpload({ name: 'a.zip', bytes, password: undefined });
  expect(items.map(({ kind }) => kind)).toEqual(['certificate', 'certificate', 'certificate']);
});
