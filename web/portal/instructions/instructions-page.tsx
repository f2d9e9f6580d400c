import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../ui/page-title.tsx';
import { NotFoundPage } from '../faults/not-found-page.tsx';
import { InstructionLinks } from '../instruction-links.tsx';
import { Layout } from '../layout.tsx';
import { usePortal } from '../portal-context.tsx';
import { useSession } from '../queries.ts';
import { type BlockContext, BlockList } from './block-view.tsx';
import { DESKTOP_SYSTEMS, GUIDE_SYSTEMS, type GuideSystem } from './blocks.ts';
import { Contents } from './contents.tsx';
import { guide } from './guide.ts';
import { GuideChoice } from './guide-choice.tsx';
import classes from './instructions-page.module.css';
import { SYSTEM_NAMES } from './names.ts';
import { type NumberedSection, numberSections } from './number-sections.ts';
import { ownBrowser, ownSystem } from './own-guide.ts';
import { pdfName } from './pdf-name.ts';

/** `/instructions`: the reader's own system. */
export function OwnInstructionsPage() {
  const { reader } = usePortal();
  return <Instructions system={ownSystem(reader)} />;
}

export function InstructionsPage() {
  const { system: asked } = useParams({ from: '/instructions/$system' });
  const system = GUIDE_SYSTEMS.find((known) => known === asked);
  return system === undefined ? <NotFoundPage /> : <Instructions system={system} />;
}

function Instructions({ system }: { readonly system: GuideSystem }) {
  const { locale, productName } = useSession();
  const { reader } = usePortal();
  const { browser: asked }: { readonly browser?: string } = useSearch({ strict: false });
  useEffect(() => {
    // The sections came after the address was looked at.
    if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  const { title, intro, sections } = guide(locale, system);
  const browser = ownBrowser(system, asked, reader);
  const numbered = numberSections(sections);
  const context: BlockContext = { locale, browser, sections: numbered };
  return (
    <Layout width="wide">
      <article className={classes.guide} data-system={system} data-browser={browser}>
        <PageTitle title={title} productName={productName} />
        <GuideChoice system={system} browser={browser} locale={locale} />
        <Files system={system} />
        <div className={classes.intro}>
          <BlockList blocks={intro} context={context} />
        </div>
        <Contents sections={numbered} />
        {numbered.map((entry) => (
          <SectionView key={entry.section.id} entry={entry} context={context} />
        ))}
        <InstructionLinks />
      </article>
    </Layout>
  );
}

function Files({ system }: { readonly system: GuideSystem }) {
  const { t } = useTranslation();
  const { locale } = useSession();
  const desktop = DESKTOP_SYSTEMS.find((known) => known === system);
  return (
    <div className={classes.files}>
      {desktop !== undefined && (
        <Button
          component="a"
          href={`/instructions/${pdfName(desktop, locale)}`}
          download={pdfName(desktop, locale)}
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden="true" />}
        >
          {t('instructions.pdf', { system: SYSTEM_NAMES[desktop] })}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPrinter size={20} aria-hidden="true" />}
        onClick={() => window.print()}
      >
        {t('instructions.print')}
      </Button>
    </div>
  );
}

function SectionView({
  entry: { number, level, section },
  context,
}: {
  readonly entry: NumberedSection;
  readonly context: BlockContext;
}) {
  const Heading = level === 1 ? 'h2' : level === 2 ? 'h3' : 'h4';
  return (
    <section id={section.id} className={classes.section} data-level={level}>
      <Heading className={classes.title}>
        {number}. {section.title}
      </Heading>
      <BlockList blocks={section.blocks} context={context} />
    </section>
  );
}
