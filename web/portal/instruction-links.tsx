import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SystemPictogram } from '../ui/system-pictogram.tsx';
import classes from './instruction-links.module.css';
import { DESKTOP_SYSTEMS } from './instructions/blocks.ts';
import { SYSTEM_NAMES } from './instructions/names.ts';
import { pdfName } from './instructions/pdf-name.ts';
import { useSession } from './queries.ts';

/** The three pictograms download the instructions; below each, and for telephones, a link to read them. */
export function InstructionLinks() {
  const { t } = useTranslation();
  const { locale } = useSession();
  return (
    <nav className={classes.links} aria-label={t('common.instructions')}>
      <span className={classes.label}>{t('common.instructions')}</span>
      {DESKTOP_SYSTEMS.map((system) => {
        const names = { system: SYSTEM_NAMES[system] };
        const file = pdfName(system, locale);
        return (
          <span key={system} className={classes.item}>
            <a
              href={`/instructions/${file}`}
              download={file}
              className={classes.link}
              aria-label={t('instructions.download', names)}
            >
              <SystemPictogram system={system} size={20} />
              {names.system}
            </a>
            <Link
              to="/instructions/$system"
              params={{ system }}
              className={classes.read}
              aria-label={t('instructions.readFor', names)}
            >
              {t('instructions.read')}
            </Link>
          </span>
        );
      })}
      <span className={classes.phones}>
        {t('instructions.phones')}:{' '}
        <Link to="/instructions/$system" params={{ system: 'ios' }}>
          {SYSTEM_NAMES.ios}
        </Link>
        ,{' '}
        <Link to="/instructions/$system" params={{ system: 'android' }}>
          {SYSTEM_NAMES.android}
        </Link>
      </span>
    </nav>
  );
}
