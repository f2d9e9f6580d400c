import { expect, onTestFinished, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { systemRandom } from '../../kernel/random.ts';
import { createImports } from '../../workspace/importing/imports.ts';
import { createUploadReader } from '../../workspace/importing/upload-reader.ts';
import { HOSTILE } from '../../workspace/testing/hostile-files.ts';
import { createWorkspaceSection } from './workspace-section.ts';

const OCTETS = { 'content-type': 'application/octet-stream' };
const MIB = 1024 * 1024;
/** Far above what any of them takes, far below what they were made to take. */
const LONGEST_MS = 15_000;

async function open(timeoutMs = 20_000) {
  const reader = createUploadReader({ timeoutMs });
  onTestFinished(() => reader.close());
  const lab = await openConsoleLab({
    sections: (store) => [
      createWorkspaceSection({
        port: store.workspace,
        imports: createImports({
          port: store.workspace,
          reader,
          clock: createFrozenClock(),
          random: systemRandom,
        }),
      }),
    ],
  });
  const browser = await lab.openAs('ivanov');
  const begin = async (who = browser) => {
    const { id } = (await who.send('POST', '/api/workspace/imports')).json();
    return `/api/workspace/imports/${id}`;
  };
  const upload = async (address: string, bytes: Uint8Array, who = browser) =>
    who.sendRaw('POST', `${address}/files?name=file.bin`, bytes, OCTETS);
  return { ...lab, browser, begin, upload };
}

test.each([
  ['100,000 parts of a name', HOSTILE.manyNames, 'damaged', 'longer than 131072 bytes'],
  ['as many parts of a name as a certificate has room for', HOSTILE.fewerNames, 'damaged', '8000 elements'],
  ['20,000 levels', HOSTILE.deep, 'unknown', null],
  ['20,000 levels inside a certificate', HOSTILE.deepExtension, 'damaged', 'deeper than 24 levels'],
  ['an extension twice', HOSTILE.sameExtensionTwice, 'damaged', 'occurs twice'],
  ['a billion rounds of key derivation', HOSTILE.billionRounds, 'pfx-too-much-work', ''],
  ['an archive of 68 MB of nothing', HOSTILE.archive, 'archive-too-large', '68000000 bytes'],
])('%s: the row says what is wrong, soon', async (_, make, what, detail) => {
  const file = make();
  const { browser, begin, upload } = await open();
  const address = await begin();
  const started = performance.now();
  const memory = process.memoryUsage().rss;
  expect((await upload(address, file)).status).toBe(204);
  expect(performance.now() - started).toBeLessThan(LONGEST_MS);
  expect(process.memoryUsage().rss - memory).toBeLessThan(300 * MIB);
  const { rows } = (await browser.get(address)).json();
  expect(rows).toMatchObject([{ kind: 'not-importable', file: 'file.bin', what }]);
  if (detail === null) expect(rows[0].detail).toBeNull();
  else expect(rows[0].detail).toContain(detail);
});

test('a negative serial number and a name that turns the line round are shown as they are, in plain letters', async () => {
  const { browser, begin, upload } = await open();
  const address = await begin();
  await upload(address, HOSTILE.negativeSerial());
  await upload(address, HOSTILE.namesThatTurnTheLine());
  const preview = await browser.get(address);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(preview.text).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]|\\u00/);
  const { token, rows } = preview.json();
  expect(rows).toMatchObject([
    { kind: 'certificate', certificate: { serialNumber: 'ff01' } },
    { kind: 'certificate', certificate: { owner: 'Иванов[U+202E]тревожный[U+0000][U+0007][U+2066]' } },
  ]);
  const chosen = rows.map(({ id }: { readonly id: string }) => ({ id }));
  const saved = await browser.send('POST', `${address}/commit`, { token, chosen, trusted: [] });
  expect(saved.json()).toMatchObject({ added: 2 });
  const found = (await browser.get('/api/workspace/certificates')).json().rows;
  const details = await browser.get(`/api/workspace/certificates/${found[0].sha256}`);
  expect([details.status, details.json().owner]).toEqual([200, 'x']);
});

test('a file that would be read for minutes is given up, and others are served meanwhile', async () => {
  const { browser, openAs, begin, upload } = await open(3000);
  const petrov = await openAs('petrov');
  const address = await begin();
  let isReading = true;
  const reading = upload(address, HOSTILE.manySlowFiles()).finally(() => {
    isReading = false;
  });
  let served = 0;
  while (isReading) {
    const answer = await petrov.get('/api/workspace/stores');
    expect(answer.status).toBe(200);
    if (isReading) served += 1;
  }
  expect((await reading).status).toBe(204);
  // One would do to show that nothing waits; a busy machine answers tens in this time.
  expect(served).toBeGreaterThanOrEqual(3);
  expect((await browser.get(address)).json().rows).toMatchObject([
    { kind: 'not-importable', what: 'reading-failed' },
  ]);
  const after = await begin(petrov);
  await upload(after, HOSTILE.negativeSerial(), petrov);
  expect((await petrov.get(after)).json().rows).toMatchObject([{ kind: 'certificate' }]);
});

test('one person cannot fill the line in which everybody’s files wait', async () => {
  const { openAs, browser, begin, upload } = await open(3000);
  const petrov = await openAs('petrov');
  const [address, other] = [await begin(), await begin(petrov)];
  const text = HOSTILE.manySlowFiles().toString();
  const many = Array.from({ length: 8 }, () => browser.send('POST', `${address}/text`, { text }));
  const statuses = (await Promise.all(many)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
  await upload(other, HOSTILE.negativeSerial(), petrov);
  expect((await petrov.get(other)).json().rows).toMatchObject([{ kind: 'certificate' }]);
});

test('a file that announces too much is refused before it is sent', async () => {
  const { browser, begin } = await open();
  const address = await begin();
  const answer = await browser.sendRaw('POST', `${address}/files?name=a.crl`, 'the first octets', {
    ...OCTETS,
    'content-length': String(65 * MIB),
  });
  expect([answer.status, answer.json().code]).toEqual([413, 'request-too-large']);
});
