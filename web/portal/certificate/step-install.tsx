import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/choice.tsx';
import { StepList } from '../../ui/step-list.tsx';
import { SystemPictogram } from '../../ui/system-pictogram.tsx';
import type { BrowserFamily } from '../client/this-client.ts';
import { GUIDE_SYSTEMS, type GuideSystem, isDesktop } from '../instructions/blocks.ts';
import { type InstallNames, installSteps } from '../instructions/install-steps.ts';
import { SYSTEM_NAMES } from '../instructions/names.ts';
import { useSession } from '../queries.ts';
import type { StepState } from './certificate-progress.ts';
import { Step } from './step.tsx';
import classes from './step-install.module.css';

interface StepInstallProps {
  readonly state: StepState;
  readonly system: GuideSystem;
  readonly family: BrowserFamily;
  readonly onSystem: (system: GuideSystem) => void;
  readonly onFamily: (family: BrowserFamily) => void;
  readonly names: InstallNames;
}

export function StepInstall({ state, system, family, onSystem, onFamily, names }: StepInstallProps) {
  const { t } = useTranslation();
  const { locale } = useSession();
  return (
    <Step number={3} title={t('certificate.installTitle')} state={state} id="install">
      <div className={classes.switches}>
        <Choice<GuideSystem>
          label={t('certificate.installSystem')}
          value={system}
          onChange={onSystem}
          options={GUIDE_SYSTEMS.map((value) => ({
            value,
            label: (
              <>
                {isDesktop(value) && <SystemPictogram system={value} />}
                {SYSTEM_NAMES[value]}
              </>
            ),
          }))}
        />
        {isDesktop(system) && (
          <Choice<BrowserFamily>
            label={t('certificate.installBrowser')}
            value={family}
            onChange={onFamily}
            options={[
              { value: 'chromium', label: t(`certificate.browsers.${system}`) },
              { value: 'firefox', label: 'Firefox' },
            ]}
          />
        )}
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
