import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pictureFile, type TakenPicture } from '../../web/portal/instructions/picture-names.ts';
import type { PictureLocale } from './write-drawings.ts';

const run = promisify(execFile);

export type SavePicture = (name: TakenPicture, png: Buffer) => Promise<void>;

/** Writes a picture with a palette of at most 256 colours (the program `pngquant`), a fourth of the size. */
export function savePictures(folder: string, locale: PictureLocale): SavePicture {
  return async (name, png) => {
    const file = join(folder, locale, pictureFile(name));
    await writeFile(file, png);
    await run('pngquant', [
      '--force',
      '--strip',
      '--speed',
      '1',
      '--skip-if-larger',
      '--output',
      file,
      file,
    ]).catch((error: unknown) => {
      // 98: the result would have been larger than what is there.
      if (!(error instanceof Error && 'code' in error && error.code === 98)) throw error;
    });
    console.log(`${locale}/${pictureFile(name)}`);
  };
}
