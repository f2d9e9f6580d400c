import type { ReactNode } from 'react';
import classes from './step.module.css';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly id?: string;
  readonly children: ReactNode;
}

export function Step({ number, title, id, children }: StepProps) {
  return (
    <section className={classes.step} id={id}>
      <h2 className={classes.title}>
        <span className={classes.number}>{number}.</span> {title}
      </h2>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
