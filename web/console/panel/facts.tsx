import type { ReactNode } from 'react';
import classes from './facts.module.css';

interface FactsProps {
  readonly items: readonly { readonly name: string; readonly value: ReactNode }[];
}

/** Names and values of a details panel. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={classes.facts}>
      {items.map(({ name, value }) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
