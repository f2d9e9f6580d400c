import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { LocaleCode } from '../../src/portal/contract.ts';
import type { DesktopSystem } from '../portal/instructions/blocks.ts';
import { guide } from '../portal/instructions/guide.ts';
import { type NumberedSection, numberSections } from '../portal/instructions/number-sections.ts';
import { PICTURES_FOLDER } from './pictures.ts';
import { inline, keepWithFirst, type RenderContext, renderBlocks } from './render-blocks.ts';
import { COLOURS, FONTS, SIDE_MARGIN, STYLES } from './styles.ts';
import { REVISED_AT, WORDS } from './words.ts';

const PRODUCT = 'Propusk';
const FONT_FILES = new Set(Object.values(FONTS).flatMap((styles) => Object.values(styles)));

/**
 * The instructions for one system as a PDF: A4, contents with page numbers, bookmarks, text that can be searched. The same
 * text and pictures give the same bytes.
 */
export async function makePdf(locale: LocaleCode, system: DesktopSystem): Promise<Buffer> {
  pdfmake.setFonts(FONTS);
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path) || path.startsWith(PICTURES_FOLDER));
  return await pdfmake.createPdf(describe(locale, system)).getBuffer();
}

function describe(locale: LocaleCode, system: DesktopSystem): TDocumentDefinitions {
  const { title, intro, sections } = guide(locale, system);
  const numbered = numberSections(sections);
  const context: RenderContext = { locale, sections: numbered };
  const words = WORDS[locale];
  return {
    pageSize: 'A4',
    pageMargins: [SIDE_MARGIN, 62, SIDE_MARGIN, 56],
    language: locale,
    displayTitle: true,
    info: {
      title: `${title} · ${PRODUCT}`,
      author: PRODUCT,
      creator: PRODUCT,
      producer: PRODUCT,
      creationDate: REVISED_AT,
      modDate: REVISED_AT,
    },
    defaultStyle: { font: 'Golos', fontSize: 10, lineHeight: 1.25, color: COLOURS.text },
    styles: STYLES,
    header: (page) => (page === 1 ? null : edge(PRODUCT, title)),
    footer: (page, pages) => edge(words.revision, words.page(page, pages)),
    content: [
      { text: PRODUCT, color: COLOURS.accent, bold: true, fontSize: 12 },
      { text: title, style: 'title' },
      ...intro.flatMap((block) =>
        block.kind === 'text' ? [{ text: inline(block.text, context), style: 'subtitle' }] : [],
      ),
      { toc: { title: { text: words.contents, style: 'contents' }, numberStyle: { color: COLOURS.dimmed } } },
      { text: '', pageBreak: 'after' },
      ...numbered.flatMap((entry) => renderSection(entry, context)),
    ],
  };
}

function renderSection(
  { number, level, section }: NumberedSection,
  context: RenderContext,
): readonly Content[] {
  const parentNumber = number.split('.').slice(0, -1).join('.');
  const parent = context.sections.find((entry) => entry.number === parentNumber);
  const indent = (level - 1) * 14;
  const heading: Content = {
    text: `${number}. ${section.title}`,
    id: section.id,
    style: `section${Math.min(level, 3)}`,
    tocItem: true,
    tocMargin: [indent, level === 1 ? 5 : 0, 0, 0],
    tocStyle: level === 1 ? { bold: true } : { fontSize: 9.5 },
    outline: true,
    ...(parent !== undefined && { outlineParentId: parent.section.id }),
  };
  return keepWithFirst(heading, renderBlocks(section.blocks, context));
}

const edge = (left: string, right: string): Content => ({
  columns: [
    { text: left, alignment: 'left' },
    { text: right, alignment: 'right', width: 'auto' },
  ],
  margin: [SIDE_MARGIN, 24, SIDE_MARGIN, 0],
  fontSize: 8.5,
  color: COLOURS.dimmed,
});
