import { useTranslation } from 'react-i18next';
import type { LocaleCode } from '../../../src/portal/contract.ts';
import { Notice } from '../../ui/notice.tsx';
import classes from './block-view.module.css';
import type { Block, GuideBrowser } from './blocks.ts';
import { InlineText } from './inline-text.tsx';
import type { NumberedSection } from './number-sections.ts';
import { numberSteps } from './number-steps.ts';
import { pictureAddress } from './picture-addresses.ts';
import { type PictureName, pictureScale } from './picture-names.ts';

export interface BlockContext {
  readonly locale: LocaleCode;
  readonly browser: GuideBrowser;
  readonly sections: readonly NumberedSection[];
}

/** The blocks of one section; of what differs between browsers only the chosen one's. */
export function BlockList({
  blocks,
  context,
}: {
  readonly blocks: readonly Block[];
  readonly context: BlockContext;
}) {
  const starts = numberSteps(blocks);
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a section never change their order
    <BlockView key={index} block={block} start={starts[index] ?? 1} context={context} />
  ));
}

interface BlockViewProps {
  readonly block: Block;
  readonly start: number;
  readonly context: BlockContext;
}

function BlockView({ block, start, context }: BlockViewProps) {
  const { sections, browser } = context;
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <InlineText text={block.text} sections={sections} />
        </p>
      );
    case 'heading':
      return <p className={classes.heading}>{block.text}</p>;
    case 'steps':
      return (
        <ol className={classes.list} start={start}>
          {block.steps.map((step) => (
            <li key={step}>
              <InlineText text={step} sections={sections} />
            </li>
          ))}
        </ol>
      );
    case 'list':
      return (
        <ul className={classes.list}>
          {block.items.map((item) => (
            <li key={item}>
              <InlineText text={item} sections={sections} />
            </li>
          ))}
        </ul>
      );
    case 'note':
      return (
        <Notice tone="quiet">
          <p>
            <InlineText text={block.text} sections={sections} />
          </p>
        </Notice>
      );
    case 'message':
      return <p className={classes.message}>{block.text}</p>;
    case 'picture':
      return <Picture name={block.picture} caption={block.caption} locale={context.locale} />;
    case 'browsers':
      return block.parts
        .filter((part) => part.browsers.includes(browser))
        .map((part) => <BlockList key={part.browsers.join()} blocks={part.blocks} context={context} />);
  }
}

interface PictureProps {
  readonly name: PictureName;
  readonly caption: string;
  readonly locale: LocaleCode;
}

function Picture({ name, caption, locale }: PictureProps) {
  const { t } = useTranslation();
  const address = pictureAddress(name, locale);
  return (
    <figure className={classes.picture}>
      <img
        src={address}
        srcSet={`${address} ${pictureScale(name)}x`}
        alt={caption}
        loading="lazy"
        className={classes.image}
      />
      <figcaption className={classes.caption}>{t('instructions.figure', { caption })}</figcaption>
    </figure>
  );
}
