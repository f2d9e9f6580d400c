import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LocaleCode } from '../../src/portal/contract.ts';
import { type PictureName, pictureFile, pictureScale } from '../portal/instructions/picture-names.ts';

export const PICTURES_FOLDER = resolve(import.meta.dirname, '../portal/instructions/pictures');

export interface Picture {
  readonly file: string;
  readonly content: Buffer;
  /** In pixels of the page. */
  readonly width: number;
  readonly height: number;
}

/** @throws Error when there is no such file: `node scripts/instruction-pictures.ts` makes them */
export function readPicture(
  name: PictureName,
  locale: LocaleCode,
  folder: string = PICTURES_FOLDER,
): Picture {
  const file = join(folder, locale, pictureFile(name));
  const content = readFileSync(file);
  const { width, height } = file.endsWith('.svg') ? svgSize(content) : pngSize(content);
  const scale = pictureScale(name);
  return { file, content, width: width / scale, height: height / scale };
}

/** The first chunk of a PNG is its header (PNG, 11.2.2). */
function pngSize(content: Buffer): { readonly width: number; readonly height: number } {
  return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
}

function svgSize(content: Buffer): { readonly width: number; readonly height: number } {
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(content.toString('utf8')) ?? [];
  return { width: Number(width), height: Number(height) };
}
