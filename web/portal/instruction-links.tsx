import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type DesktopSystem, SystemPictogram } from '../ui/system-pictogram.tsx';
import classes from './instruction-links.module.css';

/** Their makers' names; the same in every language. */
export const SYSTEM_NAMES: Readonly<Record<DesktopSystem, string>> = {
  windows: 'Windows',
  macos: 'Mac OS',
  linux: 'Linux',
};
export const DESKTOP_SYSTEMS: readonly DesktopSystem[] = ['windows', 'macos', 'linux'];

/** The three pictograms that lead to the instructions. */
export function InstructionLinks({ current }: { readonly current?: DesktopSystem }) {
  const { t } = useTranslation();
  return (
    <nav className={classes.links} aria-label={t('common.instructions')}>
      <span className={classes.label}>
        {t(current === undefined ? 'common.instructions' : 'instructions.others')}
      </span>
      {DESKTOP_SYSTEMS.filter((system) => system !== current).map((system) => (
        <Link key={system} to="/instructions/$system" params={{ system }} className={classes.link}>
          <SystemPictogram system={system} size={20} />
          {SYSTEM_NAMES[system]}
        </Link>
      ))}
    </nav>
  );
}
