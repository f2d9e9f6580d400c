import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeTestCertificates } from '../testing/test-certificates.ts';
import { createUploadReader, type UploadReaderOptions } from './upload-reader.ts';

const made = makeTestCertificates();
const upload = { name: 'a.cer', bytes: made.file('ivanov.cer'), password: undefined };

function open(options: UploadReaderOptions = {}) {
  const reader = createUploadReader(options);
  onTestFinished(() => reader.close());
  return reader;
}

/** A worker that does this with each message. */
function workerThat(acts: string): URL {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-worker-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', (upload) => { ${acts} });\n`,
  );
  return pathToFileURL(file);
}

test('files are read in another thread, one after the other', async () => {
  const reader = open();
  const [first, second] = await Promise.all([reader.read(upload), reader.read({ ...upload, name: 'b.cer' })]);
  expect(first).toMatchObject([{ kind: 'certificate', file: 'a.cer', certificate: { isCa: false } }]);
  expect(second).toMatchObject([{ kind: 'certificate', file: 'b.cer' }]);
});

test.each([
  ['runs out of time', 'for (;;) {}'],
  ['runs out of memory', 'const all = []; for (;;) all.push(new Array(100000).fill(String(all.length)));'],
  ['dies', 'process.exit(7)'],
  ['throws', 'throw new Error("x")'],
])('a thread that %s is replaced, and the file says so', async (_, acts) => {
  const reader = open({
    timeoutMs: 8000,
    workerFile: workerThat(`if (upload.name === 'bad') { ${acts} } else parentPort.postMessage([])`),
  });
  expect(await reader.read({ ...upload, name: 'bad' })).toMatchObject([
    { kind: 'not-importable', file: 'bad', what: 'reading-failed' },
  ]);
  expect(await reader.read(upload)).toEqual([]);
});
