import { Emphasised } from './emphasised.tsx';
import classes from './step-list.module.css';

/** Numbered steps; what stands in quotation marks is in bold. */
export function StepList({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step} className={classes.step}>
          <Emphasised text={step} />
        </li>
      ))}
    </ol>
  );
}
