import { type Evaluation, evaluate } from './evaluate.ts';
import type { AccessFacts } from './facts.ts';

/** The decision with every question that led to it: what the page "why was this person refused?" shows. */
export function explain(facts: AccessFacts): Evaluation {
  return evaluate(facts);
}
