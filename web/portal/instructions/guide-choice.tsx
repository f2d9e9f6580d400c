import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { LocaleCode } from '../../../src/portal/contract.ts';
import { Choice } from '../../ui/choice.tsx';
import { GUIDE_SYSTEMS, type GuideBrowser, type GuideSystem } from './blocks.ts';
import classes from './guide-choice.module.css';
import { BROWSERS_OF, browserName, SYSTEM_NAMES } from './names.ts';

interface GuideChoiceProps {
  readonly system: GuideSystem;
  readonly browser: GuideBrowser;
  readonly locale: LocaleCode;
}

/** The reader's own system and browser come chosen; both stand in the address, so that a page can be sent to somebody. */
export function GuideChoice({ system, browser, locale }: GuideChoiceProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const show = (next: GuideSystem, browserThere: GuideBrowser) =>
    void navigate({
      to: '/instructions/$system',
      params: { system: next },
      search: { browser: browserThere },
      replace: true,
      resetScroll: false,
    });
  const all = BROWSERS_OF[system];
  return (
    <div className={classes.choices}>
      <Choice<GuideSystem>
        label={t('certificate.installSystem')}
        value={system}
        onChange={(next) => show(next, browser)}
        options={GUIDE_SYSTEMS.map((value) => ({ value, label: SYSTEM_NAMES[value] }))}
      />
      {all.length > 1 && (
        <Choice<GuideBrowser>
          label={t('certificate.installBrowser')}
          value={browser}
          onChange={(next) => show(system, next)}
          options={all.map((value) => ({ value, label: browserName(value, locale) }))}
        />
      )}
    </div>
  );
}
