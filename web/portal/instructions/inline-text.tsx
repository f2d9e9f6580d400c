import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { splitInline } from './inline.ts';
import { findReference, type NumberedSection } from './number-sections.ts';

/** A text of the guide: labels in bold, references as links within the page. */
export function InlineText({
  text,
  sections,
}: {
  readonly text: string;
  readonly sections: readonly NumberedSection[];
}): ReactNode {
  const { t } = useTranslation();
  return splitInline(text).map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order
    if (part.kind === 'label') return <b key={index}>{part.text}</b>;
    if (part.kind === 'plain') return part.text;
    const { id, number, title } = findReference(sections, part.id);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order
      <a key={index} href={`#${id}`}>
        {t('instructions.section', { number, title })}
      </a>
    );
  });
}
