import { readFileSync } from 'node:fs';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
/** Beside this file; every simulator serves them under these paths. */
const SHARED = new Set(['/page.css', '/device.css']);

export interface Asset {
  readonly type: string;
  readonly body: string;
}

/**
 * What a page of a simulator asks for, read anew each time.
 * @param own paths of the simulator's files, for example `/phone.css`
 * @param folder where they are
 */
export function createAssets(own: readonly string[], folder: URL): (path: string) => Asset | undefined {
  return (path) => {
    const from = own.includes(path)
      ? folder
      : SHARED.has(path)
        ? new URL('assets/', import.meta.url)
        : undefined;
    if (from === undefined) return undefined;
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return { type, body: readFileSync(new URL(`.${path}`, from), 'utf8') };
  };
}
