import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface PrintedFile {
  readonly bytes: Buffer;
  /** A strong entity tag, with its quotation marks (RFC 9110, section 8.8.3). */
  readonly entityTag: string;
}

const NAME = /^[a-z0-9-]+\.pdf$/;

/**
 * The instructions as PDF of one build, in memory, by name: a closed list, so that no path can lead to another file. Empty
 * where there is no build.
 */
export async function loadPrintedFiles(webDirectory: string): Promise<ReadonlyMap<string, PrintedFile>> {
  const folder = join(webDirectory, 'instructions');
  const names = await readdir(folder).catch((): readonly string[] => []);
  const files = new Map<string, PrintedFile>();
  for (const name of names.filter((one) => NAME.test(one))) {
    const bytes = await readFile(join(folder, name));
    files.set(name, { bytes, entityTag: `"${createHash('sha256').update(bytes).digest('base64url')}"` });
  }
  return files;
}
