import { expect, onTestFinished, test } from 'vitest';
import type { CastName } from '../../../test/cast.ts';
import { openConsoleLab } from '../../../test/console-lab.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { systemRandom } from '../../kernel/random.ts';
import { createImports } from '../../workspace/importing/imports.ts';
import { createUploadReader } from '../../workspace/importing/upload-reader.ts';
import { makeTestCertificates } from '../../workspace/testing/test-certificates.ts';
import type { ImportRow } from './contract.ts';
import { createWorkspaceSection } from './workspace-section.ts';

const made = makeTestCertificates();

async function open() {
  const reader = createUploadReader();
  onTestFinished(() => reader.close());
  const clock = createFrozenClock();
  const lab = await openConsoleLab({
    sections: (store) => [
      createWorkspaceSection({
        port: store.workspace,
        imports: createImports({ port: store.workspace, reader, clock, random: systemRandom }),
      }),
    ],
    http: '2',
  });
  return { ...lab, importsClock: clock };
}

async function openImport(name: CastName = 'ivanov') {
  const lab = await open();
  const browser = await lab.openAs(name);
  const { id } = (await browser.send('POST', '/api/workspace/imports')).json();
  const address = `/api/workspace/imports/${id}`;
  const paste = (text: string) => browser.send('POST', `${address}/text`, { text });
  const preview = async () => (await browser.get(address)).json();
  const commit = async (trusted: readonly string[] = []) => {
    const { token, rows } = await preview();
    const chosen = (rows as ImportRow[]).map((row) => ({ id: row.id }));
    return browser.send('POST', `${address}/commit`, { token, chosen, trusted });
  };
  return { ...lab, browser, address, paste, preview, commit };
}

const pem = (name: string) => Buffer.from(made.file(name)).toString();

test('what was pasted is looked at, saved, found, opened and exported', async () => {
  const { browser, paste, preview, commit } = await openImport();
  expect((await paste(`${pem('root.pem')}${pem('ivanov.pem')}${pem('list.pem')}`)).status).toBe(204);
  expect((await preview()).rows).toMatchObject([
    {
      kind: 'certificate',
      certificate: { owner: 'Корневой УЦ' },
      store: 'authorities',
      placement: 'authority',
    },
    { kind: 'certificate', certificate: { owner: 'Иванов Иван Иванович' }, store: 'others' },
    { kind: 'list', issuer: 'Корневой УЦ', age: 'only' },
  ]);
  expect((await commit(['i1'])).json()).toEqual({ added: 3, alreadyThere: 0, trusted: 1 });

  const { stores } = (await browser.get('/api/workspace/stores')).json();
  expect(stores).toMatchObject([
    { store: 'personal', count: 0 },
    { store: 'others', count: 1 },
    { store: 'authorities', count: 1 },
    { store: 'revocation-lists', count: 1 },
  ]);
  const search = `q=${encodeURIComponent('директор 7707083893')}`;
  const { total, rows } = (await browser.get(`/api/workspace/certificates?${search}`)).json();
  expect([total, rows[0].owner, rows[0].sources]).toEqual([1, 'Иванов Иван Иванович', ['paste']]);
  const { sha256 } = rows[0];
  const details = (await browser.get(`/api/workspace/certificates/${sha256}`)).json();
  expect(details).toMatchObject({
    innLe: '7707083893',
    policies: ['1.2.643.100.113.1'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
    revocationListUrls: ['http://ca.example.org/ca.crl'],
    caIssuersUrls: ['http://ca.example.org/ca.cer'],
    mayRemove: true,
    anchor: 'none',
  });
  expect(details.subject).toContainEqual({ type: '1.2.643.100.3', value: '11223344595' });
  expect(details.pem).toContain('BEGIN CERTIFICATE');

  const exported = await browser.send('POST', '/api/workspace/export', {
    sha256s: [sha256],
    format: 'chain',
  });
  expect(exported.text.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(exported.headers['content-disposition']).toContain("filename*=UTF-8''%D0%98%D0%B2");
  const groups = (await browser.get('/api/workspace/groups?by=issuer')).json().groups;
  expect(groups).toContainEqual(expect.objectContaining({ title: 'Корневой УЦ', count: 2 }));
});

test('a file is uploaded as it is; a password for it is asked and put right', async () => {
  const { browser, address, preview } = await openImport();
  const headers = { 'content-type': 'application/octet-stream' };
  const upload = await browser.sendRaw('POST', `${address}/files?name=a.cer`, pem('ivanov.pem'), headers);
  expect(upload.status).toBe(204);
  expect((await preview()).rows).toMatchObject([{ file: 'a.cer', kind: 'certificate' }]);
  // A PFX as text: base64 without lines around it.
  const pfx = Buffer.from(made.file('modern.pfx')).toString('base64');
  await browser.sendRaw('POST', `${address}/files?name=a.pfx`, pfx, headers);
  const row = (await preview()).rows.find(({ kind }: ImportRow) => kind === 'locked');
  const unlock = async (password: string) =>
    (await browser.send('POST', `${address}/items/${row.id}/password`, { password })).json();
  expect(await unlock('неверный')).toEqual({ outcome: 'wrong' });
  expect(await unlock('верный')).toEqual({ outcome: 'opened' });
  expect((await preview()).rows[0]).toMatchObject({ hasKey: true, store: 'personal', placement: 'with-key' });
});

test('a deletion comes back, and nothing of it is another person’s', async () => {
  const { browser, paste, commit, openAs } = await openImport();
  await paste(pem('ivanov.pem'));
  await commit();
  const { rows } = (await browser.get('/api/workspace/certificates?store=others')).json();
  const sha256s = [rows[0].sha256];
  const petrov = await openAs('petrov');
  expect((await petrov.send('POST', '/api/workspace/remove', { sha256s })).json()).toEqual({ sha256s: [] });
  expect((await petrov.get(`/api/workspace/certificates/${sha256s[0]}`)).status).toBe(404);
  expect((await petrov.send('POST', '/api/workspace/export', { sha256s, format: 'der' })).status).toBe(404);
  expect((await browser.send('POST', '/api/workspace/remove', { sha256s })).json()).toEqual({ sha256s });
  expect((await browser.get(`/api/workspace/certificates/${sha256s[0]}`)).status).toBe(404);
  expect((await browser.send('POST', '/api/workspace/restore', { sha256s })).json()).toEqual({ restored: 1 });
});

test('an anchor of everybody is an administrator’s to install', async () => {
  const { browser, paste, commit, openAs } = await openImport();
  await paste(`${pem('root.pem')}${pem('ivanov.pem')}`);
  await commit();
  const { rows } = (await browser.get('/api/workspace/certificates')).json();
  const address = (owner: string) =>
    `/api/workspace/certificates/${rows.find((row: { owner: string }) => row.owner === owner).sha256}`;
  const root = address('Корневой УЦ');
  const everybody = { scope: 'everybody' };
  expect((await browser.send('POST', `${root}/trust`, everybody)).json()).toMatchObject({
    code: 'role-required',
  });
  const leaf = await browser.send('POST', `${address('Иванов Иван Иванович')}/trust`, { scope: 'own' });
  expect(leaf.json()).toMatchObject({ code: 'not-an-authority' });
  expect((await browser.send('POST', `${root}/trust`, { scope: 'own' })).status).toBe(204);
  expect((await browser.get(root)).json().anchor).toBe('own');
  expect((await browser.send('POST', `${root}/distrust`, { scope: 'own' })).status).toBe(204);
  expect((await browser.get(root)).json().anchor).toBe('none');
  const admin = await openAs('admin');
  const missing = await admin.send('POST', `${root}/trust`, everybody);
  expect(missing.json()).toMatchObject({ code: 'not-found' });
});

test('an import that nobody knows is gone, and a damaged request is refused', async () => {
  const { browser, paste, preview, address } = await openImport();
  expect((await browser.get('/api/workspace/imports/0123')).json()).toMatchObject({ code: 'import-gone' });
  await paste(pem('ivanov.pem'));
  const { rows } = await preview();
  const stale = { token: 'x', chosen: [{ id: rows[0].id }], trusted: [] };
  expect((await browser.send('POST', `${address}/commit`, stale)).json()).toMatchObject({
    code: 'import-changed',
  });
  expect((await browser.send('POST', '/api/workspace/remove', { sha256s: ['x'] })).status).toBe(400);
  expect((await browser.send('DELETE', address)).status).toBe(204);
  expect((await browser.get(address)).status).toBe(410);
});
