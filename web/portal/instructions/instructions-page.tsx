import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Emphasised } from '../../ui/emphasised.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { StepList } from '../../ui/step-list.tsx';
import { NotFoundPage } from '../faults/not-found-page.tsx';
import { DESKTOP_SYSTEMS, InstructionLinks, SYSTEM_NAMES } from '../instruction-links.tsx';
import { Layout } from '../layout.tsx';
import { useSession } from '../queries.ts';
import { REFUSAL_NUMBERS } from '../refusal/refusal-offer.ts';
import type { Block } from './blocks.ts';
import { guide } from './guide.ts';
import classes from './instructions-page.module.css';

export function InstructionsPage() {
  const { t } = useTranslation();
  const { system: asked } = useParams({ from: '/instructions/$system' });
  const { locale, productName } = useSession();
  const system = DESKTOP_SYSTEMS.find((known) => known === asked);
  useEffect(() => {
    // The sections came after the address was looked at.
    if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  if (system === undefined) return <NotFoundPage />;
  const sections = guide(locale, system);
  const name = SYSTEM_NAMES[system];
  return (
    <Layout width="wide">
      <article className={classes.guide}>
        <PageTitle title={t('instructions.title', { system: name })} productName={productName} />
        <p className={classes.intro}>{t('instructions.intro', { system: name })}</p>
        <Button
          className={classes.print}
          variant="default"
          leftSection={<IconPrinter size={20} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {t('instructions.print')}
        </Button>
        <nav className={classes.contents} aria-label={t('instructions.contents')}>
          <ol>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ol>
        </nav>
        {sections.map(({ id, title, blocks }, index) => (
          <section key={id} id={id} className={classes.section}>
            <h2 className={classes.title}>
              {index + 1}. {title}
            </h2>
            {blocks.map((block, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a section never change their order
              <BlockView key={place} block={block} />
            ))}
          </section>
        ))}
        <InstructionLinks current={system} />
      </article>
    </Layout>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  const { t } = useTranslation();
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <Emphasised text={block.text} />
        </p>
      );
    case 'heading':
      return <h3 className={classes.heading}>{block.text}</h3>;
    case 'steps':
      return <StepList steps={block.steps} />;
    case 'list':
      return (
        <ul className={classes.list}>
          {block.items.map((item) => (
            <li key={item}>
              <Emphasised text={item} />
            </li>
          ))}
        </ul>
      );
    case 'note':
      return (
        <Notice tone="quiet">
          <Emphasised text={block.text} />
        </Notice>
      );
    case 'message':
      return (
        <div className={classes.message}>
          <p className={classes.messageText}>
            {REFUSAL_NUMBERS[block.reason]}. {t(`refusal.reasons.${block.reason}.text`)}
          </p>
          <p>
            <Emphasised text={block.meaning} />
          </p>
        </div>
      );
  }
}
