import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepState } from './certificate-progress.ts';
import classes from './step.module.css';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: StepState;
  readonly id?: string;
  readonly children: ReactNode;
}

/** A step of the page, with the same number and mark as on the progress line. */
export function Step({ number, title, state, id, children }: StepProps) {
  return (
    <section className={classes.step} id={id}>
      <h2 className={classes.title}>
        <StepMark number={number} state={state} />
        {title}
      </h2>
      <div className={classes.body}>{children}</div>
    </section>
  );
}

interface StepMarkProps {
  readonly number: number;
  readonly state: StepState;
}

export function StepMark({ number, state }: StepMarkProps) {
  const { t } = useTranslation();
  return (
    <span className={classes.mark} data-state={state}>
      {state === 'done' ? (
        <IconCheck size={16} stroke={2.5} role="img" aria-label={t('certificate.stepDone')} />
      ) : (
        number
      )}
    </span>
  );
}
