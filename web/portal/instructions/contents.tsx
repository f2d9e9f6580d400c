import { useTranslation } from 'react-i18next';
import classes from './contents.module.css';
import type { NumberedSection } from './number-sections.ts';

/** All sections as links, each level further in. */
export function Contents({ sections }: { readonly sections: readonly NumberedSection[] }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.contents} aria-label={t('instructions.contents')}>
      <p className={classes.title} aria-hidden="true">
        {t('instructions.contents')}
      </p>
      <ul className={classes.list}>
        {sections.map(({ number, level, section }) => (
          <li key={section.id} data-level={level}>
            <a href={`#${section.id}`}>
              {number}. {section.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
