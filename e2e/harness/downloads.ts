import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from './wait-until.ts';

export interface DownloadedFile {
  readonly path: string;
  readonly fileName: string;
}

/** What both browsers write to while a download runs. */
const UNFINISHED = /\.(crdownload|part)$/;

async function finishedFiles(directory: string): Promise<readonly DownloadedFile[]> {
  const names = existsSync(directory) ? await readdir(directory) : [];
  // Firefox reserves the final name with an empty file beside the unfinished one.
  if (names.some((name) => UNFINISHED.test(name))) return [];
  const files = names
    .filter((name) => !name.startsWith('.'))
    .map((fileName) => ({ path: join(directory, fileName), fileName }));
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  return files.filter((_, index) => (sizes[index] ?? 0) > 0);
}

/** Acts, then waits for a new finished file in the folder. */
export async function downloadBy(
  directory: string,
  act: () => Promise<unknown>,
  timeoutMs: number,
): Promise<DownloadedFile> {
  const before = new Set((await finishedFiles(directory)).map((file) => file.fileName));
  await act();
  return waitUntil(async () => (await finishedFiles(directory)).find((file) => !before.has(file.fileName)), {
    what: `a download in ${directory}`,
    timeoutMs,
  });
}
