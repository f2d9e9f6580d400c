import { expect, onTestFinished, test } from 'vitest';
import { openWorkspaceLab } from '../../../test/workspace-lab.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { makeTestCertificates } from '../testing/test-certificates.ts';

const made = makeTestCertificates();

async function open() {
  const { clock, store, ivanov, imports, actor, addPerson } = await openWorkspaceLab(onTestFinished);
  const id = imports.begin(ivanov.id);
  const add = (name: string) =>
    imports.addFile(ivanov.id, id, { name, bytes: made.file(name), source: 'file' });
  const preview = () => imports.preview(ivanov.id, id);
  const commitAll = async (trusted: readonly string[] = []) => {
    const { token, rows } = await preview();
    const chosen = rows.map((row) => ({ id: row.id, store: undefined }));
    return imports.commit(ivanov.id, id, { token, chosen, trusted, actor });
  };
  return { clock, store, ivanov, imports, actor, addPerson, id, add, preview, commitAll };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof ProblemError ? error.code : String(error)),
  );

test('the preview says what each thing is, where it goes and why', async () => {
  const { add, preview, store, ivanov } = await open();
  await add('all.p7b');
  await add('leaf.csr');
  await add('modern.pfx');
  const { rows } = await preview();
  expect(rows).toMatchObject([
    { kind: 'certificate', store: 'others', reason: 'without-key', presence: 'new', replaces: undefined },
    { kind: 'certificate', store: 'authorities', reason: 'authority', presence: 'new' },
    { kind: 'list', presence: 'new', age: 'only' },
    { kind: 'not-importable', what: 'certification-request', file: 'leaf.csr' },
    { kind: 'locked', file: 'modern.pfx', tries: 0 },
  ]);
  expect((await store.workspace.findPresence(ivanov.id, [])).size).toBe(0);
});

test('a wrong password of a PFX is put right in place; with the key the certificate becomes personal', async () => {
  const { add, preview, imports, ivanov, id } = await open();
  await add('ivanov.cer');
  await add('modern.pfx');
  expect(await imports.unlock(ivanov.id, id, 'i2', 'неверный')).toBe('wrong');
  expect((await preview()).rows[1]).toMatchObject({ kind: 'locked', tries: 1 });
  expect(await imports.unlock(ivanov.id, id, 'i2', 'верный')).toBe('opened');
  expect((await preview()).rows).toMatchObject([
    { kind: 'certificate', hasKey: true, store: 'personal', reason: 'with-key' },
    { kind: 'certificate', store: 'authorities' },
  ]);
});

test('what was saved is there already the next time, and its successor is recognised', async () => {
  const { add, commitAll, imports, ivanov } = await open();
  await add('former.cer');
  expect(await commitAll()).toEqual({ added: 1, alreadyThere: 0, trusted: 0 });
  const next = imports.begin(ivanov.id);
  for (const name of ['former.cer', 'ivanov.cer']) {
    await imports.addFile(ivanov.id, next, { name, bytes: made.file(name), source: 'file' });
  }
  const { rows } = await imports.preview(ivanov.id, next);
  expect(rows).toMatchObject([
    { presence: 'here', replaces: undefined },
    { presence: 'new', replaces: { owner: 'Иванов Иван Иванович' }, olderThan: undefined },
  ]);
});

test('a preview is redeemed once, and only while it is what the person saw', async () => {
  const { add, preview, imports, ivanov, id, actor, commitAll } = await open();
  await add('root.cer');
  const { token } = await preview();
  await add('ivanov.cer');
  const input = { token, chosen: [{ id: 'i1', store: undefined }], trusted: [], actor };
  expect(await codeOf(imports.commit(ivanov.id, id, input))).toBe('import-changed');
  expect(await commitAll(['i1'])).toEqual({ added: 2, alreadyThere: 0, trusted: 1 });
  expect(await codeOf(imports.commit(ivanov.id, id, input))).toBe('import-gone');
});

test('only what was chosen is saved, where it was chosen to go', async () => {
  const { add, preview, imports, ivanov, id, actor, store } = await open();
  await add('all.p7b');
  const { token, rows } = await preview();
  const leaf = rows.find((row) => row.kind === 'certificate' && !row.certificate.isCa);
  if (leaf?.kind !== 'certificate') throw new Error('no leaf');
  await imports.commit(ivanov.id, id, {
    token,
    chosen: [{ id: leaf.id, store: 'personal' }],
    trusted: [],
    actor,
  });
  const card = await store.workspace.findCertificate(ivanov.id, leaf.certificate.sha256);
  expect(card).toMatchObject({
    store: 'personal',
    hasKeyElsewhere: false,
    sourceDetails: [{ detail: 'all.p7b' }],
  });
  expect((await store.workspace.countStores(ivanov.id, new Date())).map(({ count }) => count)).toEqual([
    1, 0, 0, 0,
  ]);
});

test('uploads are kept for 15 minutes, for nobody else, three at once', async () => {
  const { add, preview, imports, ivanov, clock, addPerson, id } = await open();
  await add('root.cer');
  const petrov = await addPerson('petrov');
  expect(await codeOf(imports.preview(petrov.id, id))).toBe('import-gone');
  clock.advance(15 * 60 - 1);
  expect((await preview()).rows).toHaveLength(1);
  for (let count = 0; count < 3; count += 1) imports.begin(ivanov.id);
  expect(await codeOf(preview())).toBe('import-gone');
  const other = imports.begin(ivanov.id);
  clock.advance(15 * 60);
  expect(await codeOf(imports.preview(ivanov.id, other))).toBe('import-gone');
});
