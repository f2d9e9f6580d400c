import type { Content, ContentText } from 'pdfmake/interfaces.js';
import type { LocaleCode } from '../../src/portal/contract.ts';
import type { Block, BrowserPart } from '../portal/instructions/blocks.ts';
import { splitInline } from '../portal/instructions/inline.ts';
import { browserName } from '../portal/instructions/names.ts';
import { findReference, type NumberedSection } from '../portal/instructions/number-sections.ts';
import { numberSteps } from '../portal/instructions/number-steps.ts';
import { type Picture, readPicture } from './pictures.ts';
import { COLOURS, CONTENT_WIDTH } from './styles.ts';
import { WORDS } from './words.ts';

export interface RenderContext {
  readonly locale: LocaleCode;
  readonly sections: readonly NumberedSection[];
}

/** At which size the screens were taken, against points: 96 pixels to the inch, 72 points. */
const POINTS_PER_PIXEL = 0.62;
const MAX_PICTURE_HEIGHT = 230;

export function renderBlocks(blocks: readonly Block[], context: RenderContext): readonly Content[] {
  const starts = numberSteps(blocks);
  const rendered = blocks.map((block, index) => renderBlock(block, starts[index] ?? 1, context));
  return rendered.flatMap((contents, index) => {
    const before = blocks[index - 1]?.kind === 'message' ? rendered[index - 1] : undefined;
    if (blocks[index]?.kind === 'message' && index + 1 < blocks.length) return [];
    return before?.[0] === undefined ? contents : keepWithFirst(before[0], contents);
  });
}

function renderBlock(block: Block, start: number, context: RenderContext): readonly Content[] {
  switch (block.kind) {
    case 'text':
      return [whole(block.text, context, 'text')];
    case 'heading':
      return [{ text: block.text, style: 'heading' }];
    case 'steps':
      return [{ ol: block.steps.map((step) => whole(step, context)), start, style: 'list' }];
    case 'list':
      return [{ ul: block.items.map((item) => whole(item, context)), style: 'list' }];
    case 'note':
      return [box([{ text: inline(block.text, context) }], COLOURS.quiet, COLOURS.accent)];
    case 'message':
      return [box([{ text: block.text, bold: true }], COLOURS.quiet, COLOURS.line)];
    case 'picture':
      return [renderPicture(readPicture(block.picture, context.locale), block.caption, context)];
    case 'browsers':
      return block.parts.flatMap((part) => renderPart(part, context));
  }
}

function renderPart({ browsers, blocks }: BrowserPart, context: RenderContext): readonly Content[] {
  const names = browsers.map((browser) => browserName(browser, context.locale)).join(', ');
  return keepWithFirst({ text: names, style: 'browsers' }, renderBlocks(blocks, context));
}

/** A heading never stands alone at the foot of a page. */
export function keepWithFirst(heading: Content, [first, ...rest]: readonly Content[]): readonly Content[] {
  return first === undefined ? [heading] : [{ stack: [heading, first], unbreakable: true }, ...rest];
}

/** Paragraphs are short: none is torn apart at the foot of a page. */
function whole(text: string, context: RenderContext, style?: string): Content {
  return { stack: [{ text: inline(text, context) }], unbreakable: true, ...(style && { style }) };
}

/** Labels in bold, references as links to their sections. */
export function inline(text: string, { locale, sections }: RenderContext): ContentText['text'] {
  return splitInline(text).map((part): Content => {
    if (part.kind === 'plain') return part.text;
    if (part.kind === 'label') return { text: part.text, bold: true };
    const { id, number, title } = findReference(sections, part.id);
    return { text: WORDS[locale].section(number, title), linkToDestination: id, color: COLOURS.accent };
  });
}

function box(content: Content[], fill: string, edge: string): Content {
  return {
    table: { widths: ['*'], body: [[{ stack: content, fillColor: fill, margin: [8, 5, 8, 5] }]] },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: (index: number) => (index === 0 ? 2.5 : 0),
      vLineColor: () => edge,
    },
    unbreakable: true,
    style: 'box',
  };
}

function renderPicture(picture: Picture, caption: string, { locale }: RenderContext): Content {
  const scale = Math.min(
    POINTS_PER_PIXEL,
    CONTENT_WIDTH / picture.width,
    MAX_PICTURE_HEIGHT / picture.height,
  );
  const width = picture.width * scale;
  const drawn: Content = picture.file.endsWith('.svg')
    ? { svg: picture.content.toString('utf8'), width }
    : { image: picture.file, width };
  return {
    stack: [drawn, { text: `${WORDS[locale].figure} ${caption}`, style: 'caption' }],
    unbreakable: true,
    style: 'picture',
  };
}
