/** ZIP archives of anybody (APPNOTE 6.3): looked at before anything is unpacked, and never more than announced. */
import { unzipSync } from 'fflate';
import type { NotImportable } from './import-item.ts';

const MAX_ENTRIES = 1000;
const MAX_ENTRY_BYTES = 64 * 1024 * 1024;
const MAX_TOTAL_BYTES = 128 * 1024 * 1024;
/** General purpose bit 0 of the first local header (4.4.4). */
const FLAGS_AT = 6;

export type Unpacked =
  | {
      readonly kind: 'files';
      readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
    }
  | { readonly kind: 'refused'; readonly what: NotImportable; readonly detail: string };

export function unpackArchive(archive: Uint8Array): Unpacked {
  if (((archive[FLAGS_AT] ?? 0) & 1) !== 0) return refused('archive-encrypted', 'bit 0 of the flags is set');
  try {
    let entries = 0;
    let total = 0;
    unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (!isWanted(name)) return false;
        entries += 1;
        total += originalSize;
        if (entries > MAX_ENTRIES) throw new TooLarge(`more than ${MAX_ENTRIES} files`);
        if (originalSize > MAX_ENTRY_BYTES) throw new TooLarge(`a file of ${originalSize} bytes`);
        if (total > MAX_TOTAL_BYTES) throw new TooLarge(`more than ${MAX_TOTAL_BYTES} bytes`);
        return false;
      },
    });
    if (entries === 0) return refused('archive-empty', 'no files in it');
    // Each entry is unpacked into a buffer of the size that it announced above.
    const unpacked = unzipSync(archive, { filter: ({ name }) => isWanted(name) });
    const files = Object.entries(unpacked).map(([name, bytes]) => ({ name: readableName(name), bytes }));
    return { kind: 'files', files };
  } catch (error) {
    if (error instanceof TooLarge) return refused('archive-too-large', error.message);
    return refused('archive-damaged', error instanceof Error ? error.message : '');
  }
}

class TooLarge extends Error {}

/** Not folders, and not what macOS adds. */
function isWanted(name: string): boolean {
  return !name.endsWith('/') && !name.startsWith('__MACOSX/') && !name.endsWith('.DS_Store');
}

/** Names that are not marked as UTF-8 arrive octet by octet; Windows in Russian writes them in code page 866. */
function readableName(name: string): string {
  const isOctets = /[\x80-\xff]/.test(name) && !/[\u0100-\uffff]/.test(name);
  return isOctets ? new TextDecoder('ibm866').decode(Buffer.from(name, 'latin1')) : name;
}

function refused(what: NotImportable, detail: string): Unpacked {
  return { kind: 'refused', what, detail };
}
