import { createRequire } from 'node:module';
import type { StyleDictionary, TFontDictionary } from 'pdfmake/interfaces.js';

const require = createRequire(import.meta.url);
const ttf = (weight: string) =>
  require.resolve(`@expo-google-fonts/golos-text/${weight}/GolosText_${weight}.ttf`);

/** The typeface of the pages, whole: Latin and Cyrillic in one file. It has no italics, so none is used. */
export const FONTS: TFontDictionary = {
  Golos: {
    normal: ttf('400Regular'),
    bold: ttf('600SemiBold'),
    italics: ttf('400Regular'),
    bolditalics: ttf('600SemiBold'),
  },
};

/** A4 in points. */
export const PAGE_WIDTH = 595.28;
export const SIDE_MARGIN = 56;
export const CONTENT_WIDTH = PAGE_WIDTH - 2 * SIDE_MARGIN;

export const COLOURS = {
  text: '#1b2431',
  dimmed: '#5b6778',
  accent: '#1d4ed8',
  line: '#8792a5',
  quiet: '#f1f4f9',
} as const;

export const STYLES: StyleDictionary = {
  title: { fontSize: 26, bold: true, margin: [0, 90, 0, 12], lineHeight: 1.1 },
  subtitle: { fontSize: 11, color: COLOURS.dimmed, margin: [0, 0, 0, 8] },
  contents: { fontSize: 15, bold: true, margin: [0, 22, 0, 8] },
  section1: { fontSize: 17, bold: true, margin: [0, 20, 0, 6], lineHeight: 1.1 },
  section2: { fontSize: 13, bold: true, margin: [0, 14, 0, 4] },
  section3: { fontSize: 11.5, bold: true, margin: [0, 10, 0, 3] },
  heading: { fontSize: 10.5, bold: true, margin: [0, 8, 0, 2] },
  browsers: { fontSize: 10.5, bold: true, color: COLOURS.accent, margin: [0, 8, 0, 2] },
  text: { margin: [0, 0, 0, 5] },
  list: { margin: [0, 0, 0, 5] },
  box: { margin: [0, 3, 0, 7] },
  picture: { margin: [0, 3, 0, 8] },
  caption: { fontSize: 8.5, color: COLOURS.dimmed, margin: [0, 3, 0, 0] },
};
