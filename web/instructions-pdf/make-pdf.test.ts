import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESS_DOCUMENT } from '../portal/instructions/access-document.ts';
import { DESKTOP_SYSTEMS } from '../portal/instructions/blocks.ts';
import { guide } from '../portal/instructions/guide.ts';
import { numberSections } from '../portal/instructions/number-sections.ts';
import { makePdf } from './make-pdf.ts';
import { PAGE_WIDTH, SIDE_MARGIN } from './styles.ts';

const FILES = (['ru', 'en'] as const).flatMap((locale) =>
  DESKTOP_SYSTEMS.map((system) => [locale, system] as const),
);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'propusk-pdf-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Poppler's programs, which are not ours: what they read, a reader's program reads. */
const poppler = (program: 'pdftotext' | 'pdfinfo' | 'pdffonts', ...args: string[]) =>
  execFileSync(program, args, { encoding: 'utf8' });

/**
 * Letters only: a line of the page may end anywhere. Without the numbers of steps, which are read with the second line,
 * and what stands at the head and the foot of every page.
 */
const letters = (text: string) =>
  text
    .replaceAll(/Propusk\s+Установка сертификата в Windows|Редакция от [\d.]+\s+Страница \d+ из \d+/g, '')
    .replaceAll(/[\d.]/g, '')
    .replaceAll(/\s+/g, '');

describe.each(FILES)('the PDF in %s for %s', (locale, system) => {
  let file: string;
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = await makePdf(locale, system);
    file = join(folder, `${locale}-${system}.pdf`);
    await writeFile(file, bytes);
  });

  test('has a title, A4 pages in a sensible number, and a sensible size', () => {
    const info = poppler('pdfinfo', file);
    expect(info).toContain(`Title:           ${guide(locale, system).title}`);
    expect(info).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/);
    const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1]);
    expect(pages).toBeGreaterThan(12);
    expect(pages).toBeLessThan(36);
    expect(bytes.length).toBeGreaterThan(200_000);
    expect(bytes.length).toBeLessThan(4_000_000);
    expect(bytes.toString('latin1')).toContain(`/Lang (${locale})`);
  });

  test('has every section in its contents and in its bookmarks, with page numbers', () => {
    const text = poppler('pdftotext', '-layout', file, '-');
    const sections = numberSections(guide(locale, system).sections);
    const lines = text.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' '));
    for (const { number, section } of sections) {
      expect(
        lines.some((line) => line.startsWith(`${number}. ${section.title.slice(0, 30)}`) && /\d$/.test(line)),
      ).toBe(true);
    }
    // One more is the title of the document itself.
    const titles = bytes.toString('latin1').match(/\/Title /g) ?? [];
    expect(titles.length - 1).toBe(sections.length);
  });

  test('has a glyph for every character of its text', () => {
    const shown = new Set(poppler('pdftotext', file, '-'));
    const asked = new Set(JSON.stringify(guide(locale, system).sections).replaceAll(/\s/g, ''));
    const unseen = [...asked].filter((character) => !shown.has(character));
    // Of the references and of JSON; none of them is in a text.
    expect(unseen.filter((character) => !'{}[]_"\\'.includes(character))).toEqual([]);
  });

  test('keeps its text within the margins', () => {
    const boxes = poppler('pdftotext', '-bbox', file, '-').matchAll(
      /<word xMin="([\d.]+)"[^>]*xMax="([\d.]+)"/g,
    );
    const sides = [...boxes].map(([, left, right]) => [Number(left), Number(right)] as const);
    expect(sides.length).toBeGreaterThan(2000);
    expect(Math.min(...sides.map(([left]) => left))).toBeGreaterThanOrEqual(SIDE_MARGIN - 1);
    expect(Math.max(...sides.map(([, right]) => right))).toBeLessThanOrEqual(PAGE_WIDTH - SIDE_MARGIN + 1);
  });

  test('embeds its typeface with a table from glyphs to letters', () => {
    const fonts = poppler('pdffonts', file).split('\n').slice(2).filter(Boolean);
    expect(fonts.length).toBeGreaterThanOrEqual(2);
    for (const font of fonts) expect(font).toMatch(/GolosText.*\byes yes yes\b/);
  });
});

test('Cyrillic text can be taken out of it: all words of the access document are in the Russian PDF for Windows', () => {
  const said = letters(poppler('pdftotext', '-raw', '-nopgbrk', join(folder, 'ru-windows.pdf'), '-'));
  const phrases = Object.values(ACCESS_DOCUMENT).flat();
  expect(phrases.filter((phrase) => !said.includes(letters(phrase)))).toEqual([]);
});

test('the same text gives the same bytes', async () => {
  const [first, second] = [await makePdf('en', 'linux'), await makePdf('en', 'linux')];
  expect(first.equals(second)).toBe(true);
});
