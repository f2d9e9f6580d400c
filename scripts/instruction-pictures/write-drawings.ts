import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DRAWN_PICTURES, pictureFile } from '../../web/portal/instructions/picture-names.ts';
import { drawWindow } from './draw-window.ts';
import { drawings, type Say } from './drawings.ts';

export const PICTURE_LOCALES = ['ru', 'en'] as const;
export type PictureLocale = (typeof PICTURE_LOCALES)[number];

const SAY: Readonly<Record<PictureLocale, Say>> = {
  ru: (russian) => russian,
  en: (_russian, english) => english,
};

/** The SVG of every drawn picture, by its file's name. */
export function drawAll(locale: PictureLocale): ReadonlyMap<string, string> {
  const windows = drawings(SAY[locale]);
  return new Map(DRAWN_PICTURES.map((name) => [pictureFile(name), drawWindow(windows[name])]));
}

/** @param folder of the pictures; each language has its own in it */
export async function writeDrawings(folder: string): Promise<void> {
  for (const locale of PICTURE_LOCALES) {
    await mkdir(join(folder, locale), { recursive: true });
    for (const [file, svg] of drawAll(locale)) await writeFile(join(folder, locale, file), svg);
  }
}
