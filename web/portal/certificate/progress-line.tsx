import { useTranslation } from 'react-i18next';
import { type Progress, STEPS, stepState } from './certificate-progress.ts';
import classes from './progress-line.module.css';
import { StepMark } from './step.tsx';

export function ProgressLine({ progress }: { readonly progress: Progress }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.line} aria-label={t('certificate.progress')}>
      {STEPS.map((step, place) => {
        const state = stepState(progress, step);
        return (
          <li
            key={step}
            className={classes.step}
            data-state={state}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <StepMark number={place + 1} state={state} />
            <span className={classes.label}>{t(`certificate.steps.${step}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
