import { Emphasised } from './emphasised.tsx';
import classes from './step-list.module.css';

interface StepListProps {
  readonly steps: readonly string[];
  /** Smaller, for a box on a page whose next step has to stay in sight. */
  readonly dense?: boolean;
}

/** Numbered steps; what stands in quotation marks is in bold. */
export function StepList({ steps, dense = false }: StepListProps) {
  return (
    <ol className={classes.steps} data-dense={dense}>
      {steps.map((step) => (
        <li key={step} className={classes.step}>
          <Emphasised text={step} />
        </li>
      ))}
    </ol>
  );
}
