import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';

export interface StoredFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly storedAs: string;
}

const FILE_LIMIT_BYTES = 4 * 1024 ** 3;
const NAME_MAX_CHARACTERS = 200;

/**
 * Takes the one file of a form and writes it down as it comes, so that its size is no matter for the memory.
 *
 * @returns undefined when the form holds no file or is broken off; nothing is kept then
 */
export async function receiveFile(request: IncomingMessage, folder: string): Promise<StoredFile | undefined> {
  const storedAs = randomUUID();
  const path = join(folder, storedAs);
  const brokenOff = new AbortController();
  let file: Promise<StoredFile | undefined> = Promise.resolve(undefined);
  try {
    const form = new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: 1, fields: 5, fileSize: FILE_LIMIT_BYTES },
    });
    form.on('file', (_field, content, filename) => {
      const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
      file = pipeline(content, target, { signal: brokenOff.signal }).then(() => {
        const isEmptyChoice = filename === '' || content.truncated;
        return isEmptyChoice
          ? undefined
          : { name: cleanName(filename), sizeBytes: target.bytesWritten, storedAs };
      });
      // It is awaited below; until then a failure must not count as unhandled.
      file.catch(() => {});
    });
    await pipeline(request, form);
    const stored = await file;
    if (!stored) await rm(path, { force: true });
    return stored;
  } catch {
    // The parser does not end the file's stream when the request ends too early.
    brokenOff.abort();
    await file.catch(() => {});
    await rm(path, { force: true });
    return undefined;
  }
}

function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/\p{Cc}/gu, '').slice(0, NAME_MAX_CHARACTERS) || 'file';
}

/** RFC 6266 with RFC 8187: a name in any letters, and an ASCII one for what reads only that. */
export function formatDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
