import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { StepList } from '../../ui/step-list.tsx';
import { type DesktopSystem, SystemPictogram } from '../../ui/system-pictogram.tsx';
import { type BrowserFamily, isPhone } from '../client/this-client.ts';
import { DESKTOP_SYSTEMS, SYSTEM_NAMES } from '../instruction-links.tsx';
import { type InstallNames, installSteps } from '../instructions/install-steps.ts';
import { usePortal } from '../portal-context.tsx';
import { useSession } from '../queries.ts';
import type { StepState } from './certificate-progress.ts';
import { Step } from './step.tsx';
import classes from './step-install.module.css';

interface StepInstallProps {
  readonly state: StepState;
  readonly system: DesktopSystem;
  readonly family: BrowserFamily;
  readonly onSystem: (system: DesktopSystem) => void;
  readonly onFamily: (family: BrowserFamily) => void;
  readonly names: InstallNames;
}

export function StepInstall({ state, system, family, onSystem, onFamily, names }: StepInstallProps) {
  const { t } = useTranslation();
  const { locale } = useSession();
  const { reader } = usePortal();
  return (
    <Step number={3} title={t('certificate.installTitle')} state={state} id="install">
      {isPhone(reader) && <Notice tone="attention" title={t('certificate.installPhone')} />}
      <div className={classes.switches}>
        <Choice<DesktopSystem>
          label={t('certificate.installSystem')}
          value={system}
          onChange={onSystem}
          options={DESKTOP_SYSTEMS.map((value) => ({
            value,
            label: (
              <>
                <SystemPictogram system={value} />
                {SYSTEM_NAMES[value]}
              </>
            ),
          }))}
        />
        <Choice<BrowserFamily>
          label={t('certificate.installBrowser')}
          value={family}
          onChange={onFamily}
          options={[
            { value: 'chromium', label: t(`certificate.browsers.${system}`) },
            { value: 'firefox', label: 'Firefox' },
          ]}
        />
      </div>
      <StepList steps={installSteps(locale, system, family, names)} />
      <p>
        <Link to="/instructions/$system" params={{ system }} className={classes.link}>
          {t('certificate.fullInstruction', { system: SYSTEM_NAMES[system] })}
        </Link>
      </p>
    </Step>
  );
}
