import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Progress } from './certificate-progress.ts';
import classes from './progress-line.module.css';

const STEPS = ['download', 'password', 'install', 'enter'] as const;
/** The place of the current step; everything before it is done. */
const PLACES: Readonly<Record<Progress, number>> = { download: 0, password: 1, install: 2, finished: 4 };

export function ProgressLine({ progress }: { readonly progress: Progress }) {
  const { t } = useTranslation();
  const current = PLACES[progress];
  return (
    <ol className={classes.line} aria-label={t('certificate.progress')}>
      {STEPS.map((step, place) => {
        const state = place < current ? 'done' : place === current ? 'now' : 'ahead';
        return (
          <li
            key={step}
            className={classes.step}
            data-state={state}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <span className={classes.number}>
              {state === 'done' ? (
                <IconCheck size={16} stroke={2.5} role="img" aria-label={t('certificate.stepDone')} />
              ) : (
                place + 1
              )}
            </span>
            <span className={classes.label}>{t(`certificate.steps.${step}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
